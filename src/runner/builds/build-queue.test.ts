import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBuildQueue } from './build-queue.ts'

/** A queue whose jobs end when they are told to. */
function makeScene(slots: number) {
  const queue = createBuildQueue(slots)
  const running = new Map<string, { owner: string; end: () => void }>()
  const waiting: { id: string; owner: string }[] = []
  const started: string[] = []
  const unfair: string[] = []

  const count = (owner: string) => [...running.values()].filter((one) => one.owner === owner).length
  return {
    queue,
    running,
    waiting,
    started,
    unfair,
    add(id: string, owner: string) {
      waiting.push({ id, owner })
      queue.add({
        id,
        owner,
        run: () => {
          const better = waiting.find((other) => count(other.owner) < count(owner))
          if (better) unfair.push(`${id} before ${better.id}`)
          if (waiting.find((other) => other.owner === owner)?.id !== id) unfair.push(`${id} early`)
          waiting.splice(
            waiting.findIndex((other) => other.id === id),
            1,
          )
          started.push(id)
          const { promise, resolve } = Promise.withResolvers<void>()
          running.set(id, { owner, end: resolve })
          return promise
        },
      })
    },
    async end(index: number) {
      const [id, job] = [...running][index % Math.max(running.size, 1)] ?? []
      if (id === undefined) return
      running.delete(id)
      job?.end()
      // The queue goes on when the promise has told.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

type Scene = ReturnType<typeof makeScene>

test('fills its slots and no more, and prefers whoever has the fewest builds running', async () => {
  const step = fc.oneof(
    fc.record({ add: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ end: fc.nat(5) }),
    fc.record({ remove: fc.nat(20) }),
  )
  const removeOne = ({ queue, waiting }: Scene, index: number): boolean => {
    const gone = waiting[index % Math.max(waiting.length, 1)]
    if (!gone) return !queue.remove('none')
    waiting.splice(waiting.indexOf(gone), 1)
    return queue.remove(gone.id)
  }
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step), async (slots, steps) => {
      const scene = makeScene(slots)
      let removed = true
      for (const [index, one] of steps.entries()) {
        if ('add' in one) scene.add(`${one.add}${index}`, one.add)
        else if ('end' in one) await scene.end(one.end)
        else removed &&= removeOne(scene, one.remove)
        expect(removed).toBe(true)
        expect(scene.unfair).toEqual([])
        expect(scene.queue.waiting).toBe(scene.waiting.length)
        expect(scene.running.size <= slots).toBe(true)
        expect(scene.waiting.length === 0 || scene.running.size === slots).toBe(true)
      }
    }),
  )
})

test('takes turns between owners whose builds run one at a time', async () => {
  const scene = makeScene(1)
  for (const id of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) scene.add(id, id.charAt(0))
  while (scene.running.size > 0) await scene.end(0)
  expect(scene.started).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3'])
})
