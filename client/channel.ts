import type { LiveEvent, Reset } from './messages.ts'

/** How a follower stands: `live` once everything that was there before has come. */
export type Connection = 'connecting' | 'live' | 'retrying' | 'closed'

/** Why following has ended for good, or what went wrong on the way. */
export class LiveError extends Error {
  /** Stable, for programs: `not_found`, `not_signed_in`, … */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'LiveError'
    this.code = code
  }
}

/** What a follower is told. */
export interface Handlers {
  /** Events of one project, in order, each once. */
  onEvents: (events: readonly LiveEvent[], project: string) => void
  onConnection?: ((connection: Connection) => void) | undefined
  /**
   * Something of the workspace has changed that stands in no project's log, such as its settings or
   * its talks without a project; or it may have while the connection was away.
   */
  onNews?: (() => void) | undefined
  /**
   * The place in a project's log is unknown: read the project again. Gives the seq to go on from, 0
   * for the whole log; where the log ends unless it says otherwise.
   */
  onReset?: ((reset: Reset) => number | undefined) | undefined
  /** Following has ended: there is no such project, or it may not be seen. */
  onError?: ((error: LiveError) => void) | undefined
}

export interface Follower extends Handlers {
  types: ReadonlySet<string> | undefined
  /** How it was last told that it stands. */
  told: Connection
  /** The last seq of a project that it was given, or that it began after. */
  seqs: Map<string, number>
}

/** What a client asks the server for. */
export type Request =
  | { type: 'subscribe'; project: string; since: number; types?: string[]; news?: true }
  | {
      type: 'subscribe'
      workspace: true
      news?: true
      since?: { at: string; projects: Record<string, number> }
    }

const maxNamed = 1_000

/** All that one client follows of one project, or of its workspace: one subscription at the server. */
export class Channel {
  /** Undefined for the workspace. */
  readonly project: string | undefined
  readonly followers = new Set<Follower>()
  connection: Connection = 'connecting'
  /** Of a workspace: what came before is known. */
  #at: string | undefined
  #nextAt: string | undefined
  /** Subscriptions that were asked for on this connection and have not begun. */
  #asked = 0
  readonly #seqs = new Map<string, number>()
  #wasAway = false

  constructor(project: string | undefined) {
    this.project = project
  }

  /** The seq that all followers of a project have. */
  get since(): number {
    const { project } = this
    if (project === undefined) return 0
    const seqs = [...this.followers].map(({ seqs }) => seqs.get(project) ?? 0)
    return seqs.length === 0 ? 0 : Math.min(...seqs)
  }

  /** The seqs of a workspace's projects that were seen. */
  get seen(): ReadonlyMap<string, number> {
    return this.#seqs
  }

  /** What is asked for, equal for equal requests. */
  get wanted(): string {
    const types = this.project === undefined ? [] : (this.#types().types ?? [])
    return [...types, ...Object.keys(this.#news())].sort().join(' ')
  }

  /** Whether what comes is still of a subscription that another one takes the place of. */
  get isAsking(): boolean {
    return this.#asked > 0
  }

  /** There is a new connection, on which nothing was asked for yet. */
  connected(): void {
    this.#asked = 0
  }

  request(): Request {
    this.#asked += 1
    if (this.project !== undefined) {
      return {
        type: 'subscribe',
        project: this.project,
        since: this.since,
        ...this.#types(),
        ...this.#news(),
      }
    }
    if (this.#at === undefined) return { type: 'subscribe', workspace: true, ...this.#news() }
    // The latest ones: a project is moved to the end whenever it has news.
    const projects = Object.fromEntries([...this.#seqs].slice(-maxNamed))
    const since = { at: this.#at, projects }
    return { type: 'subscribe', workspace: true, since, ...this.#news() }
  }

  /** Takes events in and gives them on; false when they do not follow on what came before. */
  take(project: string, events: readonly LiveEvent[]): boolean {
    const [first] = events
    const last = events.at(-1)
    if (first === undefined || last === undefined) return true
    const before = this.project === undefined ? this.#seqs.get(project) : this.since
    const isWhole = this.project === undefined || this.#types().types === undefined
    if (isWhole && before !== undefined && first.seq > before + 1) return false
    if (this.project === undefined) {
      this.#seqs.delete(project)
      this.#seqs.set(project, Math.max(last.seq, before ?? 0))
    }
    for (const follower of this.followers) give(follower, project, events)
    return true
  }

  begun(at: string | undefined): void {
    this.#asked = Math.max(0, this.#asked - 1)
    this.#at ??= at
    this.#nextAt = at
  }

  setConnection(connection: Connection): void {
    // What was missed since the time before has come by now.
    if (connection === 'live') this.#at = this.#nextAt ?? this.#at
    const isBack = connection === 'live' && this.#wasAway
    if (connection === 'retrying') this.#wasAway = true
    if (isBack) this.#wasAway = false
    this.connection = connection
    for (const follower of this.followers) this.tell(follower)
    if (isBack) this.news()
  }

  /** News carry nothing: whoever is told looks. */
  news(): void {
    for (const { onNews } of this.followers) onNews?.()
  }

  /** Tells a follower how it stands, unless it knows. */
  tell(follower: Follower): void {
    if (follower.told === this.connection) return
    follower.told = this.connection
    follower.onConnection?.(this.connection)
  }

  reset(reset: Reset): void {
    this.#seqs.set(reset.project, reset.seq)
    for (const follower of this.followers) {
      const seq = follower.onReset?.(reset) ?? reset.seq
      follower.seqs.set(reset.project, seq)
    }
  }

  #news(): { news?: true } {
    return [...this.followers].some(({ onNews }) => onNews !== undefined) ? { news: true } : {}
  }

  /** One list for the server; none as soon as somebody wants everything. */
  #types(): { types?: string[] } {
    const wanted = [...this.followers].map(({ types }) => types)
    if (wanted.length === 0 || wanted.includes(undefined)) return {}
    return { types: [...new Set(wanted.flatMap((types) => [...(types ?? [])]))] }
  }
}

function give(follower: Follower, project: string, events: readonly LiveEvent[]): void {
  const { seqs, types } = follower
  const seq = seqs.get(project) ?? 0
  const fresh = events.filter((event) => event.seq > seq)
  const last = fresh.at(-1)
  if (last === undefined) return
  seqs.set(project, last.seq)
  const wanted = types === undefined ? fresh : fresh.filter(({ body }) => types.has(body.type))
  if (wanted.length > 0) follower.onEvents(wanted, project)
}
