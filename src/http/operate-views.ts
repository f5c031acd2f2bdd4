import { z } from '@hono/zod-openapi'
import { Stage } from '../domain/status.ts'
import { UsageGroupView } from './usage-views.ts'

/** How the system runs, for its operators. */

/** Figures of the last thirty minutes, one for each minute, the oldest first. */
const Minutes = z.array(z.number().int())

export const StageTrafficView = z.object({
  stage: Stage,
  /** Jobs that may begin at once, over all workspaces, counted up to 10,000. */
  ready: z.number().int(),
  active: z.number().int(),
  /** How long the one that has waited longest has been ready. */
  oldestSeconds: z.number().int(),
  /** Jobs that ended, over all workspaces. */
  done: Minutes,
  /** Jobs of this workspace that were given up. */
  failed: Minutes,
})
export type StageTrafficView = z.infer<typeof StageTrafficView>

export const OperateQueueView = z.object({
  /** `busy` from what `TALKWRIGHT_BUSY` says on. */
  state: z.enum(['ok', 'busy']),
  expectedWaitSeconds: z.number().int(),
  stages: z.array(StageTrafficView),
})
export type OperateQueueView = z.infer<typeof OperateQueueView>

export const ModelHealthView = z.object({
  /** `provider/model`. */
  name: z.string(),
  /** Of the newest 500 calls of this workspace in the last 24 hours. */
  calls: z.number().int(),
  failed: z.number().int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  lastAt: z.iso.datetime().nullable(),
  /** As the process that answers sees it: `open` leaves the model alone until `restsUntil`; null for one that its settings do not name. */
  breaker: z.enum(['closed', 'open', 'half_open']).nullable(),
  restsUntil: z.iso.datetime().nullable(),
})
export type ModelHealthView = z.infer<typeof ModelHealthView>

export const OperateModelsView = z.object({
  models: z.array(ModelHealthView),
  /** What this workspace spent today and in the last thirty days (UTC), by model. */
  today: z.array(UsageGroupView),
  month: z.array(UsageGroupView),
})
export type OperateModelsView = z.infer<typeof OperateModelsView>

export const OperateErrorView = z.object({
  at: z.iso.datetime(),
  kind: z.enum(['stage', 'model', 'build']),
  what: z.string(),
  code: z.string(),
  message: z.string().nullable(),
  projectId: z.string().nullable(),
  /** The id of the job, of the provider's request, or of the build. */
  trace: z.string().nullable(),
})
export type OperateErrorView = z.infer<typeof OperateErrorView>

export const OperateErrorsView = z.object({ items: z.array(OperateErrorView) })
export type OperateErrorsView = z.infer<typeof OperateErrorsView>

export const WorkerView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  host: z.string(),
  pid: z.number().int(),
  startedAt: z.iso.datetime(),
  heartbeatAt: z.iso.datetime(),
  state: z.enum(['live', 'silent', 'stopped']),
})
export type WorkerView = z.infer<typeof WorkerView>

export const AtWorkView = z.object({
  stage: Stage,
  active: z.number().int(),
  oldestStartedAt: z.iso.datetime(),
  lastBeatAt: z.iso.datetime().nullable(),
})
export type AtWorkView = z.infer<typeof AtWorkView>

export const BuilderView = z.object({
  name: z.string(),
  /** Null when it does not tell. */
  load: z
    .object({ agent: z.string(), running: z.number(), waiting: z.number(), slots: z.number() })
    .nullable(),
  /** Why it did not answer. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
})
export type BuilderView = z.infer<typeof BuilderView>

const Count = z.number().int()

export const OperateWorkersView = z.object({
  /** Processes on the queue: those that are heard of, and those that fell silent. */
  processes: z.object({ live: Count, silent: Count }),
  /** Jobs under way, over all workspaces. */
  atWork: Count,
  /** Builders: all, those that do not answer, and what the others are busy with. */
  builders: z.object({
    all: Count,
    silent: Count,
    running: Count,
    waiting: Count,
    slots: Count,
  }),
  /** Live connections of the process that answers. */
  connections: Count,
  /** What these are, by name and place: for the machine's operator; null for everybody else. */
  machine: z
    .object({
      workers: z.array(WorkerView),
      /** What is under way, by stage. */
      atWork: z.array(AtWorkView),
      builders: z.array(BuilderView),
    })
    .nullable(),
})
export type OperateWorkersView = z.infer<typeof OperateWorkersView>
