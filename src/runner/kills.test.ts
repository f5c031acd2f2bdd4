import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BuildCreated, BuildStatus } from '../domain/build.ts'
import type { RunnerConfig } from './main.ts'
import { buildMark } from './process/marked.ts'
import { probeSandbox } from './sandbox/probe.ts'
import { startReceiver } from './testing/receiver.ts'
import { demoOrder, isLast, ownFiles, scriptedAgent, webhookSecret } from './testing/rig.ts'
import { processesOf, startVictim, whenSo, type Victim } from './testing/victim.ts'

const seed = Number(process.env['TALKWRIGHT_CHAOS_SEED'] ?? Date.now() % 2 ** 31)
const { type: sandbox } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')
const taskAgent = fileURLToPath(new URL('./testing/task-agent.ts', import.meta.url))

interface Blow {
  victim: 'runner' | 'agent' | 'both'
  /** How many further events are on disk when it falls; 0: while the order is being taken in. */
  after: number
}

interface Plan {
  mode: 'whole' | 'tasks'
  sandbox: 'off' | 'required'
  blows: Blow[]
}

const plans: fc.Arbitrary<Plan> = fc.record({
  mode: fc.constantFrom('whole', 'tasks'),
  sandbox: fc.constantFrom(
    ...(sandbox === 'works' ? (['off', 'required'] as const) : ['off' as const]),
  ),
  blows: fc.array(
    fc.record({
      victim: fc.constantFrom('runner', 'agent', 'both'),
      after: fc.integer({ min: 0, max: 14 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

function configOf({ mode, sandbox }: Plan): Partial<RunnerConfig> {
  const args = mode === 'tasks' ? [taskAgent, '{}'] : [scriptedAgent, 'works']
  return {
    agent: { name: 'agent', command: process.execPath, args, env: {}, mode, readable: ownFiles },
    sandbox,
    limits: { graceMs: 1_000, restarts: 10 },
    retryDelays: Array.from({ length: 30 }, () => 5),
  }
}

async function killAgents(root: string, id: string): Promise<void> {
  for (const pid of await processesOf(root, `${buildMark}=${id}`)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/** One build under blows, from its order to its end. */
function makeScene(plan: Plan, root: string, webhookUrl: string) {
  const config = configOf(plan)
  const key = randomUUID()
  let victim: Victim
  let id = ''

  const folder = () =>
    path.join(root, readdirSync(root).find((name) => name.endsWith(id.slice(-8))) ?? '')
  const lines = async () => {
    const text = await readFile(path.join(folder(), 'events.jsonl'), 'utf8').catch(() => '')
    return text.split('\n').slice(0, -1)
  }
  const hasEnded = async () => isLast(JSON.parse((await lines()).at(-1) ?? '{"type":""}'))
  const order = async () => {
    const input = await demoOrder(webhookUrl)
    id = BuildCreated.parse(await (await victim.order(input, key)).json()).build_id
  }
  const strike = async (blow: Blow) => {
    if (id === '') {
      // Killed while the order is taken in, or as soon as it is: asking again makes one build.
      if (blow.after === 0) {
        const ordering = victim.order(await demoOrder(webhookUrl), key).catch(() => undefined)
        await whenSo(root, async () => readdirSync(root).some((name) => name.startsWith('demo-')))
        await victim.kill()
        await ordering
        victim = await startVictim(root, config)
      }
      await order()
    }
    const target = (await lines()).length + blow.after
    await whenSo(folder(), async () => (await lines()).length >= target || (await hasEnded()))
    if (blow.victim !== 'runner') await killAgents(root, id)
    if (blow.victim === 'agent') return
    await victim.kill()
    victim = await startVictim(root, config)
  }
  return {
    async carryOut() {
      victim = await startVictim(root, config)
      for (const blow of plan.blows) await strike(blow)
      await whenSo(folder(), hasEnded)
    },
    status: async () => BuildStatus.parse(await (await victim.call(`/v1/builds/${id}`)).json()),
    id: () => id,
    stop: () => victim.kill(),
  }
}

/** What is said to be done is in git, and its tests pass in a clone that nobody has touched. */
function checkCompleted(status: BuildStatus, clone: string): void {
  const { folder = '', tasks } = status
  execFileSync('git', ['clone', '--quiet', '--branch', 'main', folder, clone])
  const history = execFileSync('git', ['log', '--format=%H %s', 'main'], {
    cwd: clone,
    encoding: 'utf8',
  })
  const done = tasks.filter(({ state }) => state === 'completed')
  expect(done.length).toBeGreaterThan(0)
  for (const { id, commit } of done) {
    expect(history).toContain(`${commit ?? 'none'} task ${id}: `)
  }
  execFileSync(process.execPath, ['--test'], { cwd: clone, env: { PATH: process.env['PATH'] } })
}

// Elsewhere the system does not show whose processes are whose.
test.skipIf(process.platform !== 'linux')(
  `builds survive kill -9 of runner and agent (seed ${seed})`,
  async () => {
    const seen: string[] = []
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'talkwright-kills-')))
        await using receiver = await startReceiver(webhookSecret)
        const scene = makeScene(plan, path.join(root), receiver.url)
        try {
          await scene.carryOut()
          await receiver.until(isLast)
          const status = await scene.status()
          seen.push(status.state)
          const hooks = receiver.taken()
          expect(hooks.map(({ data }) => data.sequence)).toEqual(hooks.map((_, index) => index + 1))
          expect(new Set(hooks.map(({ data }) => data.build_id))).toEqual(new Set([scene.id()]))
          expect(hooks.filter(isLast)).toHaveLength(1)
          if (status.state === 'completed') checkCompleted(status, path.join(root, 'clone'))
          expect(await processesOf(root, `${buildMark}=${scene.id()}`)).toEqual([])
        } finally {
          await scene.stop()
          rmSync(root, { recursive: true, force: true })
        }
      }),
      { seed, numRuns: 8, endOnFailure: true },
    )
    expect(seen.filter((state) => state !== 'completed' && state !== 'failed')).toEqual([])
    expect(seen).toHaveLength(8)
  },
  600_000,
)
