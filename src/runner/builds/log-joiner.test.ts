import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinLog, type Flow } from './log-joiner.ts'

/** A way on which things are until `arrive` is called. */
function startFlow(): Flow & { arrive: () => Promise<void> } {
  let onTheWay = Promise.withResolvers<void>()
  let isBehind = true
  return {
    isBehind: () => isBehind,
    caughtUp: () => onTheWay.promise,
    async arrive() {
      isBehind = false
      onTheWay.resolve()
      await onTheWay.promise
      // What waits for it goes on a few turns later.
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
      onTheWay = Promise.withResolvers<void>()
    },
  }
}

function start() {
  const told: string[] = []
  const flow = startFlow()
  const joiner = joinLog((kind, text) => told.push(`${kind}: ${text}`), flow)
  return { told, flow, joiner }
}

test('tells a line at once while nothing is on its way', async () => {
  const { told, flow, joiner } = start()
  await flow.arrive()
  joiner.write('agent', 'one')
  joiner.write('agent', 'two')
  expect(told).toEqual(['agent: one', 'agent: two'])
})

test('tells together what comes meanwhile, by kind and in order', async () => {
  const { told, flow, joiner } = start()
  for (const line of ['one', 'two']) joiner.write('agent', line)
  joiner.write('test', 'three')
  joiner.write('agent', 'four')
  expect(told).toEqual([])
  await flow.arrive()
  await expect.poll(() => told).toEqual(['agent: one\ntwo', 'test: three', 'agent: four'])
})

test('holds nothing back when something else is to be told', () => {
  const { told, joiner } = start()
  joiner.write('agent', 'one')
  joiner.flush()
  expect(told).toEqual(['agent: one'])
})

test('tells the disk what nobody takes', async () => {
  const { told, joiner } = start()
  joiner.write('agent', 'one')
  await expect.poll(() => told).toEqual(['agent: one'])
})

test('loses no line and changes no order, and no event is larger than one may be', () => {
  const kinds = fc.constantFrom('agent' as const, 'test' as const)
  const lines = fc.array(fc.tuple(kinds, fc.string({ maxLength: 3_000 })), { maxLength: 200 })
  fc.assert(
    fc.property(lines, (all) => {
      const told: [string, string][] = []
      const flow: Flow = { isBehind: () => true, caughtUp: () => new Promise(() => undefined) }
      const joiner = joinLog((kind, text) => told.push([kind, text]), flow)
      const clean = all.map(([kind, text]) => [kind, text.replaceAll('\n', ' ')] as const)
      for (const [kind, line] of clean) joiner.write(kind, line)
      joiner.flush()
      const apart = told.flatMap(([kind, text]) => text.split('\n').map((line) => [kind, line]))
      expect(apart).toEqual(clean.map((one) => [...one]))
      expect(told.every(([, text]) => text.length <= 4_000)).toBe(true)
    }),
    { numRuns: 30 },
  )
})
