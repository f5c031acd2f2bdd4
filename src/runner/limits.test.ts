import { expect, test } from 'vitest'
import type { BuildLimits } from './options.ts'
import { probeSandbox } from './sandbox/probe.ts'
import { playing, startRig } from './testing/rig.ts'

const { type: found } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')
const sandbox = found === 'works' ? 'required' : 'off'

const cases: readonly [string, Partial<BuildLimits>, string][] = [
  ['disk', { diskBytes: 2 * 1024 * 1024 }, 'disk_limit'],
  ['files', { diskFiles: 300 }, 'disk_limit'],
  ['processes', { processes: 30 }, 'process_limit'],
  ['memory', { memoryBytes: 350 * 1024 * 1024 }, 'memory_limit'],
  ['output', { outputBytes: 1_000_000 }, 'output_limit'],
  ['spend', { spend: { amount: 5, currency: 'USD' } }, 'spend_limit'],
]

test.each(cases)('ends a build that takes too much: %s', async (what, limits, code) => {
  const agent = playing('exceed', what)
  const config = { agent, sandbox, limits: { graceMs: 200, ...limits } } as const
  await using rig = await startRig({ script: '', config })
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code })
})

test('ends a build whose agent is given too many turns', async () => {
  await using rig = await startRig({ script: 'works', config: { limits: { turns: 0 } } })
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'turn_limit' })
})
