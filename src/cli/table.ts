/** Lines of text in columns: each as wide as its widest cell. */
export function aligned(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): { head: string; rows: string[] } {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return { head: line(heads), rows: rows.map(line) }
}

const units = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const

/** A time in words of at most two units: `3 min 20 s`. */
export function duration(ms: number): string {
  let left = Math.max(0, Math.round(ms / 1_000))
  if (left === 0) return 'under 1 s'
  const parts: string[] = []
  for (const [seconds, name] of units) {
    const count = Math.floor(left / seconds)
    left -= count * seconds
    if (count > 0) parts.push(`${count} ${name}`)
    // What follows the first unit is said, and nothing finer.
    else if (parts.length === 1) break
    if (parts.length === 2) break
  }
  return parts.join(' ')
}
