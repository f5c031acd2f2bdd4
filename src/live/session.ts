import { AppError, toAppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'
import type { Principal } from '../domain/principal.ts'
import { filterBy } from './batch.ts'
import type { Feed } from './feed.ts'
import type { Guard } from './guard.ts'
import type { News } from './news.ts'
import { ClientMessage, closeCodes, type ServerMessage, type Target } from './protocol.ts'
import { Subscription } from './subscription.ts'

/** One WebSocket as the live room uses it. */
export interface LiveSocket {
  /** Bytes that were sent and have not left yet. */
  readonly buffered: number
  send(message: Buffer | string): void
  /** Calls back once everything that was sent before has left. */
  flushed(done: () => void): void
  ping(): void
  close(code: number, reason: string): void
  terminate(): void
}

export interface SessionOptions {
  feed: Feed
  guard: Guard
  news: News
  /** The workspace of a project that the caller may see. @throws AppError `not_found` */
  findProject: (principal: Principal, projectId: string) => Promise<{ workspaceId: string }>
  /** Bytes in a socket's buffer above which it gets nothing more until they have left. */
  highWater: number
  /** How long that may take, milliseconds, before the connection is cut. */
  slowMs: number
  clock: () => Date
  log: Log
}

const maxSubscriptions = 200
/** What a client may send in one window. */
const maxMessages = 500
const windowMs = 10_000

type Subscribe = Extract<ClientMessage, { type: 'subscribe' }>

const keyOf = (target: Target) => ('project' in target ? target.project : 'workspace')

/** One connection: its subscriptions, and how much it is given at a time. */
export class LiveSession {
  /** Cleared by each heartbeat, set by whatever the client sends. */
  heard = true
  readonly socket: LiveSocket
  readonly #principal: Principal
  readonly #options: SessionOptions
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #unwatch: () => void
  #slowTimer: NodeJS.Timeout | undefined
  #window = { from: 0, messages: 0 }
  #ended = false

  constructor(socket: LiveSocket, principal: Principal, options: SessionOptions) {
    this.socket = socket
    this.#principal = principal
    this.#options = options
    this.#unwatch = options.guard.watch(principal, () =>
      socket.close(closeCodes.revoked, 'The right to follow has ended'),
    )
  }

  /** Takes in one message of the client, which may hold anything. */
  receive(text: string): void {
    this.heard = true
    if (!this.#mayStillSend()) {
      this.socket.close(closeCodes.tooManyMessages, 'Too many messages')
      return
    }
    const message = ClientMessage.safeParse(parseJson(text))
    if (message.success) this.#carryOut(message.data)
    else this.#fail(new AppError('invalid_message', 'The message is none of this protocol.'), {})
  }

  /** The socket has closed. */
  end(): void {
    this.#ended = true
    this.#unwatch()
    clearTimeout(this.#slowTimer)
    for (const subscription of this.#subscriptions.values()) subscription.close()
    this.#subscriptions.clear()
  }

  send(message: ServerMessage): void {
    this.socket.send(JSON.stringify(message))
  }

  /** False while the client has not taken in what it was given; it is asked to go on afterwards. */
  hasRoom(): boolean {
    const { highWater, slowMs } = this.#options
    if (this.#ended) return false
    if (this.#slowTimer !== undefined) return false
    if (this.socket.buffered <= highWater) return true
    this.#slowTimer = setTimeout(() => {
      this.socket.close(closeCodes.tooSlow, 'Too slow: connect again and go on')
    }, slowMs)
    this.socket.flushed(() => {
      clearTimeout(this.#slowTimer)
      this.#slowTimer = undefined
      for (const subscription of this.#subscriptions.values()) subscription.pull()
    })
    return false
  }

  #mayStillSend(): boolean {
    const now = this.#options.clock().getTime()
    if (now - this.#window.from > windowMs) this.#window = { from: now, messages: 0 }
    this.#window.messages += 1
    return this.#window.messages <= maxMessages
  }

  #carryOut(message: ClientMessage): void {
    switch (message.type) {
      case 'ping':
        this.send({ type: 'pong' })
        break
      case 'unsubscribe': {
        const { type: _, ...target } = message
        this.#drop(keyOf(target))
        this.send({ type: 'unsubscribed', ...target })
        break
      }
      case 'subscribe':
        this.#subscribe(message)
        break
    }
  }

  #subscribe(message: Subscribe): void {
    const target: Target = 'project' in message ? { project: message.project } : { workspace: true }
    const key = keyOf(target)
    if (this.#subscriptions.has(key)) {
      this.#fail(new AppError('already_subscribed', 'This is followed already.'), target)
      return
    }
    if (this.#subscriptions.size >= maxSubscriptions) {
      const words = `A connection follows at most ${maxSubscriptions} projects; follow the workspace.`
      this.#fail(new AppError('too_many_subscriptions', words), target)
      return
    }
    const subscription = new Subscription({
      session: this,
      target,
      filter: filterBy(message.types),
      drop: (error) => {
        if (this.#subscriptions.get(key) === subscription) this.#drop(key)
        if (error !== undefined) this.#fail(error, target)
      },
    })
    this.#subscriptions.set(key, subscription)
    this.#begin(subscription, message).catch((error: unknown) => {
      this.#drop(key)
      this.#fail(error, target)
    })
  }

  async #begin(subscription: Subscription, message: Subscribe): Promise<void> {
    const { feed, findProject, news } = this.#options
    if ('workspace' in message) {
      const { workspaceId } = this.#principal
      if (message.news === true) {
        const tell = () => this.send({ type: 'news', workspace: true })
        subscription.onClose(news.watch(workspaceId, tell))
      }
      return subscription.beginWorkspace(feed, workspaceId, message.since)
    }
    const { project, since } = message
    const { workspaceId } = await findProject(this.#principal, project)
    if (message.news === true) {
      const tell = () => this.send({ type: 'news', project })
      subscription.onClose(news.watch(workspaceId, tell))
    }
    return this.#beginProject(subscription, project, since, workspaceId)
  }

  #beginProject(
    subscription: Subscription,
    project: string,
    since: number,
    workspaceId: string,
  ): void {
    const { feed, guard } = this.#options
    if (subscription.isClosed) return
    subscription.beginProject(feed, project, since)
    // The connection's own watch holds for the workspace that it came with.
    if (workspaceId === this.#principal.workspaceId) return
    const gone = new AppError('not_found', 'There is no such project, or you may not see it.')
    const grant = { ...this.#principal, workspaceId }
    subscription.onClose(guard.watch(grant, () => subscription.fail(gone)))
  }

  #drop(key: string): void {
    this.#subscriptions.get(key)?.close()
    this.#subscriptions.delete(key)
  }

  #fail(thrown: unknown, target: Target | object): void {
    if (this.#ended) return
    const error = toAppError(thrown)
    if (error.code === 'internal') this.#options.log.error({ error: error.message }, 'live.failed')
    const message =
      error.code === 'internal' ? 'The server met an error that it did not expect.' : error.message
    this.send({ type: 'error', code: error.code, message, ...target })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
