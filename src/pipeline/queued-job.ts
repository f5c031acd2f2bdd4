import { z } from 'zod'
import type { QueueState } from '../domain/queue-state.ts'
import type { DeadLetterRow } from '../store/dead-letters.ts'
import type { JobRow } from './queue/inspect.ts'

/** A job as an operator sees it. One that was given up is its dead letter, with the letter's id. */
export interface QueuedJob extends Omit<JobRow, 'state' | 'data' | 'output' | 'place' | 'seenAt'> {
  state: QueueState
  projectId: string | null
  conversationId: string | null
  inboxId: string | null
  /** From when it could run until it ran, or until now. */
  waitMs: number
  /** Null before the first attempt, and when it is not known any more. */
  runMs: number | null
  error: { code: string; message: string | null } | null
}

const Data = z.object({
  projectId: z.uuid().nullable().catch(null),
  conversationId: z.uuid().nullable().catch(null),
  inboxId: z.uuid().nullable().catch(null),
})
const Output = z.object({ code: z.string(), message: z.string().nullable().catch(null) })

function idsOf(data: unknown): z.infer<typeof Data> {
  const { data: ids } = Data.safeParse(data)
  return ids ?? { projectId: null, conversationId: null, inboxId: null }
}

/** A job of the engine. */
export function jobOfRow({ data, output, place: _place, seenAt, ...job }: JobRow): QueuedJob {
  const { startedAt, finishedAt, dueAt } = job
  const until = startedAt ?? finishedAt ?? seenAt
  const ended = finishedAt ?? seenAt
  return {
    ...job,
    ...idsOf(data),
    waitMs: Math.max(0, until.getTime() - dueAt.getTime()),
    runMs: startedAt === null ? null : Math.max(0, ended.getTime() - startedAt.getTime()),
    // What a job that went well has left is no error.
    error: job.state === 'completed' ? null : (Output.safeParse(output).data ?? null),
  }
}

/** A job that was given up. Of its times only the last is known. */
export function jobOfLetter(letter: DeadLetterRow): QueuedJob {
  const { id, stage, attempts, data, code, message, created_at } = letter
  return {
    id,
    stage,
    state: 'failed',
    priority: 0,
    attempts,
    ...idsOf(data),
    createdAt: created_at,
    dueAt: created_at,
    startedAt: null,
    finishedAt: created_at,
    waitMs: 0,
    runMs: null,
    error: { code, message },
  }
}
