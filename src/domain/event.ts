import { z } from 'zod'
import { BudgetScope } from './budget.ts'
import { BuildEventBody } from './build.ts'
import { PlanHash } from './plan.ts'
import { ProjectStatus, Stage } from './status.ts'

const counts = z.record(z.string(), z.number())

/** Why a standing approval does not cover a plan, so that it waits for a person. */
export const ApprovalHold = z.object({
  code: z.enum([
    'addressed_machine',
    'not_asked_for',
    'contradiction',
    'unclear_change',
    'not_compared',
    'four_eyes',
  ]),
  message: z.string(),
})
export type ApprovalHold = z.infer<typeof ApprovalHold>

/** Which comment, on which line, and who did it. */
const comment = {
  comment: z.string(),
  document: z.string(),
  /** The line's name: `2.1`, or a heading of design.md. */
  ref: z.string(),
  by: z.string(),
}

/** Everything that a project's log can say. Live views read nothing else. */
export const EventBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation.received'), source: z.string(), turns: z.number() }),
  z.object({
    type: z.literal('project.status'),
    from: ProjectStatus.nullable(),
    to: ProjectStatus,
    reason: z.string().optional(),
  }),
  z.object({ type: z.literal('stage.started'), stage: Stage, attempt: z.number() }),
  z.object({ type: z.literal('stage.finished'), stage: Stage, ms: z.number() }),
  z.object({
    type: z.literal('stage.failed'),
    stage: Stage,
    code: z.string(),
    message: z.string(),
    /** Whether the stage is tried again by itself. */
    again: z.boolean(),
    /** When it is tried again, seconds from the failure. */
    afterSeconds: z.number().optional(),
  }),
  /** Work was given up and needs a person. */
  z.object({
    type: z.literal('alert.raised'),
    stage: Stage,
    code: z.string(),
    message: z.string(),
    attempts: z.number(),
    /** The dead letter that keeps the work. */
    letter: z.string(),
  }),
  /** A budget has run down to its last fifth; said once in its period, by the call that did it. */
  z.object({
    type: z.literal('budget.warned'),
    scope: BudgetScope,
    /** In US dollars, as decimal numbers. */
    limitUsd: z.string(),
    spentUsd: z.string(),
    /** What calls of unknown cost may have cost besides; absent where there are none. */
    unknownUsd: z.string().optional(),
  }),
  z.object({ type: z.literal('brief.ready'), version: z.number(), counts }),
  z.object({
    type: z.literal('plan.ready'),
    version: z.number(),
    hash: PlanHash,
    counts,
    /** What keeps a standing approval from covering it; absent where it does, or where there is none. */
    held: z.array(ApprovalHold).optional(),
  }),
  z.object({
    type: z.literal('plan.approved'),
    hash: PlanHash,
    by: z.string(),
    how: z.enum(['auto', 'person']),
  }),
  z.object({
    type: z.literal('plan.rejected'),
    hash: PlanHash,
    by: z.string(),
    reason: z.string(),
  }),
  /** Somebody said something about a line of the plan; the words themselves stand with the comment. */
  z.object({ type: z.literal('comment.added'), ...comment }),
  z.object({ type: z.literal('comment.resolved'), ...comment }),
  z.object({ type: z.literal('build.queued'), build: z.string(), hash: PlanHash }),
  ...BuildEventBody.options.map((option) => option.extend({ build: z.string() })),
])
export type EventBody = z.infer<typeof EventBody>
export type EventType = EventBody['type']

/** A row of a project's log: `seq` counts 1, 2, 3 … without a gap in the order of commits. */
export interface ProjectEvent {
  projectId: string
  seq: number
  /** ISO 8601 with milliseconds, UTC. */
  at: string
  body: EventBody
}
