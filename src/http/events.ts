import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { ProjectEvent } from '../domain/event.ts'
import { asCaller } from '../store/caller.ts'
import { readEvents } from '../store/events.ts'
import { getProject } from '../store/projects.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { invalidRequest } from './problem.ts'
import { makeRouter, projectId } from './router.ts'
import type { EventListView, EventView } from './views.ts'

const Query = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
})
const LastEventId = z.coerce.number().int().min(0).max(2_147_483_647)

const pingMs = 20_000

function eventView(event: ProjectEvent): EventView {
  return { seq: event.seq, at: event.at, body: event.body }
}

function stream(c: Context<SignedIn>, deps: HttpDeps, projectId: string, after: number): Response {
  // A proxy that buffers would hold the events back.
  c.header('X-Accel-Buffering', 'no')
  return streamSSE(c, async (sse) => {
    const closed = new AbortController()
    sse.onAbort(() => closed.abort())
    const timer = setInterval(() => {
      void sse.writeSSE({ event: 'ping', data: '' })
    }, pingMs)
    try {
      for await (const event of deps.feed.follow(projectId, after, closed.signal)) {
        const data = JSON.stringify(eventView(event))
        await sse.writeSSE({ id: String(event.seq), event: 'event', data })
      }
    } finally {
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
      const resumed = LastEventId.safeParse(c.req.header('last-event-id') || undefined)
      return stream(c, deps, id, resumed.success ? resumed.data : query.data.after)
    }
    const { after, limit } = query.data
    const events = await asCaller(db, principal, (tx) => readEvents(tx, id, after, limit))
    const body: EventListView = { items: events.map(eventView), seq: project.last_seq }
    return c.json(body)
  })
  return app
}
