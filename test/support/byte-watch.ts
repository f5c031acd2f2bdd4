/** Looks at one stream piece by piece and tells which of some byte patterns end in this piece. */
export type ByteWatch = (piece: Buffer, patterns: readonly Buffer[]) => Set<Buffer>

/** Patterns that are longer than this are not found when they are split over pieces. */
const memory = 256

/** A watch of its own for one direction of one connection: it remembers the end of what went by. */
export function makeByteWatch(): ByteWatch {
  let before: Buffer = Buffer.alloc(0)
  return (piece, patterns) => {
    const found = new Set<Buffer>()
    for (const pattern of patterns) {
      // One byte less than the pattern, so that an occurrence of the past is not found again.
      const kept = before.subarray(Math.max(0, before.length - (pattern.length - 1)))
      const near = Buffer.concat([kept, piece])
      if (near.includes(pattern)) found.add(pattern)
    }
    before = Buffer.concat([before, piece]).subarray(-memory)
    return found
  }
}
