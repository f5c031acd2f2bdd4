import { parseCounts } from './named-counts.ts'

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

/**
 * Reads rates such as `key=600 sign_in=10`; what is not named keeps its default, and `off` leaves
 * all of them out.
 *
 * @throws AppError `bad_rates` that names the part that is wrong.
 */
export function parseRates(text: string): Rates {
  const hint = 'how many a minute, such as key=600'
  return parseCounts(text, { names: rateKinds, usual: defaultRates, code: 'bad_rates', hint })
}
