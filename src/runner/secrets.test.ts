import { expect, test, vi } from 'vitest'
import { probeSandbox } from './sandbox/probe.ts'
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
