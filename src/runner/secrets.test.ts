import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { startGroup } from './process/child-process.ts'
import { buildEnvironment } from './process/environment.ts'
import { probeSandbox } from './sandbox/probe.ts'
import { findSecret } from './workspace/find-secrets.ts'
import { apiKey, logTexts, playing, startRig, webhookSecret } from './testing/rig.ts'

const canary = 'canary/of+the~agent'
const hostCanary = 'canary-of-the-host'

const { type: found } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')
const modes = found === 'works' ? (['off', 'required'] as const) : (['off'] as const)

function leaking(how: string, sandbox: 'off' | 'required') {
  const agent = { ...playing('leak', how), env: { AGENT_API_KEY: canary } }
  return { script: '', config: { agent, sandbox } }
}

/** The forms in which a value would show. */
function forms(value: string): string[] {
  const bytes = Buffer.from(value)
  return [value, bytes.toString('base64'), bytes.toString('hex'), encodeURIComponent(value)]
}

test.each(modes)(
  'no secret shows in the log, the events or the status (sandbox: %s)',
  async (mode) => {
    vi.stubEnv('HOST_SECRET', hostCanary)
    await using rig = await startRig(leaking('', mode))
    const { id } = await rig.build()
    vi.unstubAllEnvs()
    const hooks = rig.receiver.taken()
    expect(logTexts(hooks, 'agent').join()).toContain('[secret]')
    const told = [
      JSON.stringify(hooks),
      JSON.stringify(await rig.status(id)),
      await (await rig.call(`/v1/builds/${id}/log.txt`)).text(),
    ].join()
    const secrets = [canary, hostCanary, apiKey, webhookSecret].flatMap(forms)
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([])
  },
)

test.each([
  ['file', 'deep/er/.env'],
  ['history', 'the git history'],
])('work with a secret in its %s is not handed on', async (how, place) => {
  await using rig = await startRig(leaking(how, 'off'))
  const { id, last } = await rig.build()
  const event = last.data.event
  expect(event).toMatchObject({ type: 'build.failed', code: 'secret_in_work' })
  expect(JSON.stringify(event)).toContain(`AGENT_API_KEY stands in ${place}`)
  for (const format of ['zip', 'bundle']) {
    const answer = await rig.call(`/v1/builds/${id}/artifact?format=${format}`)
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { code: 'artifact_withheld', detail: expect.stringContaining(place) },
    ])
  }
})

test('work that cannot be searched as a whole counts as searched by nobody', async () => {
  const workspace = await mkdtemp(path.join(tmpdir(), 'talkwright-search-'))
  await using _ = { [Symbol.asyncDispose]: () => rm(workspace, { recursive: true }) }
  const search = (signal?: AbortSignal) =>
    findSecret({
      workspace,
      env: buildEnvironment(process.env['PATH'] ?? '', workspace, 'bld_none'),
      start: startGroup,
      secrets: [{ name: 'KEY', value: canary }],
      ...(signal && { signal }),
    })
  await expect(search()).rejects.toMatchObject({ code: 'git_failed' })
  await writeFile(path.join(workspace, 'a'), '')
  await expect(search(AbortSignal.abort())).rejects.toThrow(/abort/)
  await writeFile(path.join(workspace, 'b'), canary)
  expect(await search()).toEqual({ name: 'KEY', place: 'b' })
})
