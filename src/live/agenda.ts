/** Projects that a look takes at most. */
const lookLimit = 200
/** Of those, the ones that nothing was told of: news of others must not wait behind all of them. */
const checksLimit = 50

/** What is to be looked at: what there is news of, before what only a sweep asks about. */
export class Agenda<T> {
  readonly #news = new Set<T>()
  readonly #checks = new Set<T>()

  get isEmpty(): boolean {
    return this.#news.size + this.#checks.size === 0
  }

  addNews(item: T): void {
    this.#news.add(item)
  }

  addCheck(item: T): void {
    this.#checks.add(item)
  }

  /** What the next look is for; each of it once. */
  take(): T[] {
    const news = this.#takeFrom(this.#news, lookLimit)
    return [
      ...news,
      ...this.#takeFrom(this.#checks, Math.min(checksLimit, lookLimit - news.length)),
    ]
  }

  clear(): void {
    this.#news.clear()
    this.#checks.clear()
  }

  #takeFrom(set: ReadonlySet<T>, limit: number): T[] {
    const items = [...set].slice(0, limit)
    for (const item of items) {
      this.#news.delete(item)
      this.#checks.delete(item)
    }
    return items
  }
}
