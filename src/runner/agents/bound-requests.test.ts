import type { AnyMessage } from '@agentclientprotocol/sdk'
import { expect, test } from 'vitest'
import { startRig } from '../testing/rig.ts'
import { boundRequests } from './bound-requests.ts'

const request = (id: number): AnyMessage => ({ jsonrpc: '2.0', id, method: 'fs/read_text_file' })
const answer = (id: number): AnyMessage => ({ jsonrpc: '2.0', id, result: {} })

test('hears no more requests than may wait, until answers are taken', async () => {
  const told = Array.from({ length: 10 }, (_, id) => request(id))
  const taken: AnyMessage[] = []
  let isTaken = Promise.withResolvers<void>()
  const stream = boundRequests(
    {
      readable: ReadableStream.from(told),
      writable: new WritableStream({
        async write(message: AnyMessage) {
          await isTaken.promise
          taken.push(message)
        },
      }),
    },
    3,
  )
  const heard: AnyMessage[] = []
  const reader = stream.readable.getReader()
  const hear = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      heard.push(next.value)
    }
  }
  const all = hear()
  await expect.poll(() => heard.length).toBe(3)
  const writer = stream.writable.getWriter()
  const answers = told.map((_, id) => writer.write(answer(id)))
  // One answer is on its way to the agent, which takes none.
  await expect.poll(() => heard.length).toBe(4)
  expect(taken).toEqual([])
  isTaken.resolve()
  await Promise.all([all, ...answers])
  expect(heard).toEqual(told)
})

test('hears an answer once, and none to what was not asked', async () => {
  const gate = Promise.withResolvers<void>()
  const nonsense = { jsonrpc: '2.0' } as AnyMessage
  const strange: AnyMessage = { jsonrpc: '2.0', id: '\u001b[2Jshow this', result: {} }
  const readable = ReadableStream.from(
    (async function* () {
      await gate.promise
      yield* [strange, nonsense, answer(1), answer(1)]
    })(),
  )
  const writable = new WritableStream<AnyMessage>({ write: () => gate.resolve() })
  const stream = boundRequests({ readable, writable })
  const prompt: AnyMessage = { jsonrpc: '2.0', id: 1, method: 'session/prompt' }
  await stream.writable.getWriter().write(prompt)
  expect(await Array.fromAsync(stream.readable)).toEqual([answer(1)])
})

test('passes on what is told, and no more requests, once the agent takes no answers at all', async () => {
  const words: AnyMessage = { jsonrpc: '2.0', method: 'session/update' }
  const told = [...Array.from({ length: 10 }, (_, id) => request(id)), words]
  const writable = new WritableStream<AnyMessage>({
    write: () => Promise.reject(new Error('gone')),
  })
  const stream = boundRequests({ readable: ReadableStream.from(told), writable }, 3)
  const heard: AnyMessage[] = []
  const all = (async () => {
    for await (const message of stream.readable) heard.push(message)
  })()
  await stream.writable.getWriter().write(answer(0))
  await all
  expect(heard.length).toBeLessThan(5)
  expect(heard.at(-1)).toEqual(words)
})

test('a build ends whose agent asks without end and never listens', async () => {
  const program = new URL('../testing/deaf-agent.ts', import.meta.url).pathname
  const deaf = { name: 'deaf', command: process.execPath, args: [program, '2000'], env: {} }
  const agent = { ...deaf, mode: 'whole' as const }
  const config = { agent, limits: { idleMs: 2_000, graceMs: 200 } }
  await using rig = await startRig({ script: '', config })
  const before = process.memoryUsage().rss
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_stalled' })
  // All of the answers would be four gigabytes.
  expect(process.memoryUsage().rss - before).toBeLessThan(1.5 * 1024 ** 3)
})
