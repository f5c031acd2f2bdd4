import { invalidInput } from './errors.ts'

/** Money is counted in whole millionths of a US dollar, so that no sum of it is rounded. */
export type MicroDollars = number

const perDollar = 1_000_000

/** Sums stay far below 2^53 with amounts of at most so many dollars. */
const most = 9

const amount = new RegExp(`^(\\d{1,${most}})(?:\\.(\\d{1,6}))?$`)

/**
 * Reads an amount such as `25` or `0.075`.
 *
 * @throws AppError `bad_amount`
 */
export function parseDollars(text: string): MicroDollars {
  const [, whole, fraction = ''] = amount.exec(text.trim()) ?? []
  if (whole === undefined) {
    throw invalidInput(
      'bad_amount',
      `"${text.slice(0, 40)}" is no amount. Write US dollars without a sign, such as 25 or 0.075, with at most six digits behind the point.`,
    )
  }
  return Number(whole) * perDollar + Number(fraction.padEnd(6, '0'))
}

/** US dollars as a decimal number of two to six digits behind the point: `25.00`, `0.0125`. */
export function dollars(micros: MicroDollars): string {
  const sign = micros < 0 ? '-' : ''
  const size = Math.abs(micros)
  const fraction = String(size % perDollar).padStart(6, '0')
  return `${sign}${Math.floor(size / perDollar)}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, '')}`
}

/** What calls cost together; those whose cost nobody knows are counted and not taken for free. */
export interface CostSum {
  /** The known costs. */
  micros: MicroDollars
  /** Calls of unknown cost: under way, broken off, or of a model without a price. */
  unknownCalls: number
  /** Of these, the ones of which nobody can say what they may have cost. */
  unpricedCalls: number
  /** What the others may have cost at most. */
  unknownMicros: MicroDollars
}

export const noCost: CostSum = { micros: 0, unknownCalls: 0, unpricedCalls: 0, unknownMicros: 0 }

export function addCosts(a: CostSum, b: CostSum): CostSum {
  return {
    micros: a.micros + b.micros,
    unknownCalls: a.unknownCalls + b.unknownCalls,
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
    unknownMicros: a.unknownMicros + b.unknownMicros,
  }
}

/** What a budget counts as taken: what is known, and what calls of unknown cost may have cost. */
export function takenBy({ micros, unknownMicros }: CostSum): MicroDollars {
  return micros + unknownMicros
}
