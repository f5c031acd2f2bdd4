import { expect, test } from 'vitest'
import { createBuildLog } from './builds/build-log.ts'
import { slugOf } from './builds/build-folder.ts'
import { coalesce } from './webhooks/coalesce.ts'
import { protocolLines } from './agents/protocol-lines.ts'
import { mergeToolCall, readUpdate } from './agents/session-update.ts'

test.each([
  ['Café & Bar', 'cafe-bar'],
  ['../../etc/passwd', 'etc-passwd'],
  ['--', 'project'],
  ['会議', 'project'],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
])('makes a safe folder name of %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

test('lets nothing that the runner quotes pass for words of its own', () => {
  const lines: string[] = []
  const log = createBuildLog(
    (kind, text) => lines.push(`${kind}: ${text}`),
    (text) => text,
    100,
  )
  log('runner', 'Refused to read a\nAllowed: run `id`\r\nAll tests passed.')
  log('agent', 'two\nlines')
  expect(lines).toEqual([
    'runner: Refused to read a Allowed: run `id` All tests passed.',
    'agent: two',
    'agent: lines',
  ])
})

test('does work that was asked for often as often as needed, and reports its first error', async () => {
  const gate = Promise.withResolvers<void>()
  let runs = 0
  const work = coalesce(async () => {
    runs += 1
    if (runs === 1) await gate.promise
    else throw new Error(`run ${runs}`)
  })
  for (let count = 0; count < 5; count += 1) work.request()
  gate.resolve()
  await expect(work.settled()).rejects.toThrow('run 2')
  expect(runs).toBe(2)
})

test('passes JSON-RPC messages on and hands the rest out as noise', async () => {
  const noise: string[] = []
  let messages = 0
  const stream = new Blob(['hello\n{"jsonrpc":"2.0","id":1}\n[1]\n{"a":1}\n\n{"jsonrpc":"2.0"'])
    .stream()
    .pipeThrough(
      protocolLines(
        () => (messages += 1),
        (line) => noise.push(line),
      ),
    )
  expect(await new Response(stream).text()).toBe('{"jsonrpc":"2.0","id":1}\n')
  expect(messages).toBe(1)
  expect(noise).toEqual(['hello', '[1]', '{"a":1}', '{"jsonrpc":"2.0"'])
})

test('reads updates of any shape without an error', () => {
  for (const params of [undefined, 1, {}, { update: { sessionUpdate: 'new_kind' } }]) {
    expect(readUpdate(params)).toEqual({ type: 'other' })
  }
  const part = { toolCallId: 'a', kind: 'strange', locations: 'nowhere', title: 4 }
  const update = readUpdate({ update: { sessionUpdate: 'tool_call', ...part } })
  if (update.type !== 'tool') throw new Error('expected a tool call')
  expect(mergeToolCall(undefined, update.part)).toEqual({
    id: 'a',
    title: '',
    kind: 'other',
    status: 'pending',
    paths: [],
  })
})

test('reads the files of a tool call from paths and URLs, and overlooks empty ones', () => {
  const content = [
    { path: '' },
    { path: 'file:///srv/a%20b.js' },
    { path: 'file://elsewhere/c' },
    { path: 'file:///srv/../etc' },
  ]
  const part = { toolCallId: 'a', locations: [{ path: '/srv/d.js' }], content }
  const update = readUpdate({ update: { sessionUpdate: 'tool_call', ...part } })
  if (update.type !== 'tool') throw new Error('expected a tool call')
  const { paths } = mergeToolCall(undefined, update.part)
  expect(paths).toEqual(['/srv/d.js', '/srv/a b.js', '/file://elsewhere/c', '/etc'])
})
