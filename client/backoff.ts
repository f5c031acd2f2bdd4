const firstMs = 250
const longestMs = 30_000

/** Waits between tries: longer after each failure, and never at the same moment as everyone else. */
export class Backoff {
  readonly #random: () => number
  #failures = 0
  #wake: (() => void) | undefined

  constructor(random: () => number) {
    this.#random = random
  }

  /** A try went well. */
  reset(): void {
    this.#failures = 0
  }

  /** The network is there again: there is nothing more to wait for. */
  hurry(): void {
    this.#failures = 0
    this.#wake?.()
  }

  /** Resolves when it is time for the next try, or at once when the signal is aborted. */
  async wait(signal: AbortSignal): Promise<void> {
    const longest = Math.min(longestMs, firstMs * 2 ** this.#failures)
    this.#failures += 1
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longest * (0.2 + 0.8 * this.#random()))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
      signal.addEventListener('abort', this.#wake, { once: true })
    })
    if (this.#wake !== undefined) signal.removeEventListener('abort', this.#wake)
  }
}
