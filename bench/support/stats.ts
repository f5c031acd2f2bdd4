/** The value below which this share of the sorted values lies (nearest rank). */
export function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.max(0, Math.ceil(sorted.length * share) - 1)
  const value = sorted[rank]
  if (value === undefined) throw new Error('There is no percentile of nothing.')
  return value
}

export function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b)
}

/** The middle value; of an even number the lower one, so that it was really measured. */
export function median(values: readonly number[]): number {
  return percentile(ascending(values), 0.5)
}

/** Three significant digits: more would claim more than these figures hold. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
