import type { Context } from 'hono'
import type { AuthenticationDeps } from '../access/authenticate.ts'
import type { ConnectionLimits } from '../access/connection-limits.ts'
import type { OidcClient } from '../access/oidc.ts'
import type { RateLimits } from '../access/rate-limits.ts'
import type { Principal } from '../domain/principal.ts'
import type { Live } from '../live/live.ts'
import type { LiveSocket } from '../live/session.ts'
import type { Breaker } from '../model/breaker.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import type { QueueGauge } from '../pipeline/queue/gauge.ts'

/** What happens on a WebSocket after its opening. */
export interface SocketEvents {
  message(text: string): void
  /** The other side has answered a ping. */
  alive(): void
  closed(): void
}

/**
 * Answers a request for a WebSocket; `accept` is called once it is open, and `gone` once the
 * connection has ended, whether it opened or not.
 */
export type Upgrade = (
  c: Context,
  accept: (socket: LiveSocket) => SocketEvents,
  gone: () => void,
) => Promise<Response>

export interface HttpDeps {
  pipeline: PipelineDeps
  authentication: AuthenticationDeps
  live: Live
  /** How many requests are taken of whom; all where it is absent. */
  rates?: RateLimits
  /** How many live connections may be open of whom; any number where it is absent. */
  connections?: ConnectionLimits
  /** Where a request comes from, where the host knows. */
  addressOf?: (c: Context) => string | undefined
  /** The provider of sign-ins, where one is named. */
  oidc?: OidcClient
  /** Turns a request into a WebSocket; absent where the host has none. */
  upgrade?: Upgrade
  gauge: QueueGauge
  /** The breakers of the models that this process calls; none where it calls none. */
  breakers?: readonly Breaker[]
  /** The token in the path of the Tavus callback URL. */
  tavusToken: string
  /** How calls are held in the page; absent without a Tavus key. */
  calls?: { origin: string; palId: string | null }
  /** The address that people and Tavus reach the server by, without a slash at the end. */
  publicUrl: string
  version: string
  /** Gives a file of the built page; undefined for a path that is not one. */
  page?: (path: string) => Promise<Response | undefined>
  /** Why the server cannot take work at this moment; empty when it can. */
  notReady: () => Promise<string[]>
}

/** What the routes behind the sign-in check know about a request. */
export interface SignedIn {
  Variables: {
    principal: Principal
    /** For a write with an `Idempotency-Key`: a UUID that is the same for each repeat of it. */
    repeatId?: string
  }
}
