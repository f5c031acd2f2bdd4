import { z } from 'zod'
import type { AppError } from '../../domain/errors.ts'
import type { Stage } from '../../domain/status.ts'
import type { Tx } from '../../store/database.ts'

const ofProject = z.object({ projectId: z.uuid() })

/** What a job of each stage carries: ids alone; the rest is read when it runs. */
export const JobData = {
  ingest: z.object({ inboxId: z.uuid() }),
  fetch: z.object({ conversationId: z.uuid() }),
  analyse: ofProject,
  plan: ofProject,
  build: ofProject.extend({ buildId: z.uuid() }),
} as const satisfies Record<Stage, z.ZodType>

export type JobData = { [S in Stage]: z.infer<(typeof JobData)[S]> }

/** pg-boss puts the jobs here whose process died each time it was tried. */
export const lostQueue = 'dead_letter'

/** One attempt at a job. */
export interface Attempt<S extends Stage = Stage> {
  stage: S
  id: string
  data: JobData[S]
  /** 1 for the first. */
  number: number
  /** Aborted when the worker stops, the attempt takes too long or another worker has the job. */
  signal: AbortSignal
}

/** What a completion must know of its attempt. */
export interface Completable extends Pick<Attempt, 'id' | 'number' | 'signal'> {
  stage: Stage | typeof lostQueue
}

/** A job that the engine gave up, because each process that tried it ended without an answer. */
export interface LostJob {
  /** Of the engine's own letter about it. */
  id: string
  number: number
  stage: Stage
  data: JobData[Stage]
  attempts: number
}

export interface NewJob<S extends Stage> {
  data: JobData[S]
  /** At most one job of a stage with this key is active at a time. */
  key: string
  /** Higher goes first; 0 unless said. */
  priority?: number
  delaySeconds?: number
}

/**
 * The jobs of the stages, written in the transaction of what they belong to. Nothing else in the
 * product knows the job engine.
 */
export interface Queue {
  /** Queues work. */
  send<S extends Stage>(tx: Tx, stage: S, jobs: readonly NewJob<S>[]): Promise<void>
  /**
   * Completes attempts at different jobs with their results; gives those that still held their job.
   * The others, and those that were ended, may write nothing.
   */
  complete<C extends Completable>(tx: Tx, attempts: readonly C[]): Promise<ReadonlySet<C>>
  /**
   * Gives a failed attempt's job back, to be tried again after a while; no slot is held meanwhile.
   *
   * @throws AppError `lease_lost`
   */
  again(tx: Tx, attempt: Attempt, afterSeconds: number, error: AppError): Promise<void>
  /**
   * Takes a job away for good; what it failed of is kept elsewhere, in the same transaction.
   *
   * @throws AppError `lease_lost`
   */
  remove(tx: Tx, attempt: Attempt): Promise<void>
  /** Lets a job that waits for its time go now; false when it is under way or done. */
  hurry(tx: Tx, stage: Stage, id: string): Promise<boolean>
  /** Takes a job out: `unfinished` also one that a worker holds, whose attempt then counts for nothing. */
  cancel(tx: Tx, stage: Stage, id: string, state: 'unfinished' | 'unclaimed'): Promise<boolean>
  /** Changes how urgent a job is; false when it is done. */
  prioritise(tx: Tx, stage: Stage, id: string, priority: number): Promise<boolean>
  /** Whether a job of a stage with this key waits or is under way. */
  has(tx: Tx, stage: Stage, key: string): Promise<boolean>
  /** Takes out every job with this key, also those that workers hold: their attempts count for nothing. */
  withdraw(tx: Tx, key: string): Promise<void>
  /** Tells the workers, after the commit, of what a transaction has queued. */
  wake(tx: Tx): void
}
