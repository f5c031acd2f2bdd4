/** Whether objects and arrays nest deeper than the limit; does not recurse, so nothing overflows. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    const below: unknown[] = []
    for (const outer of level) {
      if (outer === null || typeof outer !== 'object') continue
      for (const inner of Array.isArray(outer) ? outer : Object.values(outer)) {
        // What holds nothing still counts as a level of its own.
        if (depth === limit || (inner !== null && typeof inner === 'object')) below.push(inner)
      }
    }
    level = below
  }
  return false
}
