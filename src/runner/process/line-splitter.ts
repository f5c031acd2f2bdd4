/** The longest line that is kept whole: a message with a large file in it. */
const maxLineBytes = 16 * 1024 * 1024

/** Splits bytes into lines; a line beyond the limit is dropped, so that memory stays bounded. */
export class LineSplitter {
  #parts: Uint8Array[] = []
  #held = 0

  /** The lines that this chunk completes. */
  push(chunk: Uint8Array): string[] {
    const lines: string[] = []
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.#hold(chunk.subarray(start, end))
      lines.push(...this.flush())
      start = end + 1
    }
    this.#hold(chunk.subarray(start))
    return lines
  }

  /** What is held, as a last line. */
  flush(): string[] {
    const text = this.#held <= maxLineBytes ? Buffer.concat(this.#parts).toString('utf8') : ''
    this.#parts = []
    this.#held = 0
    return text === '' ? [] : [text]
  }

  #hold(bytes: Uint8Array): void {
    this.#held += bytes.length
    if (this.#held <= maxLineBytes) this.#parts.push(bytes)
    else this.#parts = []
  }
}
