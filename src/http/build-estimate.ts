import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { type AgentEstimate, estimateBuilds, orderedTasks } from '../pipeline/estimate-build.ts'
import { costsOfBuilds } from '../store/builds.ts'
import { asCaller } from '../store/caller.ts'
import { getPlan } from '../store/plans.ts'
import { getProject } from '../store/projects.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { makeRouter, ok, problems, ProjectParams } from './router.ts'

/** How many earlier builds an estimate rests on at most: the newest, as prices change. */
const mostBuilds = 20

const Range = z.object({
  low: z.number(),
  high: z.number(),
  /** An ISO 4217 code, or a unit of the agent's own: `USD`, `credits`. */
  currency: z.string(),
})

const Agent = z.string().nullable()

/** What a build by one agent will probably cost, for the required tasks and with the optional ones. */
const AgentEstimateView = z.discriminatedUnion('basis', [
  z.object({
    basis: z.literal('earlier_builds'),
    agent: Agent,
    /** How many completed builds of the workspace it rests on; the range is from their cheapest to their dearest. */
    builds: z.number().int(),
    middle: z.number(),
    cost: Range,
    withOptional: Range,
  }),
  z.object({ basis: z.literal('stated_rate'), agent: Agent, cost: Range, withOptional: Range }),
  z.object({ basis: z.literal('free'), agent: Agent }),
  z.object({
    basis: z.literal('unknown'),
    agent: Agent,
    why: z.enum(['unreachable', 'not_told', 'nothing_known']),
  }),
])
export type AgentEstimateView = z.infer<typeof AgentEstimateView>

export const BuildEstimateView = z.object({
  tasks: z.object({ required: z.number().int(), optional: z.number().int() }),
  /** One for each agent that the next build may come to. */
  agents: z.array(AgentEstimateView),
})
export type BuildEstimateView = z.infer<typeof BuildEstimateView>

function estimateView({ agent, estimate }: AgentEstimate): AgentEstimateView {
  return { agent, ...estimate }
}

/** What building a plan will probably cost, read as the caller: row-level security decides. */
export function buildEstimateRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const { database, builders } = pipeline
  const app = makeRouter()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/projects/{id}/builds/estimate',
      request: { params: ProjectParams },
      responses: {
        200: ok(BuildEstimateView, 'What building its newest plan will probably cost'),
        ...problems,
      },
    }),
    async (c) => {
      const principal = c.get('principal')
      const { id } = c.req.valid('param')
      const { project, plan } = await asCaller(database.db, principal, async (tx) => ({
        project: await getProject(tx, id),
        plan: await getPlan(tx, id),
      }))
      const tasks = orderedTasks(plan.body)
      // Outside of any transaction: builders may take seconds to answer.
      const states = await builders.loads()
      const agents = await asCaller(database.db, principal, (tx) =>
        estimateBuilds(states, tasks, (agent) =>
          costsOfBuilds(tx, project.workspace_id, agent, mostBuilds),
        ),
      )
      return c.json({ tasks, agents: agents.map(estimateView) }, 200)
    },
  )
  return app
}
