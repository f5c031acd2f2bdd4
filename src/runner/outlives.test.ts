import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { RunnerConfig } from './main.ts'
import { probeSandbox } from './sandbox/probe.ts'
import { openLifeline, type Lifeline } from './testing/lifeline.ts'
import { apiKey, demoOrder, isLast, playing, startRig } from './testing/rig.ts'

const { type: found } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')
const isLinux = process.platform === 'linux'

/** Runners with and without a sandbox; without one, daemons are found by the mark that Linux shows. */
const walls = [
  { sandbox: 'required', isHere: found === 'works' },
  { sandbox: 'off', isHere: isLinux },
] as const

function leaving(line: Lifeline, how: 'go' | 'stay') {
  const agent = playing('daemon', `${line.socket}|${how}`)
  return { ...agent, readable: [...(agent.readable ?? []), line.folder] }
}

for (const { sandbox, isHere } of walls) {
  test.skipIf(!isHere)(`a daemon ends with its build (sandbox: ${sandbox})`, async () => {
    await using line = await openLifeline()
    const agent = leaving(line, 'go')
    await using rig = await startRig({ script: '', config: { agent, sandbox } })
    const { last } = await rig.build()
    expect(last.type).toBe('build.completed')
    await line.gone
  })

  test.skipIf(!isHere)(
    `a daemon ends when its build is cancelled (sandbox: ${sandbox})`,
    async () => {
      await using line = await openLifeline()
      const agent = leaving(line, 'stay')
      await using rig = await startRig({ script: '', config: { agent, sandbox } })
      const order = (await (await rig.order()).json()) as { build_id: string }
      await line.connected
      await rig.call(`/v1/builds/${order.build_id}/cancel`, { method: 'POST' })
      expect((await rig.receiver.until(isLast)).type).toBe('build.cancelled')
      await line.gone
    },
  )
}

/** A runner in a process of its own with a build whose daemon is up, ready to be killed. */
async function startVictim(
  root: string,
  url: string,
  change: Partial<RunnerConfig>,
  line: Lifeline,
) {
  const program = fileURLToPath(new URL('./testing/runner-process.ts', import.meta.url))
  const victim = spawn(process.execPath, [program, root, '', '', JSON.stringify(change)])
  const [address] = await once(victim.stdout.setEncoding('utf8'), 'data')
  const body = JSON.stringify(await demoOrder(url))
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  await fetch(`${String(address).trim()}/v1/projects`, { method: 'POST', body, headers })
  await line.connected
  return victim
}

test.skipIf(found !== 'works')('a sandbox ends with a runner that is killed', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({ script: 'works' })
  const change = { agent: leaving(line, 'stay'), sandbox: 'required' } as const
  const victim = await startVictim(path.join(rig.root, 'killed'), rig.receiver.url, change, line)
  victim.kill('SIGKILL')
  await expect(line.gone).resolves.toBeUndefined()
})

test.skipIf(!isLinux)(
  'without a sandbox, the next runner ends what a killed one left',
  async () => {
    await using line = await openLifeline()
    await using rig = await startRig({ script: 'works' })
    const change = { agent: leaving(line, 'stay'), sandbox: 'off' } as const
    const root = path.join(rig.root, 'killed')
    const victim = await startVictim(root, rig.receiver.url, change, line)
    victim.kill('SIGKILL')
    await once(victim, 'exit')
    await rig.restart({ root })
    await line.gone
    const last = await rig.receiver.until(isLast)
    expect(last.type).toBe('build.completed')
  },
)
