import { z } from 'zod'
import { DeliverTarget } from '../../domain/deliver.ts'
import { CreateBuild, type BuildTask, type CriterionEvidence } from '../../domain/build.ts'

/** A leaf task of the approved plan; the agent's copy of tasks.md is held against it. */
export const PlannedTask = z.object({
  number: z.string(),
  title: z.string(),
  optional: z.boolean(),
})
export type PlannedTask = z.infer<typeof PlannedTask>

const OrderedTarget = z.object(DeliverTarget.shape).omit({ token: true })

/** What one build was asked to do: written once as `build.json`, never changed. */
export const BuildOrder = CreateBuild.omit({ files: true, webhook_secret: true }).extend({
  /** Without its token, which is sealed apart. */
  deliver: OrderedTarget.optional(),
  version: z.literal(1),
  project_id: z.string(),
  build_id: z.string(),
  created_at: z.iso.datetime(),
  /** Absent when the caller sent no Idempotency-Key. */
  idempotency_key: z.string().optional(),
  /** SHA-256 of the request without its secrets, to tell a repeat from another request under the same key. */
  request_hash: z.string(),
  tasks: z.array(PlannedTask),
  /** The numbers of the plan's acceptance criteria; none in orders of older versions. */
  criteria: z.array(z.string().max(20)).default([]),
  /** The commit that holds the plan. */
  base_commit: z.string(),
})
export type BuildOrder = z.infer<typeof BuildOrder>

/** The tasks that this build is to carry out. */
export function tasksInScope(order: Pick<BuildOrder, 'tasks' | 'include_optional'>): PlannedTask[] {
  return order.tasks.filter((task) => order.include_optional || !task.optional)
}

/** The plan's criteria before anything is shown of them. */
export function criteriaAsOpen({ criteria }: Pick<BuildOrder, 'criteria'>): CriterionEvidence[] {
  return criteria.map((ref) => ({ ref, result: 'not_shown' }))
}

/** The planned tasks before anything is done. */
export function plannedAsOpen(order: Pick<BuildOrder, 'tasks'>): BuildTask[] {
  return order.tasks.map(({ number, title, optional }) => ({
    id: number,
    title,
    state: 'not_started',
    optional,
  }))
}
