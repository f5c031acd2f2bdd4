import { createRoute, z } from '@hono/zod-openapi'
import { type Context, Hono } from 'hono'
import { makeLiveTicket, redeemLiveTicket } from '../access/live-tickets.ts'
import { AppError } from '../domain/errors.ts'
import { subprotocol, ticketPrefix } from '../live/protocol.ts'
import type { HttpDeps } from './deps.ts'
import { liveOwner } from './rate-limit.ts'
import { makeRouter, ok, problems, tooManyProblem } from './router.ts'

const TicketView = z.object({
  ticket: z.string(),
  expiresAt: z.iso.datetime(),
  /** Offered together at the opening of `GET /v1/live`; the server answers with the first. */
  protocols: z.array(z.string()),
})

/** The ticket for one live connection. */
export function liveTicketRoutes(deps: HttpDeps) {
  const { database, clock } = deps.pipeline
  const app = makeRouter()
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/live/tickets',
      responses: {
        200: ok(
          TicketView,
          'A ticket that opens the WebSocket GET /v1/live once, within 30 seconds',
        ),
        401: problems[401],
        429: tooManyProblem,
      },
    }),
    async (c) => {
      // A browser does not tell a page why a WebSocket was refused, but it does of this request.
      deps.connections?.check(liveOwner(deps, c, c.get('principal')))
      const made = await makeLiveTicket(database.db, c.get('principal'), clock())
      c.header('Cache-Control', 'no-store')
      const view = {
        ticket: made.ticket,
        expiresAt: made.expiresAt.toISOString(),
        protocols: [subprotocol, `${ticketPrefix}${made.ticket}`],
      }
      return c.json(view, 200)
    },
  )
  return app
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether a page of this origin may connect. Compared with the configured address and nothing that
 * the request says; on this machine alone, the names of the loopback are one.
 */
function isOwnOrigin(origin: string, publicUrl: string): boolean {
  const own = new URL(publicUrl)
  if (origin === own.origin) return true
  const other = URL.parse(origin)
  if (other === null || !loopback.has(own.hostname) || !loopback.has(other.hostname)) return false
  return other.protocol === own.protocol && other.port === own.port && other.origin === origin
}

function offeredTicket(c: Context): string | undefined {
  const offered = (c.req.header('sec-websocket-protocol') ?? '').split(',').map((one) => one.trim())
  if (!offered.includes(subprotocol)) return undefined
  const ticket = offered.find((one) => one.startsWith(ticketPrefix))?.slice(ticketPrefix.length)
  return ticket !== undefined && /^[\w-]{43}$/.test(ticket) ? ticket : undefined
}

/** `GET /v1/live`: the WebSocket. Whoever comes is known by their ticket, not by cookie or key. */
export function liveSocketRoute(deps: HttpDeps): Hono {
  const { database, clock } = deps.pipeline
  const app = new Hono()
  app.get('/v1/live', async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
      const words = 'This is a WebSocket: see docs/live.md, or follow one project by GET events.'
      throw new AppError('upgrade_required', words, { status: 426 })
    }
    const origin = c.req.header('origin')
    if (origin !== undefined && !isOwnOrigin(origin, deps.publicUrl)) {
      throw new AppError('foreign_origin', 'The request comes from another site.', { status: 403 })
    }
    if (deps.upgrade === undefined) {
      const words = 'This server has no WebSockets: follow each project by GET events.'
      throw new AppError('no_websockets', words, { status: 501 })
    }
    const ticket = offeredTicket(c)
    const principal =
      ticket === undefined ? undefined : await redeemLiveTicket(database.db, ticket, clock())
    if (principal === undefined) {
      const words = 'The ticket is missing, used or too old: POST /v1/live/tickets makes one.'
      throw new AppError('bad_ticket', words, { status: 401 })
    }
    const { sockets } = deps.live
    const giveBack = deps.connections?.take(liveOwner(deps, c, principal))
    return deps.upgrade(
      c,
      (socket) => {
        const session = sockets.accept(socket, principal)
        return {
          message: (text) => session.receive(text),
          alive: () => {
            session.heard = true
          },
          closed: () => sockets.ended(session),
        }
      },
      giveBack ?? (() => undefined),
    )
  })
  return app
}
