import { AppError } from '../domain/errors.ts'
import type { Batch } from './batch.ts'
import type { Pump } from './pump.ts'

/** One reader's place in one or more logs. */
export interface Cursor {
  /**
   * What comes next; undefined when there is nothing at this moment, and `wake` is called once there
   * may be. A promise must be waited for before the next call.
   *
   * @throws AppError `position_unknown` when the log does not go on from this place: a fresh view of
   *   the project is needed.
   */
  next(): Batch | Promise<Batch | undefined> | undefined
  /** Whether everything that was there at the start has been given. */
  isLive(): boolean
  close(): void
}

/** What a place is refused for. */
export type ResetReason = 'ahead' | 'too_old'

function positionUnknown(reason: ResetReason, head: number): AppError {
  const why =
    reason === 'ahead'
      ? `The log ends at ${head}, before this place.`
      : 'Events after this place are no longer kept.'
  return new AppError('position_unknown', `${why} Read the project again and go on from its seq.`, {
    status: 409,
    details: { reason, seq: head },
  })
}

/** A place in one project's log. */
export class ProjectCursor implements Cursor {
  seq: number
  readonly #pump: Pump
  readonly #wake: () => void
  readonly #left: () => void
  #verified = false

  /** @param left Called once nobody follows the project any more. */
  constructor(pump: Pump, after: number, wake: () => void, left: () => void) {
    this.#pump = pump
    this.seq = after
    this.#wake = wake
    this.#left = left
    pump.join(wake)
  }

  next(): Batch | Promise<Batch | undefined> | undefined {
    const { head } = this.#pump
    if (head === undefined || head === this.seq) return undefined
    if (head < this.seq) return this.#verified ? undefined : this.#ahead()
    const found = this.#pump.after(this.seq)
    return found instanceof Promise ? found.then((batch) => this.#take(batch)) : this.#take(found)
  }

  isLive(): boolean {
    return this.#pump.head === this.seq
  }

  close(): void {
    if (this.#pump.leave(this.#wake)) this.#left()
  }

  /** Another process may have shown more than this one has looked at; the record decides. */
  async #ahead(): Promise<undefined> {
    const head = await this.#pump.askHead()
    if (head < this.seq) throw positionUnknown('ahead', head)
    this.#verified = true
    this.#pump.poke()
  }

  #take(batch: Batch | undefined): Batch | undefined {
    if (batch === undefined || batch.first !== this.seq + 1) {
      throw positionUnknown('too_old', this.#pump.head ?? 0)
    }
    this.seq = batch.last
    return batch
  }
}
