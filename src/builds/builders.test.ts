import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { apiKey, startRig } from '../runner/testing/rig.ts'
import { type Builder, createBuilder, createBuilders } from './builders.ts'
import { createBuildClient } from './client.ts'

const client = createBuildClient({ baseUrl: 'http://127.0.0.1:9', apiKey: 'none', fetch })

function builder(name: string, load: Builder['load']): Builder {
  return { name, client, load }
}

const busy = (running: number, waiting: number, slots: number) => async () => ({
  agent: 'a',
  running,
  waiting,
  slots,
})
const down = () => Promise.reject(new Error('down'))

test('chooses the least busy of those that answer', async () => {
  const choose = (...list: [Builder, ...Builder[]]) => createBuilders(list, () => 0).choose()
  const full = builder('full', busy(2, 5, 2))
  const half = builder('half', busy(1, 0, 2))
  const silent = builder('silent', async () => undefined)
  const dead = builder('dead', down)
  expect(await choose(full, half, silent, dead)).toBe('half')
  expect(await choose(full, silent, dead)).toBe('silent')
  expect(await choose(full, dead)).toBe('full')
  await expect(choose(dead, builder('dead too', down))).rejects.toMatchObject({
    code: 'build_api_unreachable',
    retryable: true,
  })
  // Alone it is not even asked: the order itself tells whether it answers.
  expect(await choose(dead)).toBe('dead')
})

test('draws lots between equals', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 0.99, noNaN: true }), { minLength: 2, maxLength: 5 }),
      async (draws) => {
        const left = [...draws]
        const [first, ...others] = draws.map((_, index) => builder(String(index), busy(0, 0, 1)))
        if (!first) return
        const chosen = await createBuilders([first, ...others], () => left.shift() ?? 1).choose()
        expect(draws[Number(chosen)]).toBe(Math.min(...draws))
      },
    ),
  )
})

test('tells how each is doing, and why one does not answer', async () => {
  const silent = builder('silent', async () => undefined)
  const all = createBuilders([builder('one', busy(1, 2, 4)), builder('two', down), silent], () => 0)
  expect(await all.loads()).toMatchObject([
    { name: 'one', load: { running: 1, waiting: 2, slots: 4 } },
    { name: 'two', error: { message: expect.stringContaining('down') } },
    { name: 'silent' },
  ])
})

test('knows each by its name, and says when a name is gone', () => {
  const all = createBuilders([builder('one', down), builder('two', down)], () => 0)
  expect(all.at('two')).toBe(client)
  expect(all.at(null)).toBe(client)
  expect(() => all.at('three')).toThrow(
    expect.objectContaining({ code: 'builder_unknown', retryable: true }),
  )
})

test('reads the load of a runner, and takes one that does not tell for full', async () => {
  await using rig = await startRig({ script: 'refuses' })
  const real = createBuilder('real', { baseUrl: rig.runner().url, apiKey, fetch })
  expect(await real.load()).toEqual({ agent: 'scripted', running: 0, waiting: 0, slots: 2 })
  const other = createBuilder('other', {
    baseUrl: 'http://builder.test',
    apiKey,
    fetch: async () => new Response('{}', { status: 404 }),
  })
  expect(await other.load()).toBe(undefined)
  expect(await createBuilders([other, real], () => 0).choose()).toBe('real')
})
