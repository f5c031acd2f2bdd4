import type { BuildCost } from '../../../src/domain/build.ts'

/** `US$0.42`, or `3.5 credits` for a unit that is no currency. */
export function formatCost({ amount, currency }: BuildCost): string {
  const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(amount)
  if (!/^[A-Z]{3}$/.test(currency)) return `${number} ${currency}`
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount)
}

/** An amount in US dollars as the API tells it, such as `0.0042`; small ones keep four places. */
export function formatUsd(amount: string): string {
  const value = Number(amount)
  const places = value !== 0 && value < 0.1 ? 4 : 2
  return `$${value.toFixed(places)}`
}
