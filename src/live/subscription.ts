import { AppError } from '../domain/errors.ts'
import type { Batch, Filter } from './batch.ts'
import type { Cursor, ResetReason } from './cursor.ts'
import type { Feed } from './feed.ts'
import type { ServerMessage, SubscribeWorkspace, Target } from './protocol.ts'

/** What a subscription needs of its connection. */
export interface Outlet {
  readonly socket: { send(message: Buffer): void }
  send(message: ServerMessage): void
  hasRoom(): boolean
}

export interface SubscriptionOptions {
  session: Outlet
  target: Target
  filter: Filter
  /** Takes the subscription off its connection, and tells the client why. */
  drop: (error?: unknown) => void
}

/** Carries events from a cursor to a connection, as fast as the connection takes them. */
export class Subscription {
  isClosed = false
  readonly #options: SubscriptionOptions
  readonly #ends: (() => void)[] = []
  #cursor: Cursor | undefined
  #waiting = false
  #toldLive = false

  constructor(options: SubscriptionOptions) {
    this.#options = options
  }

  beginProject(feed: Feed, project: string, since: number): void {
    this.#options.session.send({ type: 'subscribed', project, seq: since })
    this.#begin(feed.open(project, since, this.pull))
  }

  async beginWorkspace(
    feed: Feed,
    workspaceId: string,
    since: SubscribeWorkspace['since'],
  ): Promise<void> {
    const place = since && { at: since.at, projects: new Map(Object.entries(since.projects)) }
    const cursor = await feed.openWorkspace(workspaceId, place, this.pull)
    if (this.isClosed) {
      cursor.close()
      return
    }
    const at = cursor.at.toISOString()
    this.#options.session.send({ type: 'subscribed', workspace: true, at })
    this.#begin(cursor)
  }

  /** Called once the subscription has ended. */
  onClose(end: () => void): void {
    if (this.isClosed) end()
    else this.#ends.push(end)
  }

  fail(error: unknown): void {
    if (!this.isClosed) this.#options.drop(error)
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#cursor?.close()
    for (const end of this.#ends) end()
  }

  /** Gives on what there is while there is room; a field, so that it is one function for the feed. */
  readonly pull = (): void => {
    const cursor = this.#cursor
    if (cursor === undefined) return
    while (!this.isClosed && !this.#waiting && this.#options.session.hasRoom()) {
      try {
        const found = cursor.next()
        if (found === undefined) {
          this.#tellLive(cursor)
          return
        }
        if (found instanceof Promise) void this.#wait(found)
        else this.#give(found)
      } catch (error) {
        this.#reset(error)
      }
    }
  }

  #begin(cursor: Cursor): void {
    this.#cursor = cursor
    this.pull()
  }

  async #wait(found: Promise<Batch | undefined>): Promise<void> {
    this.#waiting = true
    try {
      const batch = await found
      if (batch !== undefined && !this.isClosed) this.#give(batch)
      this.#waiting = false
    } catch (error) {
      this.#waiting = false
      this.#reset(error)
    }
    this.pull()
  }

  #give(batch: Batch): void {
    const { session, target, filter } = this.#options
    const frame = batch.frame('project' in target ? 'project' : 'workspace', filter)
    if (frame !== undefined) session.socket.send(frame)
  }

  #tellLive(cursor: Cursor): void {
    if (this.#toldLive || !cursor.isLive()) return
    this.#toldLive = true
    this.#options.session.send({ type: 'live', ...this.#options.target })
  }

  /** A place that is unknown needs a fresh view; whatever else went wrong ends the subscription. */
  #reset(error: unknown): void {
    if (this.isClosed) return
    const { session, target, drop } = this.#options
    if (!(error instanceof AppError) || error.code !== 'position_unknown') {
      drop(error)
      return
    }
    const { project, seq, reason } = error.details
    const place = { seq: seq as number, reason: reason as ResetReason }
    if ('project' in target) {
      session.send({ type: 'reset', project: target.project, ...place })
      drop()
    } else {
      session.send({ type: 'reset', workspace: true, project: String(project), ...place })
    }
  }
}
