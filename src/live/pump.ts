import type { ProjectEvent } from '../domain/event.ts'
import { type Batch, batchAfter, makeBatch } from './batch.ts'

/** What a pump asks of the process's one reader. */
export interface PumpReader {
  /** Asks for a look at the project's log; looks that are asked for meanwhile become one. */
  want(pump: Pump): void
  /** A page of what came before. */
  history(projectId: string, after: number): Promise<readonly ProjectEvent[]>
  /** Where the project's log ends now. */
  head(projectId: string): Promise<number>
}

/** The latest events that a process keeps of each project that is followed. */
const maxKept = 256

/**
 * The end of one project's log as this process knows it. Followers are no more than a seq of their
 * own: what they have not seen comes from the events that are kept here, or from the database, so
 * that a slow one costs no memory and one that comes late meets the others without a gap.
 */
export class Pump {
  readonly projectId: string
  /** The seq up to which events were given out; undefined until the first look. */
  head: number | undefined
  readonly #wakes = new Set<() => void>()
  readonly #pages = new Map<number, Promise<Batch | undefined>>()
  readonly #reader: PumpReader
  #kept: Batch[] = []
  #keptCount = 0

  constructor(projectId: string, reader: PumpReader) {
    this.projectId = projectId
    this.#reader = reader
    reader.want(this)
  }

  /** Something may be new. */
  poke(): void {
    this.#reader.want(this)
  }

  /** Where the record ends now, which may be further than the head. */
  askHead(): Promise<number> {
    return this.#reader.head(this.projectId)
  }

  join(wake: () => void): void {
    this.#wakes.add(wake)
  }

  /** True when nobody is left. */
  leave(wake: () => void): boolean {
    this.#wakes.delete(wake)
    return this.#wakes.size === 0
  }

  /** Called by the reader after the first look. */
  start(head: number): void {
    this.head = head
    this.#wakeAll()
  }

  /** Called by the reader with what follows on the head; empty when nothing does. */
  arrived(events: readonly ProjectEvent[]): void {
    if (events.length > 0) {
      const batch = makeBatch(events)
      this.head = batch.last
      this.#keep(batch)
    }
    this.#wakeAll()
  }

  /** What comes after a seq that lies below the head: at once when it is kept here. */
  after(seq: number): Batch | Promise<Batch | undefined> {
    const oldest = this.#kept[0]
    if (oldest !== undefined && oldest.first <= seq + 1) {
      const batch = this.#kept.findLast(({ first }) => first <= seq + 1)
      if (batch !== undefined && batch.last > seq) return batchAfter(batch, seq)
    }
    // After a restart everyone comes with the same few positions; they share a read.
    const reading = this.#pages.get(seq) ?? this.#readPage(seq)
    this.#pages.set(seq, reading)
    return reading
  }

  async #readPage(seq: number): Promise<Batch | undefined> {
    try {
      const events = await this.#reader.history(this.projectId, seq)
      return events.length === 0 ? undefined : makeBatch(events)
    } finally {
      this.#pages.delete(seq)
    }
  }

  #keep(batch: Batch): void {
    this.#kept.push(batch)
    this.#keptCount += batch.events.length
    while (this.#keptCount > maxKept && this.#kept.length > 1) {
      this.#keptCount -= this.#kept.shift()?.events.length ?? 0
    }
  }

  #wakeAll(): void {
    for (const wake of this.#wakes) wake()
  }
}
