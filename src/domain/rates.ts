import { invalidInput } from './errors.ts'

/** What requests are counted by. */
export const rateKinds = ['key', 'user', 'address', 'sign_in'] as const
export type RateKind = (typeof rateKinds)[number]

/** How many requests a minute each may send; a kind that is not there has no limit. */
export type Rates = Readonly<Partial<Record<RateKind, number>>>

/** The time that requests are counted over, in seconds. */
export const rateSeconds = 60

/**
 * `sign_in` counts, by address, attempts to sign in and guesses at keys. A page that is
 * open sends few requests; programs that poll send many.
 */
export const defaultRates: Rates = { key: 3_000, user: 3_000, address: 6_000, sign_in: 30 }

function isRateKind(name: string): name is RateKind {
  return rateKinds.some((kind) => kind === name)
}

/**
 * Reads rates such as `key=600 sign_in=10`; what is not named keeps its default, and `off` leaves
 * all of them out.
 *
 * @throws AppError `bad_rates` that names the part that is wrong.
 */
export function parseRates(text: string): Rates {
  if (text.trim() === 'off') return {}
  const rates: Partial<Record<RateKind, number>> = { ...defaultRates }
  for (const part of text.split(/[\s,]+/).filter((one) => one !== '')) {
    const [, name = '', number] = /^([a-z_]{1,20})=([1-9]\d{0,6})$/.exec(part) ?? []
    if (!isRateKind(name)) {
      throw invalidInput(
        'bad_rates',
        `"${part.slice(0, 60)}" must be one of ${rateKinds.join(', ')}, then = and how many a minute, such as key=600; or all of it "off"`,
      )
    }
    rates[name] = Number(number)
  }
  return rates
}
