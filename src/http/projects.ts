import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi'
import { notFound } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { isSettled } from '../domain/status.ts'
import { approvalRefusal } from '../pipeline/approve.ts'
import type { QueueGauge } from '../pipeline/queue/gauge.ts'
import { listBuilds } from '../store/builds.ts'
import { asCaller } from '../store/caller.ts'
import { getConversation } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { readStageEvents } from '../store/events.ts'
import { latestPlan } from '../store/plans.ts'
import { getProject } from '../store/projects.ts'
import { conversationsOf } from '../store/talks.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { memberAt } from './may-act.ts'
import { buildView, conversationView, projectView } from './project-views.ts'
import { makeRouter, ok, problems, ProjectParams } from './router.ts'
import { BuildListView, ConversationView, ProjectView } from './views.ts'

function get<P extends string, S extends z.ZodType>(path: P, schema: S, description: string) {
  return createRoute({
    method: 'get',
    path,
    request: { params: ProjectParams },
    responses: { 200: ok(schema, description), ...problems },
  })
}

type Read = <T>(principal: Principal, run: (tx: Tx) => Promise<T>) => Promise<T>

function addProject(app: OpenAPIHono<SignedIn>, read: Read, gauge: QueueGauge): void {
  app.openapi(get('/v1/projects/{id}', ProjectView, 'One project'), async (c) => {
    const { id } = c.req.valid('param')
    const principal = c.get('principal')
    const { project, ...facts } = await read(principal, async (tx) => {
      const project = await getProject(tx, id)
      const member = await memberAt(tx, principal, project.workspace_id)
      if (member === undefined) throw notFound('project')
      const conversation = await getConversation(tx, project.conversation_id)
      const plan = await latestPlan(tx, id)
      const events = await readStageEvents(tx, id)
      const waits = project.status === 'awaiting_approval'
      const refusal = waits ? await approvalRefusal(tx, project, principal.userId) : undefined
      const { source } = conversation
      return { project, source, member, events, planHash: plan?.hash ?? null, refusal }
    })
    // The caller may see the project, so they may know where its job stands.
    const queue = isSettled(project.status) ? undefined : await gauge.placeOf(id)
    return c.json(projectView(project, { ...facts, queue }), 200)
  })

  app.openapi(get('/v1/projects/{id}/conversation', ConversationView, 'Its talk'), async (c) => {
    const { id } = c.req.valid('param')
    const rows = await read(c.get('principal'), async (tx) =>
      conversationsOf(tx, await getProject(tx, id)),
    )
    return c.json(conversationView(rows), 200)
  })
}

function addResults(app: OpenAPIHono<SignedIn>, read: Read): void {
  app.openapi(get('/v1/projects/{id}/builds', BuildListView, 'Its builds'), async (c) => {
    const { id } = c.req.valid('param')
    const rows = await read(c.get('principal'), async (tx) => {
      await getProject(tx, id)
      return listBuilds(tx, id)
    })
    return c.json({ items: rows.map(buildView) }, 200)
  })
}

/** Reads of projects and what belongs to them, as the caller: row-level security decides. */
export function projectRoutes(deps: HttpDeps): OpenAPIHono<SignedIn> {
  const read: Read = (principal, run) => asCaller(deps.pipeline.database.db, principal, run)
  const app = makeRouter()
  addProject(app, read, deps.gauge)
  addResults(app, read)
  return app
}
