import { applyEvents, emptyProject, type LiveProject } from './live-project.ts'
import { type LiveEvent, readEvent } from './read-event.ts'

/** `paused`: the page is hidden, so that its connection is left to others. */
export type Connection = 'connecting' | 'live' | 'retrying' | 'paused'

export interface FeedState {
  project: LiveProject
  connection: Connection
}

/** What is used of an EventSource. */
export interface EventStream {
  readonly readyState: number
  addEventListener(type: string, listener: (event: Event) => void): void
  close(): void
}

export interface FeedOptions {
  /** The stream's address for the events after a seq. */
  url: (after: number) => string
  open: (url: string) => EventStream
  /** Called with every batch, after it was taken in. */
  onBatch: (batch: readonly LiveEvent[]) => void
  /** Called when the server refuses the stream, which may mean that the session has ended. */
  onRefused: () => void
}

export interface EventFeed {
  getState: () => FeedState
  subscribe: (changed: () => void) => () => void
  start: () => void
  /** Ends the connection; `start` goes on where it stopped. */
  stop: (left: 'paused' | 'connecting') => void
}

const batchMs = 80
const reopenMs = 3_000
/** `EventSource.CLOSED`: the browser has given up. */
const closed = 2

class Feed implements EventFeed {
  #state: FeedState = { project: emptyProject, connection: 'connecting' }
  #source: EventStream | undefined
  #pending: LiveEvent[] = []
  #flushTimer: ReturnType<typeof setTimeout> | undefined
  #reopenTimer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()
  readonly #options: FeedOptions

  constructor(options: FeedOptions) {
    this.#options = options
  }

  getState = () => this.#state

  subscribe = (changed: () => void) => {
    this.#listeners.add(changed)
    return () => this.#listeners.delete(changed)
  }

  start = () => {
    if (this.#source !== undefined) return
    clearTimeout(this.#reopenTimer)
    const source = this.#options.open(this.#options.url(this.#state.project.seq))
    this.#source = source
    source.addEventListener('open', () => this.#set({ connection: 'live' }))
    source.addEventListener('event', (event) => {
      if (event instanceof MessageEvent && typeof event.data === 'string') this.#take(event.data)
    })
    source.addEventListener('error', () => this.#lost(source))
  }

  stop = (left: 'paused' | 'connecting') => {
    clearTimeout(this.#reopenTimer)
    this.#source?.close()
    this.#source = undefined
    this.#flush()
    this.#set({ connection: left })
  }

  /** The browser reconnects by itself unless the server refused. */
  #lost(source: EventStream): void {
    this.#set({ connection: 'retrying' })
    if (source.readyState !== closed) return
    this.#source = undefined
    this.#flush()
    this.#reopenTimer = setTimeout(this.start, reopenMs)
    this.#options.onRefused()
  }

  /** A build's log comes in bursts: a burst is shown at once, not line by line. */
  #take(data: string): void {
    const event = readEvent(data)
    if (event === undefined) return
    this.#pending.push(event)
    this.#flushTimer ??= setTimeout(() => this.#flush(), batchMs)
  }

  #flush(): void {
    clearTimeout(this.#flushTimer)
    this.#flushTimer = undefined
    const batch = this.#pending
    if (batch.length === 0) return
    this.#pending = []
    this.#set({ project: applyEvents(this.#state.project, batch) })
    this.#options.onBatch(batch)
  }

  #set(change: Partial<FeedState>): void {
    this.#state = { ...this.#state, ...change }
    for (const changed of this.#listeners) changed()
  }
}

/** A project's events as they happen, in batches; resumes after the last one that it has. */
export function createEventFeed(options: FeedOptions): EventFeed {
  return new Feed(options)
}
