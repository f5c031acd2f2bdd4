import { Backoff } from './backoff.ts'
import { Channel, type Connection, type Follower, type Handlers, LiveError } from './channel.ts'
import { isFinal, type Reach, toLiveError } from './http.ts'
import { type LiveEvent, readMessage, type ServerMessage } from './messages.ts'
import { openSocket, type OpenSocket, Refused, type SocketConstructor } from './socket.ts'
import { pollWorkspace, streamProject } from './streams.ts'

export interface LiveClientOptions {
  /** The server's address, such as `https://talkwright.example`; in a page, its own unless set. */
  baseUrl?: string
  /** Sent with every request: `{authorization: 'Bearer …'}` for a program; a page has its cookie. */
  headers?: () => Readonly<Record<string, string>>
  fetch?: typeof fetch
  /** `null` to do without, as where a proxy refuses them. */
  WebSocket?: SocketConstructor | null
  /** Called when the server does not know who asks any more. */
  onSignedOut?: () => void
  /** How often a sign of life is asked for, milliseconds. */
  pingMs?: number
  /**
   * How long a server may say nothing before a request or an event stream is given up, milliseconds;
   * it says something every 20 seconds.
   */
  silentMs?: number
  /** How often the workspace is looked at where there are no WebSockets, milliseconds. */
  pollMs?: number
  random?: () => number
}

export interface FollowOptions extends Handlers {
  /** Only events of these types. */
  types?: readonly string[]
}

export interface FollowProjectOptions extends FollowOptions {
  /** The last seq that is known already; 0 for the whole log. */
  since?: number
}

/** Something that is followed. */
export interface Following {
  /** The last seq that was given, of a project. */
  readonly seq: number
  close(): void
}

/** Tries in a row that a WebSocket was refused before the client does without. */
const maxRefusals = 2
const workspaceKey = ''

/**
 * Follows projects over one connection: every event once and in order, across whatever happens to
 * the connection and the servers. Nothing is connected while nothing is followed.
 */
export class LiveClient {
  readonly #options: LiveClientOptions
  readonly #reach: Reach
  readonly #channels = new Map<string, Channel>()
  readonly #backoff: Backoff
  #socket: OpenSocket | undefined
  #running: AbortController | undefined
  #refusals = 0
  #everOpened = false
  /** Ends the streams of each channel, where there are no WebSockets. */
  readonly #streams = new Map<Channel, AbortController>()
  readonly #streamBackoffs = new Set<Backoff>()

