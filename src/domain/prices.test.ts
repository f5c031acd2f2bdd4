import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publishedPrices } from './price-table.ts'
import { costOf, costRange, parsePrices, priceOf, type TokensUsed } from './prices.ts'

const at = new Date('2026-11-25T12:00:00Z')
const published = [publishedPrices]

function used(model: string, tokens: Partial<TokensUsed> = {}): TokensUsed {
  const [provider = '', name = ''] = model.split('/')
  const none = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0 }
  return { provider, model: name, ...none, ...tokens }
}

describe('a price', () => {
  it.each(['openai/gpt-5.2', 'openai/gpt-5.2-2025-12-11', 'OpenAI/GPT-5.2-latest'])(
    'fits the name and its versions: %s',
    (name) => {
      expect(priceOf(published, name, at)?.model).toBe('openai/gpt-5.2')
    },
  )

  it.each(['openai/gpt-5.2-pro', 'openai/gpt-5x2', 'local/gpt-5.2', 'openai/gpt-5.2-2025', ''])(
    'fits no other name: %s',
    (name) => {
      expect(priceOf(published, name, at)).toBeUndefined()
    },
  )

  it('holds from its day on', () => {
    const cached = used('anthropic/claude-sonnet-5-5', {
      inputTokens: 1_000_000,
      cachedInputTokens: 1_000_000,
    })
    expect(costOf(published, cached, new Date('2026-10-06T23:59:59Z'))).toBe(200_000)
    expect(costOf(published, cached, new Date('2026-10-07T00:00:00Z'))).toBe(100_000)
    expect(costOf(published, cached, new Date('2026-09-27T00:00:00Z'))).toBeNull()
  })

  it('of the operator stands before a published one, and a name before a pattern', () => {
    const own = parsePrices(
      '[{"model":"local/*","input":"0","output":"0"},{"model":"local/big*","input":"1","output":"1"},{"model":"local/big-2","input":"2","output":"2"},{"model":"openai/gpt-5.2","input":"9","output":"9"}]',
    )
    const million = { inputTokens: 1_000_000 }
    const cost = (model: string) => costOf([own, publishedPrices], used(model, million), at)
    expect(cost('local/qwen3')).toBe(0)
    expect(cost('local/big-1')).toBe(1_000_000)
    expect(cost('local/big-2')).toBe(2_000_000)
    expect(cost('openai/gpt-5.2')).toBe(9_000_000)
    expect(cost('openai/gpt-5.1')).toBe(1_250_000)
  })
})

