import { afterEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'
import { silentLog } from '../domain/log.ts'
import { defaultBreaker } from './breaker.ts'
import { failureOf, goodSum, modelAt, modelsAt, sumCall } from './testing/harness.ts'
import type { Reply } from './testing/model-server.ts'
import { never, serveModels } from './testing/serve-models.ts'

const two = 'anthropic/claude-sonnet-4-5, openai/model-a'
const good: Reply = { kind: 'text', text: goodSum }
const server = serveModels()
afterEach(() => {
  vi.useRealTimers()
})

function failing(status: number, wait?: string): Reply {
  const headers: Record<string, string> = wait === undefined ? {} : { 'retry-after': wait }
  return { kind: 'error', status, type: 'some_error', message: 'No.', headers }
}

describe('a chain of models', () => {
  it('asks the first one alone when it answers', async () => {
    server().reply(good)
    const model = modelAt(server(), two)
    expect(model).toMatchObject({
      name: 'anthropic/claude-sonnet-4-5 > openai/model-a',
      contextTokens: 128_000,
    })
    expect(await model.answer(sumCall(), never)).toMatchObject({ provider: 'anthropic' })
    expect(server().requests).toHaveLength(1)
  })

  it.each([400, 402, 403, 413, 429, 500, 503, 529])(
    'goes on to the next one after %i, and says which one answered',
    async (status) => {
      server().reply(failing(status), good)
      const call = sumCall()
      expect(await modelAt(server(), two).answer(call, never)).toMatchObject({
        provider: 'openai',
        model: 'model-a',
      })
      expect(call.used.map(({ provider, outcome }) => [provider, outcome])).toEqual([
        ['anthropic', 'failed'],
        ['openai', 'used'],
      ])
      expect(call.planned).toHaveLength(2)
    },
  )

  it('goes on after a model that does not exist, a dead line, and an answer that never fits', async () => {
    const text = `openai/nobody, compatible/model-c, ${two}`
    const drop: Reply = { kind: 'by_hand', answer: (response) => response.destroy() }
    const misfit: Reply = { kind: 'text', text: '{}' }
    server().reply(drop, misfit, misfit, misfit, good)
    expect(await modelAt(server(), text).answer(sumCall(), never)).toMatchObject({
      model: 'model-a',
    })
  })

  it('does not take what one model declined to another', async () => {
    server().reply({ kind: 'refusal', text: 'No.' }, good)
    const error = await failureOf(modelAt(server(), two).answer(sumCall(), never))
    expect(error).toMatchObject({ code: 'model_refused', retryable: false })
    expect(server().requests).toHaveLength(1)
  })

  it('does not take an answer without room to another', async () => {
    server().reply({ kind: 'cut_off', text: '{"parts":' }, good)
    const error = await failureOf(modelAt(server(), two).answer(sumCall(), never))
    expect(error).toMatchObject({ code: 'model_cut_off' })
    expect(server().requests).toHaveLength(1)
  })

  it('ends with what the meter says, between two models too', async () => {
    server().reply(failing(500), good)
    let calls = 0
    const onCall = async () => {
      calls += 1
      if (calls === 2) throw new AppError('budget_exceeded', 'No money.')
      return async () => undefined
    }
    const error = await failureOf(modelAt(server(), two).answer(sumCall({ onCall }), never))
    expect(error.code).toBe('budget_exceeded')
    expect(server().requests).toHaveLength(1)
  })

  it('ends when it is told to, and asks nobody else', async () => {
    const stopping = new AbortController()
    const reason = new Error('stop')
    server().reply({ kind: 'by_hand', answer: () => stopping.abort(reason) }, good)
    await expect(modelAt(server(), two).answer(sumCall(), stopping.signal)).rejects.toBe(reason)
    expect(server().requests).toHaveLength(1)
  })

  it('fails with what passes soonest, and tells what each one said', async () => {
    server().reply(failing(429, '700'), failing(403), failing(529, '30'))
    const text = `${two}, compatible/model-c`
    const error = await failureOf(modelAt(server(), text).answer(sumCall(), never))
    expect(error).toMatchObject({
      code: 'model_overloaded',
      retryable: true,
      retryAfterSeconds: 30,
      details: {
        links: [
          { link: 'anthropic/claude-sonnet-4-5', code: 'model_rate_limited' },
          { link: 'openai/model-a', code: 'model_unauthorised' },
          { link: 'compatible/model-c', code: 'model_overloaded' },
        ],
      },
    })
  })

  it('fails with what the first one said when nothing of it passes', async () => {
    server().reply(failing(403), failing(400))
    const error = await failureOf(modelAt(server(), two).answer(sumCall(), never))
    expect(error).toMatchObject({ code: 'model_unauthorised', retryable: false })
    expect(error.message).toContain('ANTHROPIC_API_KEY')
  })

  it('logs each link that failed, with neither the talk nor a key', async () => {
    const lines: string[] = []
    const warn: Log['warn'] = (facts, event) => {
      lines.push(JSON.stringify({ event, ...facts }))
    }
    server().reply(failing(500), good)
    const model = modelAt(server(), two, { log: { ...silentLog, warn } })
    await model.answer(sumCall(), never)
    expect(lines).toEqual([expect.stringContaining('model.link_failed')])
    expect(lines.join()).toContain('model_unavailable')
    expect(lines.join()).not.toContain('canary')
  })
})

describe('a breaker', () => {
  const one = 'openai/model-a'
  const times = (count: number, reply: Reply): Reply[] => Array.from({ length: count }, () => reply)

  /** A model that failed so often that its breaker is open, with the clock held. */
  async function broken(reply: Reply, text = one): Promise<ReturnType<typeof modelAt>> {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-10T14:00:00Z') })
    const model = modelAt(server(), text)
    for (const failure of times(defaultBreaker.failures, reply)) {
      server().reply(failure)
      await failureOf(model.answer(sumCall(), never))
    }
    return model
  }
  const later = (ms: number): void => {
    vi.setSystemTime(Date.now() + ms)
  }

  it('leaves a model alone that failed five times in a row, and says until when', async () => {
    const model = await broken(failing(500))
    const call = sumCall()
    const error = await failureOf(model.answer(call, never))
    expect(error).toMatchObject({
      code: 'model_unavailable',
      retryable: true,
      retryAfterSeconds: 30,
      details: { breaker: 'open' },
    })
    expect(server().requests).toHaveLength(5)
    expect(call.planned).toEqual([])
  })

  it('lets one call through after its rest, and all of them once that one is answered', async () => {
    const model = await broken(failing(500))
    later(defaultBreaker.restMs)
    const trial = Promise.withResolvers<() => void>()
    server().reply({
      kind: 'by_hand',
      answer: (response) => trial.resolve(() => response.writeHead(500).end()),
    })
    const tried = failureOf(model.answer(sumCall(), never))
    const end = await trial.promise
    // Whoever comes meanwhile does not wait for the trial.
    expect((await failureOf(model.answer(sumCall(), never))).details).toMatchObject({
      breaker: 'open',
    })
    end()
    expect((await tried).details).not.toHaveProperty('breaker')
    // The trial failed, so the rest doubles.
    expect((await failureOf(model.answer(sumCall(), never))).retryAfterSeconds).toBe(60)
    later(2 * defaultBreaker.restMs)
    server().reply(good, good)
    await model.answer(sumCall(), never)
    expect(await model.answer(sumCall(), never)).toMatchObject({ value: { sum: 5 } })
  })

  it('rests for as long as a Retry-After says, up to ten minutes', async () => {
    const model = await broken(failing(429, '90'))
    expect((await failureOf(model.answer(sumCall(), never))).retryAfterSeconds).toBe(90)
    const other = await broken(failing(429, '86000'))
    expect((await failureOf(other.answer(sumCall(), never))).retryAfterSeconds).toBe(600)
  })

  it('does not open for what is wrong with a request, a key or an answer', async () => {
    const model = await broken(failing(403))
    server().reply(...times(6, failing(400)), good)
    for (let i = 0; i < 6; i += 1) await failureOf(model.answer(sumCall(), never))
    expect(await model.answer(sumCall(), never)).toMatchObject({ value: { sum: 5 } })
  })

  it('is one for each model: the next one of the chain answers meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const model = modelAt(server(), two)
    for (let i = 0; i < defaultBreaker.failures; i += 1) {
      server().reply(failing(529), good)
      await model.answer(sumCall(), never)
    }
    server().reply(good)
    expect(await model.answer(sumCall(), never)).toMatchObject({ provider: 'openai' })
    expect(server().requests.filter(({ format }) => format === 'messages')).toHaveLength(5)
  })
})

describe('the settings', () => {
  it('ask no model when none is named', () => {
    const none = { model: undefined, offline: true, breakers: [] }
    expect(modelsAt(server(), 'offline')).toEqual(none)
    expect(modelsAt(server(), '')).toEqual(none)
  })

  it('have the offline way carry on only where they name it', () => {
    expect(modelsAt(server(), two).offline).toBe(false)
    expect(modelsAt(server(), `${two}, offline`).offline).toBe(true)
  })

  it('turn down a model whose provider has no access', () => {
    expect(() => modelsAt(server(), two, { access: {} })).toThrow('anthropic/claude-sonnet-4-5')
  })

  it.each(['', '/', '/v1', '/v1/'])('take an address that ends in "%s"', async (end) => {
    server().reply(good, good, good)
    for (const way of ['anthropic/claude-sonnet-4-5', 'openai/model-a', 'compatible/model-c']) {
      await modelAt({ url: `${server().url}${end}` }, way).answer(sumCall(), never)
    }
    expect(server().requests).toHaveLength(3)
  })
})