  constructor(options: LiveClientOptions = {}) {
    this.#options = options
    this.#reach = {
      baseUrl: (options.baseUrl ?? ownOrigin()).replace(/\/+$/, ''),
      headers: options.headers ?? (() => ({})),
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      silentMs: options.silentMs ?? 60_000,
    }
    this.#backoff = new Backoff(options.random ?? Math.random)
  }

  /** Follows one project after a seq. */
  followProject(project: string, options: FollowProjectOptions): Following {
    const follower = makeFollower(options)
    follower.seqs.set(project, options.since ?? 0)
    return this.#follow(project, project, follower)
  }

  /** Follows all projects of the workspace from now on. */
  followWorkspace(options: FollowOptions): Following {
    return this.#follow(workspaceKey, undefined, makeFollower(options))
  }

  /**
   * The events of a project, without end until the signal is aborted.
   *
   * @throws LiveError when following ends: there is no such project, or its place is unknown
   *   (`position_unknown`).
   */
  async *events(
    project: string,
    options: { since?: number; types?: readonly string[]; signal?: AbortSignal } = {},
  ): AsyncGenerator<LiveEvent> {
    const { signal, ...rest } = options
    const waiting: LiveEvent[] = []
    let failure: LiveError | undefined
    let wake: (() => void) | undefined
    const fail = (error: LiveError) => {
      failure = error
      wake?.()
    }
    const following = this.followProject(project, {
      ...rest,
      onEvents: (events) => {
        waiting.push(...events)
        wake?.()
      },
      onReset: ({ seq }) => {
        fail(new LiveError('position_unknown', 'Read the project again and go on from its seq.'))
        return seq
      },
      onError: fail,
    })
    const abort = () => wake?.()
    signal?.addEventListener('abort', abort)
    try {
      for (;;) {
        if (signal?.aborted) return
        const next = waiting.shift()
        if (next !== undefined) yield next
        else if (failure !== undefined) throw failure
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      signal?.removeEventListener('abort', abort)
      following.close()
    }
  }

  /** Tries again now where it waits to: for whoever learns that the network is there again. */
  hurry(): void {
    for (const backoff of [this.#backoff, ...this.#streamBackoffs]) backoff.hurry()
  }

  /** Ends everything that is followed. */
  close(): void {
    for (const channel of this.#channels.values()) channel.setConnection('closed')
    this.#channels.clear()
    this.#rest()
  }

  /** `socket`, or `stream` where WebSockets are refused. */
  get transport(): 'socket' | 'stream' {
    const { WebSocket = globalThis.WebSocket } = this.#options
    const refused = !this.#everOpened && this.#refusals >= maxRefusals
    return WebSocket === null || WebSocket === undefined || refused ? 'stream' : 'socket'
  }

  #follow(key: string, project: string | undefined, follower: Follower): Following {
    const known = this.#channels.get(key)
    const channel = known ?? new Channel(project)
    const before = known && { since: known.since, wanted: known.wanted }
    channel.followers.add(follower)
    this.#channels.set(key, channel)
    const isEnough = before?.wanted === channel.wanted && channel.since >= before.since
    if (isEnough) channel.tell(follower)
    else this.#subscribe(channel, known !== undefined)
    this.#run()
    return {
      get seq() {
        return project === undefined ? 0 : (follower.seqs.get(project) ?? 0)
      },
      close: () => this.#leave(key, channel, follower),
    }
  }

  #leave(key: string, channel: Channel, follower: Follower): void {
    channel.followers.delete(follower)
    if (channel.followers.size > 0 || this.#channels.get(key) !== channel) return
    this.#channels.delete(key)
    this.#streams.get(channel)?.abort()
    this.#socket?.send({ type: 'unsubscribe', ...targetOf(channel) })
    if (this.#channels.size === 0) this.#rest()
  }

  /** Nothing is followed: nothing stays open. */
  #rest(): void {
    this.#running?.abort()
    this.#running = undefined
    this.#socket?.close()
    this.#socket = undefined
    for (const stream of this.#streams.values()) stream.abort()
    this.#streams.clear()
  }

  #subscribe(channel: Channel, again: boolean): void {
    if (again) {
      this.#socket?.send({ type: 'unsubscribe', ...targetOf(channel) })
      this.#streams.get(channel)?.abort()
    }
    this.#socket?.send(channel.request())
  }

  #run(): void {
    if (this.#running !== undefined) {
      if (this.transport === 'stream') this.#openStreams(this.#running.signal)
      return
    }
    const running = new AbortController()
    this.#running = running
    void this.#connectAgain(running.signal)
  }

  async #connectAgain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.transport === 'socket') {
      try {
        await this.#connect(signal)
      } catch (error) {
        this.#failed(toLiveError(error))
      }
      if (signal.aborted) return
      for (const channel of this.#channels.values()) channel.setConnection('retrying')
      await this.#backoff.wait(signal)
    }
    if (!signal.aborted) this.#openStreams(signal)
  }

  async #connect(signal: AbortSignal): Promise<void> {
    const { WebSocket = globalThis.WebSocket, pingMs = 25_000 } = this.#options
    if (WebSocket === null) return
    const onMessage = (text: string) => {
      const message = readMessage(text)
      if (message !== undefined && !signal.aborted) this.#hear(message)
    }
    const socket = await openSocket({ reach: this.#reach, WebSocket, pingMs, onMessage })
    if (signal.aborted) {
      socket.close()
      return
    }
    this.#everOpened = true
    this.#socket = socket
    for (const channel of this.#channels.values()) {
      channel.connected()
      socket.send(channel.request())
    }
    const code = await socket.ended
    if (this.#socket === socket) this.#socket = undefined
    if (code === 4401) this.#options.onSignedOut?.()
  }

  #failed(error: LiveError): void {
    if (error instanceof Refused || error.code === 'no_websockets') this.#refusals += 1
    if (error.code === 'not_signed_in') this.#options.onSignedOut?.()
  }

  #hear(message: ServerMessage): void {
    const channel = this.#channels.get(message.workspace ? workspaceKey : (message.project ?? ''))
    if (channel === undefined) return
    const { type } = message
    const isStale = channel.isAsking && !['subscribed', 'error', 'news'].includes(type)
    if (isStale) return
    switch (message.type) {
      case 'events':
        // Never seen, but a hole would be worse than a new connection.
        if (!channel.take(message.project, message.events)) this.#socket?.close()
        this.#backoff.reset()
        break
      case 'subscribed':
        channel.begun(message.workspace ? message.at : undefined)
        break
      case 'live':
        channel.setConnection('live')
        this.#backoff.reset()
        break
      case 'news':
        channel.news()
        break
      case 'reset':
        channel.reset(message)
        if (!message.workspace) this.#subscribe(channel, false)
        break
      case 'error':
        this.#refuse(channel, new LiveError(message.code, message.message))
        break
    }
  }

  /** The server gave a subscription up: for good, or until the next connection. */
  #refuse(channel: Channel, error: LiveError): void {
    if (!isFinal(error)) {
      this.#socket?.close()
      return
    }
    this.#channels.delete(channel.project ?? workspaceKey)
    channel.setConnection('closed')
    for (const { onError } of channel.followers) onError?.(error)
    if (this.#channels.size === 0) this.#rest()
  }

  #openStreams(signal: AbortSignal): void {
    for (const channel of this.#channels.values()) {
      if (!this.#streams.has(channel)) void this.#streamAgain(channel, signal)
    }
  }

  /** One channel without a WebSocket, until nobody follows it. */
  async #streamAgain(channel: Channel, signal: AbortSignal): Promise<void> {
    const backoff = new Backoff(this.#options.random ?? Math.random)
    this.#streamBackoffs.add(backoff)
    let heads: ReadonlyMap<string, number> | undefined
    const isFollowed = () =>
      !signal.aborted && this.#channels.get(channel.project ?? workspaceKey) === channel
    while (isFollowed()) {
      const one = new AbortController()
      this.#streams.set(channel, one)
      const ended = AbortSignal.any([signal, one.signal])
      try {
        if (channel.project === undefined) {
          heads = await pollWorkspace(this.#reach, channel, heads, ended)
          backoff.reset()
          await pause(this.#options.pollMs ?? 2_000, ended)
          continue
        }
        await streamProject(this.#reach, channel, channel.project, ended)
        backoff.reset()
      } catch (thrown) {
        const error = toLiveError(thrown)
        if (!ended.aborted && isFinal(error)) this.#refuse(channel, error)
        if (!ended.aborted) this.#failed(error)
      }
      if (!isFollowed()) break
      if (!one.signal.aborted) channel.setConnection('retrying')
      await backoff.wait(ended)
    }
    this.#streams.delete(channel)
    this.#streamBackoffs.delete(backoff)
  }
}

/** Of the page that this runs in. */
function ownOrigin(): string {
  const { location } = globalThis as { location?: { origin: string } }
  return location?.origin ?? ''
}

function makeFollower({
  types,
  onEvents,
  onConnection,
  onNews,
  onReset,
  onError,
}: FollowOptions): Follower {
  return {
    onEvents,
    onConnection,
    onNews,
    onReset,
    onError,
    told: 'connecting',
    types: types === undefined ? undefined : new Set(types),
    seqs: new Map(),
  }
}

function targetOf({ project }: Channel): object {
  return project === undefined ? { workspace: true } : { project }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

export type { Connection, LiveEvent }
