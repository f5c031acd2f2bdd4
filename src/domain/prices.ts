import { z } from 'zod'
import { invalidInput } from './errors.ts'
import { type MicroDollars, parseDollars } from './money.ts'
import type { TokenRange } from './tokens.ts'

/** What a million tokens cost, in millionths of a US dollar. */
export interface Rates {
  input: MicroDollars
  cachedInput: MicroDollars
  cacheWrite: MicroDollars
  output: MicroDollars
}

/** A model's price from a day on. */
export interface Price {
  /** `provider/model`, which fits its dated versions too; `*` stands for any run of characters. */
  model: string
  /** The first day that it holds on, UTC: `2026-09-22`. */
  since: string
  rates: Rates
  /** What a whole call costs whose input has more tokens than `above`. */
  long?: { above: number; rates: Rates }
}

/** Prices in the order in which they are asked; the first group that knows a model decides. */
export type PriceList = readonly (readonly Price[])[]

/** The tokens of a call as its provider counted them; cached and written ones are part of the input. */
export interface TokensUsed {
  provider: string
  model: string
  answeredBy?: string | undefined
  inputTokens: number
  cachedInputTokens: number
  cacheWriteTokens: number
  outputTokens: number
}

/** The tokens of a call that is about to be made. */
export interface TokensPlanned {
  provider: string
  model: string
  inputTokens: TokenRange
  maxOutputTokens: number
}

export interface CostRange {
  low: MicroDollars
  high: MicroDollars
}

/** How versions are written behind a name: `-2026-01-31`, `-20260131`, `-latest`. */
const version = String.raw`(?:-\d{4}-\d{2}-\d{2}|-\d{8}|-latest)?`

function fits({ model }: Price, name: string): boolean {
  const parts = model.split('*').map((part) => part.replaceAll(/[^\w/-]/g, String.raw`\$&`))
  const isPattern = parts.length > 1
  return new RegExp(`^${parts.join('.*')}${isPattern ? '' : version}$`, 'i').test(name)
}

/** Names without a pattern stand before patterns, then the longer ones, then what holds since later. */
function closer(a: Price, b: Price): number {
  const loose = Number(a.model.includes('*')) - Number(b.model.includes('*'))
  return loose || b.model.length - a.model.length || b.since.localeCompare(a.since)
}

/** The price of a model on a day; undefined when nobody knows it. */
export function priceOf(list: PriceList, name: string, at: Date): Price | undefined {
  const day = at.toISOString().slice(0, 10)
  for (const group of list) {
    const [price] = group.filter((price) => price.since <= day && fits(price, name)).sort(closer)
    if (price !== undefined) return price
  }
  return undefined
}

function ratesFor(price: Price, inputTokens: number): Rates {
  const { rates, long } = price
  return long !== undefined && inputTokens > long.above ? long.rates : rates
}

const million = 1_000_000n

/** Tokens times their prices, rounded up to a whole millionth of a dollar, exact at any size. */
function total(parts: readonly (readonly [tokens: number, rate: MicroDollars])[]): MicroDollars {
  const sum = parts.reduce(
    (sum, [tokens, rate]) => sum + BigInt(Math.max(0, Math.ceil(tokens))) * BigInt(rate),
    0n,
  )
  return Number((sum + million - 1n) / million)
}

/** What a call cost; null when nobody knows the price of its model. */
export function costOf(list: PriceList, used: TokensUsed, at: Date): MicroDollars | null {
  const { provider, model, answeredBy, inputTokens, cachedInputTokens, cacheWriteTokens } = used
  // A server of one's own may call its model otherwise than it is asked for; prices of one's own come
  // first by either name.
  const names = answeredBy === undefined ? [model] : [answeredBy, model]
  const [price] = list.flatMap((group) =>
    names.flatMap((name) => priceOf([group], `${provider}/${name}`, at) ?? []),
  )
  if (price === undefined) return null
  const rates = ratesFor(price, inputTokens)
  const plain = inputTokens - cachedInputTokens - cacheWriteTokens
  return total([
    [plain, rates.input],
    [cachedInputTokens, rates.cachedInput],
    [cacheWriteTokens, rates.cacheWrite],
    [used.outputTokens, rates.output],
  ])
}

/**
 * What a call may cost: from its input alone, all of it cached, to all of its input written to the
 * cache and as long an answer as it may have. Null when nobody knows the price of its model.
 */
export function costRange(list: PriceList, planned: TokensPlanned, at: Date): CostRange | null {
  const price = priceOf(list, `${planned.provider}/${planned.model}`, at)
  if (price === undefined) return null
  const { low, high } = planned.inputTokens
  const least = ratesFor(price, low)
  const most = ratesFor(price, high)
  return {
    low: total([[low, Math.min(least.input, least.cachedInput)]]),
    high: total([
      [high, Math.max(most.input, most.cacheWrite)],
      [planned.maxOutputTokens, most.output],
    ]),
  }
}

const Amount = z.string().transform((text, context) => {
  try {
    return parseDollars(text)
  } catch {
    context.addIssue('must be US dollars for a million tokens, in quotes, such as "0.25"')
    return z.NEVER
  }
})

const RatesText = z.strictObject({
  input: Amount,
  cachedInput: Amount.optional(),
  cacheWrite: Amount.optional(),
  output: Amount,
})

const PriceText = z.strictObject({
  model: z
    .string()
    .max(200)
    .regex(/^[^/\s]+\/\S+$/, 'must be provider/model, such as compatible/qwen3 or compatible/*')
    // More would make the match slow.
    .refine((model) => model.split('*').length <= 3, 'may hold two * at most'),
  since: z.iso.date().default('2000-01-01'),
  ...RatesText.shape,
  long: z.strictObject({ above: z.int().positive(), ...RatesText.shape }).optional(),
})

function ratesOf({ input, cachedInput, cacheWrite, output }: z.infer<typeof RatesText>): Rates {
  return { input, cachedInput: cachedInput ?? input, cacheWrite: cacheWrite ?? input, output }
}

/**
 * Reads prices of one's own: a JSON list of `{"model", "since"?, "input", "cachedInput"?,
 * "cacheWrite"?, "output", "long"?: {"above", …}}`, in US dollars for a million tokens. What is not
 * said of cached input costs as much as other input.
 *
 * @throws AppError `bad_prices` that says what is wrong and where.
 */
export function parsePrices(text: string): Price[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalidInput('bad_prices', 'The prices are no JSON')
  }
  const { data, error } = z.array(PriceText).max(1_000).safeParse(json)
  if (data === undefined) {
    const [issue] = error.issues
    const where = issue?.path.join('.') || 'the list'
    throw invalidInput('bad_prices', `The prices are not right: ${where}: ${issue?.message}`)
  }
  return data.map(({ model, since, long, ...rates }) => ({
    model,
    since,
    rates: ratesOf(rates),
    ...(long !== undefined && { long: { above: long.above, rates: ratesOf(long) } }),
  }))
}