describe('the published prices', () => {
  it('name each model once for each day, and give a model only what it costs itself', () => {
    const keys = publishedPrices.map(({ model, since }) => `${model} ${since}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { model, since, rates } of publishedPrices) {
      expect(model).toMatch(/^(anthropic|openai)\/[a-z0-9.-]+$/)
      expect(since).toMatch(/^20\d\d-\d\d-\d\d$/)
      expect(rates.cachedInput).toBeLessThanOrEqual(rates.input)
      expect(rates.input).toBeLessThanOrEqual(rates.cacheWrite)
      expect(rates.cacheWrite).toBeLessThan(rates.output)
      expect(priceOf(published, model, at)?.model).toBe(model)
    }
  })
})

describe('the cost of a call', () => {
  it('counts cached and written input apart', () => {
    const tokens = {
      inputTokens: 10_000,
      cachedInputTokens: 4_000,
      cacheWriteTokens: 1_000,
      outputTokens: 2_000,
    }
    // 5,000 at $2, 4,000 at $0.10, 1,000 at $2.50 and 2,000 at $10.
    expect(costOf(published, used('openai/gpt-6.2-sol', tokens), at)).toBe(32_900)
  })

  it('takes the whole call at the higher price when the input is long', () => {
    const cost = (inputTokens: number) =>
      costOf(
        published,
        used('anthropic/claude-haiku-5-5', { inputTokens, outputTokens: 1_000 }),
        at,
      )
    expect(cost(100_000)).toBe(10_500)
    expect(cost(100_001)).toBe(52_501)
  })

  it('is unknown where nobody knows the price, and never zero', () => {
    expect(costOf(published, used('openai/gpt-99', { inputTokens: 5 }), at)).toBeNull()
  })

  it('goes by the model that answered, then by the one that was asked', () => {
    const input = { inputTokens: 1_000_000 }
    const answered = used('openai/gpt-5.2', { ...input, answeredBy: 'gpt-5-mini-2025-08-07' })
    expect(costOf(published, answered, at)).toBe(250_000)
    const strange = used('openai/gpt-5.2', { ...input, answeredBy: '/models/a.gguf' })
    expect(costOf(published, strange, at)).toBe(1_750_000)
  })

  it('is one of our own before a published one, by whichever name', () => {
    const own = parsePrices('[{"model":"openai/our-gpt","input":"9","output":"9"}]')
    const answered = used('openai/our-gpt', { inputTokens: 1_000_000, answeredBy: 'gpt-5.2' })
    expect(costOf([own, publishedPrices], answered, at)).toBe(9_000_000)
  })

  it('is rounded up to a millionth of a dollar, exact at any size', () => {
    const cached = (tokens: number) =>
      costOf(
        published,
        used('openai/gpt-6-luna', { inputTokens: tokens, cachedInputTokens: tokens }),
        at,
      )
    expect([cached(1), cached(100), cached(101)]).toEqual([1, 1, 2])
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.nat(2_000_000_000), (input, output) => {
        const cost = costOf(
          published,
          used('openai/gpt-5-nano', { inputTokens: input, outputTokens: output }),
          at,
        )
        const exact = (BigInt(input) * 50_000n + BigInt(output) * 400_000n + 999_999n) / 1_000_000n
        expect(BigInt(cost ?? -1)).toBe(exact)
      }),
    )
  })
})

it('estimates from the cached input alone to the longest answer', () => {
  const call = { inputTokens: { low: 1_000, high: 2_000 }, maxOutputTokens: 1_000 }
  const range = (model: string) => costRange(published, { provider: 'openai', model, ...call }, at)
  expect(range('gpt-6.2-sol')).toEqual({ low: 100, high: 15_000 })
  expect(range('gpt-99')).toBeNull()
})

describe('prices of one’s own', () => {
  it('cost as much for cached input as for other input where nothing is said', () => {
    const [price] = parsePrices('[{"model":"local/m","input":"1.5","output":"2"}]')
    expect(price).toEqual({
      model: 'local/m',
      since: '2000-01-01',
      rates: { input: 1_500_000, cachedInput: 1_500_000, cacheWrite: 1_500_000, output: 2_000_000 },
    })
  })

  it.each([
    ['nonsense', 'no JSON'],
    ['{}', 'the list'],
    ['[{"model":"qwen","input":"1","output":"1"}]', '0.model: must be provider/model'],
    ['[{"model":"a/*b*c*d","input":"1","output":"1"}]', '0.model: may hold two *'],
    ['[{"model":"a/b","input":1,"output":"1"}]', '0.input'],
    ['[{"model":"a/b","input":"$1","output":"1"}]', '0.input: must be US dollars'],
    ['[{"model":"a/b","input":"1","output":"1","since":"soon"}]', '0.since'],
    ['[{"model":"a/b","input":"1","output":"1","outptu":"1"}]', 'outptu'],
  ])('say what is wrong with %s', (text, message) => {
    expect(() => parsePrices(text)).toThrow(message)
  })

  it('match hostile names and patterns in bounded time, letter for letter', () => {
    const [own] = [parsePrices('[{"model":"a/(x+)+$.*y*z","input":"1","output":"1"}]')]
    expect(priceOf([own], `a/${'x'.repeat(5_000)}`, at)).toBeUndefined()
    expect(priceOf([own], 'a/(x+)+$.?y?z', at)?.model).toBe('a/(x+)+$.*y*z')
  })
})
