/** The end of what a command has printed. */
export interface KeptOutput {
  push(chunk: Buffer): void
  /** What is kept, cut at the beginning of a character, and whether anything was dropped. */
  read(): { output: string; truncated: boolean }
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80

/** Keeps the last `limit` bytes. */
export function keepOutput(limit: number): KeptOutput {
  let chunks: Buffer[] = []
  let held = 0
  let truncated = false
  /** Joins what is held and drops what is too much; done rarely, so that it costs little a byte. */
  const trim = () => {
    const all = Buffer.concat(chunks)
    let start = Math.max(0, all.length - limit)
    if (start > 0) truncated = true
    while (start > 0 && isContinuation(all[start])) start += 1
    // A copy, so that what was dropped is let go of.
    const kept = Buffer.from(all.subarray(start))
    chunks = [kept]
    held = kept.length
    return kept
  }
  return {
    push(chunk) {
      chunks.push(chunk)
      held += chunk.length
      if (held > limit * 2 + 65_536) trim()
    },
    read: () => {
      const output = trim().toString('utf8')
      return { output, truncated }
    },
  }
}
