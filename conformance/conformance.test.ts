import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { apiKey, ownFiles, startRig, webhookSecret, type Rig } from '../src/runner/testing/rig.ts'
import { smallOrder } from './plan.ts'
import { runSuite } from './run.ts'
import { startBroken, type Fault } from './testing/broken-builder.ts'

const scaffolder = fileURLToPath(new URL('../src/runner/scaffolder/main.ts', import.meta.url))
const main = fileURLToPath(new URL('./main.ts', import.meta.url))

/** A runner with the built-in scaffolder. */
function startOwn(): Promise<Rig> {
  const agent = {
    name: 'scaffolder',
    command: process.execPath,
    args: [scaffolder],
    env: {},
    readable: ownFiles,
    isOwn: true,
    mode: 'whole' as const,
  }
  const retryDelays = Array.from({ length: 20 }, () => 1)
  return startRig({ script: '', config: { agent, retryDelays } })
}

const options = (url: string) => ({
  url,
  key: apiKey,
  receiver: { host: '127.0.0.1', port: 0, publicUrl: undefined },
  timeoutMs: 50_000,
})

test('our own runner keeps to the build API', async () => {
  await using rig = await startOwn()
  const results = await runSuite(options(rig.runner().url))
  expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  expect(results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThanOrEqual(20)
})

const faults: readonly (readonly [Fault, string, RegExp])[] = [
  [
    'errors as text',
    'refuses what is no order',
    /text\/plain instead of application\/problem\+json/,
  ],
  ['open to all', 'refuses callers without the key', /answers 404 instead of 401/],
  ['no idempotency', 'starts one build for each Idempotency-Key', /made another build/],
  ['own signature', 'signs its webhooks with the build’s webhook_secret', /signature is not right/],
  ['a gap', 'numbers its webhooks without a gap and sends them in order', /Webhook 5 came while 4/],
  ['no retry', 'sends again what was not taken', /did not come again/],
  ['follows redirects', 'follows no redirect', /followed a redirect/],
  ['two ends', 'begins with build.started and ends once', /build.cancelled, build.completed/],
  ['events from the start', 'serves its events after a sequence', /does not give event/],
  ['any answer', 'takes no answer to what it did not ask', /answers 200 instead of/],
]

test('the small plan is one that a builder can carry out', async () => {
  await using rig = await startOwn()
  const { last } = await rig.build({ ...(await smallOrder()), webhook_secret: webhookSecret })
  expect(last.data.event).toMatchObject({ type: 'build.completed', done: 2, total: 2 })
})

test.each(faults)('finds a builder with this fault: %s', async (fault, name, reason) => {
  await using rig = await startOwn()
  await using broken = await startBroken(fault, { url: rig.runner().url, key: apiKey })
  const results = await runSuite(options(broken.url))
  const failed = results.filter(({ outcome }) => outcome === 'failed')
  expect(failed.find((result) => result.name === name)?.reason).toMatch(reason)
})

test('a relay without a fault passes, so that each finding above is of its fault alone', async () => {
  await using rig = await startOwn()
  const none = 'none' as Fault
  await using relay = await startBroken(none, { url: rig.runner().url, key: apiKey })
  const results = await runSuite(options(relay.url))
  expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([])
})

const run = promisify(execFile)

test('the command prints a table or JSON, and fails with a builder that does not answer', async () => {
  await using rig = await startOwn()
  const env = { PATH: process.env['PATH'], KIRO_API_KEY: apiKey }
  const table = await run(process.execPath, [main, rig.runner().url], { env })
  expect(table.stdout).toContain('✓ refuses callers without the key\n')
  expect(table.stdout).toMatch(/\n\d+ passed, 0 failed, \d+ skipped\n$/)
  const dead = run(process.execPath, [main, 'http://127.0.0.1:9', '--json', '--timeout', '1'], {
    env,
  })
  const { code, stdout } = (await dead.catch((error: unknown) => error)) as {
    code: number
    stdout: string
  }
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    passed: 0,
    results: expect.arrayContaining([
      expect.objectContaining({
        outcome: 'failed',
        reason: expect.stringMatching(/could not be asked/),
      }),
    ]),
  })
  await expect(run(process.execPath, [main], { env })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Usage:'),
  })
})
