import { z } from '@hono/zod-openapi'
import { QueueState } from '../domain/queue-state.ts'
import { Stage } from '../domain/status.ts'

/** What operators see of the queue, and what they may ask of it. */

export const JobView = z.object({
  id: z.string(),
  stage: Stage,
  /** `failed` was given up: its id is that of its dead letter. */
  state: QueueState,
  /** Higher goes first. */
  priority: z.number(),
  /** Those begun; 0 before the first. */
  attempts: z.number(),
  projectId: z.string().nullable(),
  conversationId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** Not before this time. */
  dueAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** How long it waited since it was due, until it was started or until now. */
  waitMs: z.number(),
  /** How long its last attempt took, or has taken until now. */
  runMs: z.number().nullable(),
  /** What its last attempt failed of. */
  error: z.object({ code: z.string(), message: z.string().nullable() }).nullable(),
})
export type JobView = z.infer<typeof JobView>

export const JobListView = z.object({
  items: z.array(JobView),
  /** Pass as `cursor` to get the next page; null on the last one. A page that is not full may have a next one. */
  nextCursor: z.string().nullable(),
})
export type JobListView = z.infer<typeof JobListView>

export const DeadLetterView = z.object({
  id: z.string(),
  stage: Stage,
  projectId: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  attempts: z.number(),
  createdAt: z.iso.datetime(),
})
export type DeadLetterView = z.infer<typeof DeadLetterView>

export const DeadLetterListView = z.object({
  items: z.array(DeadLetterView),
  /** Pass as `cursor` to get the next page; null on the last one. */
  nextCursor: z.string().nullable(),
})
export type DeadLetterListView = z.infer<typeof DeadLetterListView>

const Code = z.string().min(1).max(100)

export const JobQuery = z.object({
  stage: Stage.optional(),
  state: QueueState.optional(),
  project: z.uuid().optional(),
  /** Part of the code of what the last attempt failed of. */
  code: Code.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
})

export const DeadLetterQuery = z.object({
  stage: Stage.optional(),
  code: Code.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

/** Which letters; all open ones when nothing is said. */
export const ChooseLetters = z.object({
  stage: Stage.optional(),
  code: Code.optional(),
  ids: z.array(z.uuid()).min(1).max(1_000).optional(),
  /** At most so many, the oldest first; ask again for the rest. */
  limit: z.number().int().min(1).max(1_000).default(100),
})

const Priority = z.int().min(-100).max(100)

export const PriorityRequest = z.object({ priority: Priority })
