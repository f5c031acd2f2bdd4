import { describe, expect, it } from 'vitest'
import { AppError } from '../domain/errors.ts'
import {
  failureOf,
  goodSum,
  modelAt,
  otherWays,
  servedModels,
  sumCall,
  ways,
} from './testing/harness.ts'
import { startModelServer } from './testing/model-server.ts'
import { never, serveModels } from './testing/serve-models.ts'

const server = serveModels()

describe.each([...ways, ...otherWays])('%s', (way) => {
  const provider = way.split('/')[0] ?? ''
  const model = way.replace(/^\w+\//, '').replace(/ .*/, '')
  const plain = way.endsWith('plain')

  it('gives an answer that fits, and says who made it', async () => {
    server().reply({ kind: 'text', text: goodSum })
    const call = sumCall()
    expect(await modelAt(server(), way).answer(call, never)).toEqual({
      value: { parts: [2, 3], sum: 5, note: null },
      provider,
      model,
      repairs: 0,
      faults: [],
    })
    const [request] = server().requests
    expect(request).toMatchObject({
      model,
      maxOutputTokens: 500,
      stored: false,
      turns: [{ role: 'user', text: 'Two and three, said the canary-talk.' }],
    })
    expect(request?.instructions).toContain('Add the numbers up.')
    expect(request?.instructions.includes('"additionalProperties":false')).toBe(plain)
    expect(request?.schema === undefined).toBe(plain)
  })

  it('tells the meter before and after', async () => {
    server().reply({ kind: 'text', text: goodSum })
    const call = sumCall()
    await modelAt(server(), way).answer(call, never)
    const [planned] = call.planned
    expect(planned).toMatchObject({ provider, model, maxOutputTokens: 500 })
    expect(planned?.inputTokens.low).toBeGreaterThan(15)
    expect(call.used).toEqual([
      {
        provider,
        model,
        answeredBy: expect.stringMatching(model) as string,
        prompt: { id: 'sum', version: 'v1' },
        counted: true,
        inputTokens: 120,
        cachedInputTokens: 20,
        cacheWriteTokens: 0,
        outputTokens: 30,
        reasoningTokens: 5,
        ms: expect.any(Number) as number,
        outcome: 'used',
        requestId: 'req_1',
      },
    ])
  })

  it('sends an answer of the wrong shape back with what the schema says', async () => {
    server().reply(
      { kind: 'text', text: '{"parts":[2,3],"sum":"five","note":null}' },
      { kind: 'text', text: goodSum },
    )
    const call = sumCall()
    expect(await modelAt(server(), way).answer(call, never)).toMatchObject({
      repairs: 1,
      faults: [],
    })
    const [, second] = server().requests
    expect(second?.turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    expect(second?.turns[1]?.text).toContain('"five"')
    expect(second?.turns[2]?.text).toMatch(/sum: Invalid input: expected (int|number)/)
    expect(call.used.map(({ outcome }) => outcome)).toEqual(['invalid', 'used'])
  })

  it('sends an answer back that breaks a bound which the provider was not told', async () => {
    server().reply(
      { kind: 'text', text: '{"parts":[200],"sum":200,"note":null}' },
      { kind: 'text', text: goodSum },
    )
    const answer = await modelAt(server(), way).answer(sumCall(), never)
    expect(answer).toMatchObject({ repairs: 1, value: { sum: 5 } })
    expect(server().requests[1]?.turns[2]?.text).toContain('parts.0: Too big')
  })

  it('gives up on an answer that keeps the wrong shape after two repairs', async () => {
    for (const text of ['{"parts":[]}', 'I would rather not say.', '{"sum":5}']) {
      server().reply({ kind: 'text', text })
    }
    const call = sumCall()
    const error = await failureOf(modelAt(server(), way).answer(call, never))
    expect(error).toMatchObject({ code: 'model_invalid_output', retryable: false })
    expect(error.details['complaints']).toContainEqual(expect.stringMatching(/^parts: /))
    expect(server().requests).toHaveLength(3)
    // Only the last answer goes back with the complaints about it.
    expect(server().requests[2]?.turns).toHaveLength(3)
    expect(call.used.map(({ outcome }) => outcome)).toEqual(['invalid', 'invalid', 'invalid'])
  })

  it('gives an answer with the faults that the check still finds', async () => {
    const wrong = '{"parts":[2,3],"sum":6,"note":null}'
    for (let i = 0; i < 3; i += 1) server().reply({ kind: 'text', text: wrong })
    const call = sumCall()
    expect(await modelAt(server(), way).answer(call, never)).toMatchObject({
      value: { sum: 6 },
      repairs: 2,
      faults: ['sum: is not that of the parts'],
    })
    expect(call.used.map(({ outcome }) => outcome)).toEqual(['invalid', 'invalid', 'used'])
  })

  it('keeps an answer that fitted better than its repairs', async () => {
    server().reply(
      { kind: 'text', text: '{"parts":[2,3],"sum":6,"note":null}' },
      { kind: 'text', text: '{}' },
      { kind: 'text', text: 'never mind' },
    )
    expect(await modelAt(server(), way).answer(sumCall(), never)).toMatchObject({
      value: { sum: 6 },
      repairs: 0,
      faults: ['sum: is not that of the parts'],
    })
  })

  it('says that a model declined', async () => {
    server().reply({ kind: 'refusal', text: 'I cannot help with that.' })
    const call = sumCall()
    const error = await failureOf(modelAt(server(), way).answer(call, never))
    expect(error).toMatchObject({ code: 'model_refused', retryable: false })
    expect(call.used).toMatchObject([{ outcome: 'refused', inputTokens: 120, counted: true }])
  })

  it('says that an answer was cut off, even where it reads as whole', async () => {
    server().reply({ kind: 'cut_off', text: '{"parts":[2,' }, { kind: 'cut_off', text: goodSum })
    const call = sumCall()
    for (let i = 0; i < 2; i += 1) {
      const error = await failureOf(modelAt(server(), way).answer(call, never))
      expect(error).toMatchObject({ code: 'model_cut_off', retryable: false })
    }
    expect(call.used).toMatchObject([
      { outcome: 'cut_off', outputTokens: 30 },
      { outcome: 'cut_off', outputTokens: 30 },
    ])
  })

  it('asks again after an empty answer, and gives up after two more', async () => {
    server().reply({ kind: 'text', text: '' }, { kind: 'text', text: goodSum })
    expect(await modelAt(server(), way).answer(sumCall(), never)).toMatchObject({ repairs: 1 })
    expect(server().requests[1]?.turns).toHaveLength(1)
    for (let i = 0; i < 3; i += 1) server().reply({ kind: 'text', text: i === 1 ? ' \n' : '' })
    const call = sumCall()
    const error = await failureOf(modelAt(server(), way).answer(call, never))
    expect(error).toMatchObject({ code: 'model_empty', retryable: false })
    expect(call.used.map(({ outcome }) => outcome)).toEqual(['empty', 'empty', 'empty'])
  })

  it('sends nothing when the meter says no', async () => {
    const call = sumCall({
      onCall: async () => {
        throw new AppError('budget_exceeded', 'No money.')
      },
    })
    expect(await failureOf(modelAt(server(), way).answer(call, never))).toMatchObject({
      code: 'budget_exceeded',
    })
    expect(server().requests).toEqual([])
    expect(call.used).toEqual([])
  })
})

it('finds the answer of a server without structured output among prose and thoughts', async () => {
  server().reply({
    kind: 'text',
    text: `<think>{"sum":1}</think>Sure:\n\`\`\`json\n${goodSum}\n\`\`\``,
  })
  const model = modelAt(server(), 'compatible/model-d plain')
  expect(await model.answer(sumCall(), never)).toMatchObject({ repairs: 0, value: { sum: 5 } })
})

// Answers of Messages always count; one that does not is none of that API.
it.each(ways.filter((way) => !way.startsWith('anthropic')))(
  'says that it does not know what %s did not count',
  async (way) => {
    server().reply({ kind: 'text', text: goodSum, tokens: 'untold' })
    const call = sumCall()
    await modelAt(server(), way).answer(call, never)
    expect(call.used).toMatchObject([{ outcome: 'used', counted: false, inputTokens: 0 }])
  },
)

it('asks by a tool where a model knows no structured output', async () => {
  server().reply({ kind: 'text', text: goodSum })
  await modelAt(server(), 'anthropic/claude-3-haiku-20240307').answer(sumCall(), never)
  expect(server().requests).toMatchObject([{ viaTool: true }])
})

it('sends no key where there is none', async () => {
  await using open = await startModelServer({ key: '', models: servedModels })
  open.reply({ kind: 'text', text: goodSum })
  const access = { compatible: { apiKey: '', baseUrl: open.url } }
  const model = modelAt(open, 'compatible/model-c', { access })
  expect(await model.answer(sumCall(), never)).toMatchObject({ value: { sum: 5 } })
})

it('does not send what cannot fit', async () => {
  const call = sumCall({ input: 'word '.repeat(20_000) })
  const model = modelAt(server(), 'compatible/model-c context=8000')
  expect(await failureOf(model.answer(call, never))).toMatchObject({ code: 'model_input_too_long' })
  expect(call.planned).toEqual([])
  expect(server().requests).toEqual([])
})

it('takes no answer that is far longer than it may be, and does not send it back', async () => {
  const long = `${' '.repeat(2 ** 20)}${goodSum}`
  server().reply({ kind: 'text', text: long }, { kind: 'text', text: goodSum })
  const call = sumCall()
  const answer = await modelAt(server(), 'compatible/model-d plain').answer(call, never)
  expect(answer).toMatchObject({ repairs: 1, value: { sum: 5 } })
  expect(call.used.map(({ outcome }) => outcome)).toEqual(['invalid', 'used'])
  const [, mended] = server().requests
  expect(JSON.stringify(mended?.turns).length).toBeLessThan(5_000)
})

it('books a call whose answer breaks the check that it is put to', async () => {
  server().reply({ kind: 'text', text: goodSum })
  const call = sumCall({
    check: () => {
      throw new RangeError('too deep')
    },
  })
  await expect(modelAt(server(), 'openai/model-a').answer(call, never)).rejects.toThrow('too deep')
  expect(call.used).toMatchObject([{ outcome: 'invalid', counted: true }])
})
