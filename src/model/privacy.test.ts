import { tracingChannel } from 'node:diagnostics_channel'
import { registerTelemetry } from 'ai'
import { expect, it, vi } from 'vitest'
import { failureOf, goodSum, modelAt, sumCall, ways } from './testing/harness.ts'
import { never, serveModels } from './testing/serve-models.ts'

const server = serveModels()

/** Keeps all that telemetry is told, whatever it asks for. */
const told: unknown[] = []
registerTelemetry(
  new Proxy(
    {},
    {
      get: (_target, name) =>
        name === 'then' ? undefined : (...args: unknown[]) => void told.push([name, args]),
    },
  ),
)

it.each(ways)('gives telemetry nothing of what %s is asked and answers', async (way) => {
  const keep = (message: unknown): void => void told.push(message)
  const channel = tracingChannel('ai:telemetry')
  const listeners = { start: keep, end: keep, asyncStart: keep, asyncEnd: keep, error: keep }
  channel.subscribe(listeners)
  server().reply({ kind: 'text', text: goodSum }, { kind: 'text', text: '{}' })
  await modelAt(server(), way).answer(sumCall(), never)
  await failureOf(modelAt(server(), way).answer(sumCall(), never))
  channel.unsubscribe(listeners)
  expect(JSON.stringify(told)).not.toContain('canary')
})

it('writes no warnings of the SDK to the process', async () => {
  const warnings = vi.spyOn(process, 'emitWarning')
  server().reply({ kind: 'text', text: goodSum })
  // A model that is not known to the SDK and has no room for as much as is asked for.
  await modelAt(server(), 'anthropic/claude-sonnet-4-5').answer(
    sumCall({ maxOutputTokens: 100_000 }),
    never,
  )
  expect(warnings).not.toHaveBeenCalled()
  warnings.mockRestore()
})

it('keeps the key out of everything that an error hangs together with', async () => {
  // A key that no header can carry makes `fetch` itself repeat it in its message.
  const access = { apiKey: 'sk-canary\nkey', baseUrl: server().url }
  const model = modelAt(server(), 'openai/model-a', { access: { openai: access } })
  const error = await failureOf(model.answer(sumCall(), never))
  expect(error.cause).toBeUndefined()
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('canary')
})
