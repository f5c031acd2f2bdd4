import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { toAppError } from '../domain/errors.ts'
import type { ProjectEvent } from '../domain/event.ts'
import { eventJson } from '../live/batch.ts'
import { asCaller } from '../store/caller.ts'
import { readEvents } from '../store/events.ts'
import type { Grant } from '../store/live.ts'
import { getProject } from '../store/projects.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { invalidRequest } from './problem.ts'
import { liveOwner } from './rate-limit.ts'
import { makeRouter, projectId } from './router.ts'
import type { EventListView, EventView } from './views.ts'

const Query = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
  types: z.string().max(1_000).optional(),
})
const LastEventId = z.coerce.number().int().min(0).max(2_147_483_647)

const pingMs = 20_000

/** The types of events that a query asks for, as `types=plan.ready,build.log`; all without it. */
function wantedTypes(text: string | undefined): (type: string) => boolean {
  const types = text === undefined || text === '' ? undefined : new Set(text.split(','))
  return (type) => types === undefined || types.has(type)
}

function eventView(event: ProjectEvent): EventView {
  return { seq: event.seq, at: event.at, body: event.body }
}

interface Following {
  projectId: string
  after: number
  grant: Grant
  wants: (type: string) => boolean
}

function stream(c: Context<SignedIn>, deps: HttpDeps, following: Following): Response {
  const { live, connections } = deps
  const { projectId, after, grant, wants } = following
  const giveBack = connections?.take(liveOwner(deps, c, c.get('principal')))
  // A proxy that buffers would hold the events back.
  c.header('X-Accel-Buffering', 'no')
  return streamSSE(c, async (sse) => {
    const closed = new AbortController()
    sse.onAbort(() => closed.abort())
    // Whose rights have ended comes again and is refused.
    const unwatch = live.guard.watch(grant, () => closed.abort())
    const timer = setInterval(() => {
      void sse.writeSSE({ event: 'ping', data: '' })
    }, pingMs)
    try {
      for await (const event of live.feed.follow(projectId, after, closed.signal)) {
        if (!wants(event.body.type)) continue
        await sse.writeSSE({ id: String(event.seq), event: 'event', data: eventJson(event) })
      }
    } catch (thrown) {
      const { code, message, details } = toAppError(thrown)
      if (code === 'position_unknown') {
        // Without an id, a browser that connects again asks as it did at first.
        await sse.writeSSE({ id: '', event: 'reset', data: JSON.stringify(details) })
      } else {
        // The stream ends, and whoever follows comes again: there is no status to answer with any more.
        deps.pipeline.log.warn({ projectId, code, error: message }, 'live.stream_failed')
      }
    } finally {
      giveBack?.()
      unwatch()
      clearInterval(timer)
    }
  })
}

/** A project's log: as JSON, or as server-sent events that resume by `Last-Event-ID`. */
export function eventRoutes(deps: HttpDeps) {
  const { db } = deps.pipeline.database
  const app = makeRouter()
  app.get('/v1/projects/:id/events', async (c) => {
    const id = projectId(c.req.param())
    const query = Query.safeParse(c.req.query())
    if (!query.success) throw invalidRequest(query.error)
    const principal = c.get('principal')
    const project = await asCaller(db, principal, (tx) => getProject(tx, id))
    if ((c.req.header('accept') ?? '').includes('text/event-stream')) {
      // A stream that nobody will read would never end.
      if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' })
      const resumed = LastEventId.safeParse(c.req.header('last-event-id') || undefined)
      return stream(c, deps, {
        projectId: id,
        after: resumed.success ? resumed.data : query.data.after,
        grant: { ...principal, workspaceId: project.workspace_id },
        wants: wantedTypes(query.data.types),
      })
    }
    const { after, limit } = query.data
    const events = await asCaller(db, principal, (tx) => readEvents(tx, id, after, limit))
    const body: EventListView = { items: events.map(eventView), seq: project.last_seq }
    return c.json(body)
  })
  return app
}
