import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi'
import { operatesMachine } from '../access/machine-operator.ts'
import { Stage } from '../domain/status.ts'
import type { Breaker } from '../model/breaker.ts'
import {
  countProcesses,
  readAtWork,
  readProcesses,
  readTraffic,
  trafficMinutes,
} from '../pipeline/queue/traffic.ts'
import { asCaller } from '../store/caller.ts'
import { givenUp, modelHealth, recentErrors } from '../store/operate.ts'
import { usageOfWorkspace } from '../store/usage.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import {
  atWorkView,
  builderCounts,
  builderView,
  errorView,
  healthViews,
  minutesOf,
  workerView,
} from './operate-answers.ts'
import {
  OperateErrorsView,
  OperateModelsView,
  OperateQueueView,
  OperateWorkersView,
} from './operate-views.ts'
import { adminProblems, asAdmin, makeRouter, ok } from './router.ts'
import { groupView } from './usage-views.ts'

type Router = OpenAPIHono<SignedIn>

function get<P extends string, S extends z.ZodType>(path: P, schema: S, description: string) {
  return createRoute({
    method: 'get',
    path,
    responses: { 200: ok(schema, description), ...adminProblems },
  })
}

const shownWorkers = 50
const shownErrors = 50

function addQueue(app: Router, { gauge, pipeline }: HttpDeps): void {
  const { db } = pipeline.database
  const route = get(
    '/v1/operate/queue',
    OperateQueueView,
    'The queue by stage, and its last half hour',
  )
  app.openapi(route, async (c) => {
    const principal = asAdmin(c.get('principal'))
    const [{ state, expectedWaitSeconds }, loads, traffic, failures] = await Promise.all([
      gauge.backlog(),
      gauge.loads(),
      readTraffic(db),
      asCaller(db, principal, (tx) => givenUp(tx, principal.workspaceId, trafficMinutes)),
    ])
    const stages = Stage.options.map((stage) => {
      const load = loads.find((one) => one.stage === stage)
      const ofStage = <T extends { stage: Stage }>(rows: readonly T[]) =>
        rows.filter((row) => row.stage === stage)
      return {
        stage,
        ready: load?.ready ?? 0,
        active: load?.active ?? 0,
        oldestSeconds: Math.round(load?.oldestSeconds ?? 0),
        done: minutesOf(ofStage(traffic), ({ done }) => done),
        failed: minutesOf(ofStage(failures), ({ failed }) => failed),
      }
    })
    return c.json({ state, expectedWaitSeconds, stages }, 200)
  })
}

const dayMs = 86_400_000

function addModels(app: Router, { pipeline, breakers = [] }: HttpDeps): void {
  const { database, clock } = pipeline
  const route = get(
    '/v1/operate/models',
    OperateModelsView,
    'How the models answer, and their cost',
  )
  app.openapi(route, async (c) => {
    const principal = asAdmin(c.get('principal'))
    const { workspaceId } = principal
    const day = (ago: number) =>
      new Date(clock().getTime() - ago * dayMs).toISOString().slice(0, 10)
    const found = await asCaller(database.db, principal, async (tx) => {
      const spent = (from: string) =>
        usageOfWorkspace(tx, workspaceId, { from, to: day(0) }, 'model')
      return {
        health: await modelHealth(tx, workspaceId),
        today: await spent(day(0)),
        month: await spent(day(29)),
      }
    })
    const isCalled = ({ name }: Breaker) => found.health.some((one) => one.name === name)
    const isOperator = await operatesMachine(database.db, principal)
    return c.json(
      {
        models: healthViews(found.health, isOperator ? breakers : breakers.filter(isCalled)),
        today: found.today.map(groupView),
        month: found.month.map(groupView),
      },
      200,
    )
  })
}

function addErrors(app: Router, { pipeline }: HttpDeps): void {
  const route = get('/v1/operate/errors', OperateErrorsView, 'What went wrong lately, newest first')
  app.openapi(route, async (c) => {
    const principal = asAdmin(c.get('principal'))
    const rows = await asCaller(pipeline.database.db, principal, (tx) =>
      recentErrors(tx, principal.workspaceId, shownErrors),
    )
    return c.json({ items: rows.map(errorView) }, 200)
  })
}

function addWorkers(app: Router, { pipeline, live }: HttpDeps): void {
  const { db } = pipeline.database
  const route = get('/v1/operate/workers', OperateWorkersView, 'Who works: processes and builders')
  app.openapi(route, async (c) => {
    const principal = asAdmin(c.get('principal'))
    const [processes, workers, atWork, builders, isOperator] = await Promise.all([
      countProcesses(db),
      readProcesses(db, shownWorkers),
      readAtWork(db),
      pipeline.builders.loads(),
      operatesMachine(db, principal),
    ])
    const machine = {
      workers: workers.map(workerView),
      atWork: atWork.map(atWorkView),
      builders: builders.map(builderView),
    }
    return c.json(
      {
        processes,
        atWork: atWork.reduce((sum, { active }) => sum + active, 0),
        builders: builderCounts(builders),
        connections: live.sockets.count(),
        machine: isOperator ? machine : null,
      },
      200,
    )
  })
}

/**
 * How the system runs; all of it needs the role admin. What a workspace owns is told to its own admins,
 * what the machine is doing for all of them as numbers, and its names and places to its operator.
 */
export function operateRoutes(deps: HttpDeps): Router {
  const app = makeRouter()
  for (const add of [addQueue, addModels, addErrors, addWorkers]) add(app, deps)
  return app
}
