import { type Selectable, sql } from 'kysely'
import type {
  BuildQuestion,
  BuildState,
  BuildTask,
  BuildWebhook,
  CriterionEvidence,
  ProgressReport,
} from '../domain/build.ts'
import type { EarlierBuild } from '../domain/build-estimate.ts'
import type { DeliveryOutcome } from '../domain/deliver.ts'
import type { Queryable, Tx } from './database.ts'
import { jsonb } from './jsonb.ts'
import type { BuildsTable } from './schema.ts'

export type BuildRow = Selectable<BuildsTable>

export interface NewBuild {
  id: string
  workspaceId: string
  projectId: string
  planVersion: number
  planHash: string
  includeOptional: boolean
}

export async function insertBuild(tx: Tx, build: NewBuild): Promise<void> {
  await tx
    .insertInto('builds')
    .values({
      id: build.id,
      workspace_id: build.workspaceId,
      project_id: build.projectId,
      plan_version: build.planVersion,
      plan_hash: build.planHash,
      include_optional: build.includeOptional,
      state: 'queued',
      external_id: null,
      builder: null,
      agent: null,
      folder: null,
    })
    .execute()
}

/** A project's builds, newest first. */
export async function listBuilds(db: Queryable, projectId: string): Promise<BuildRow[]> {
  return db
    .selectFrom('builds')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** What the newest completed builds of an agent cost that tell it, in a workspace, newest first. */
export async function costsOfBuilds(
  db: Queryable,
  workspaceId: string,
  agent: string,
  limit: number,
): Promise<EarlierBuild[]> {
  const rows = await db
    .selectFrom('builds')
    .select('progress')
    .where('workspace_id', '=', workspaceId)
    .where('agent', '=', agent)
    .where('state', '=', sql.lit('completed'))
    .where(sql<boolean>`(progress -> 'cost') is not null`)
    .orderBy('finished_at', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap(({ progress }) =>
    progress?.cost === undefined ? [] : [{ cost: progress.cost, tasks: progress.total }],
  )
}

/** The build with this id of ours, or undefined. */
export async function findBuild(db: Queryable, id: string): Promise<BuildRow | undefined> {
  return db.selectFrom('builds').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Like findBuild, with the row locked until the transaction ends. */
export async function lockBuild(tx: Tx, id: string): Promise<BuildRow | undefined> {
  return tx.selectFrom('builds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function setExternalId(tx: Tx, id: string, externalId: string): Promise<void> {
  await tx.updateTable('builds').set({ external_id: externalId }).where('id', '=', id).execute()
}

/** Keeps the id that a webhook of the builder tells, unless another build has it. */
export async function learnExternalId(tx: Tx, id: string, externalId: string): Promise<void> {
  const taken = await tx
    .selectFrom('builds')
    .select('id')
    .where('external_id', '=', externalId)
    .executeTakeFirst()
  if (taken === undefined) await setExternalId(tx, id, externalId)
}

/**
 * Notes that a builder is asked to take a build in, and which one that is: the first that was ever
 * noted. Undefined when the build has ended meanwhile.
 */
export async function markOrdered(
  tx: Tx,
  id: string,
  builder: string,
  now: Date,
): Promise<BuildRow | undefined> {
  return tx
    .updateTable('builds')
    .set((eb) => ({
      ordered_at: eb.fn.coalesce('ordered_at', eb.val(now)),
      builder: eb.fn.coalesce('builder', eb.val(builder)),
    }))
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

export interface BuildEnd {
  state: 'failed' | 'cancelled'
  error: { code: string; message: string } | null
}

/** Ends a build of which the builder will tell nothing more that counts. */
export async function endBuild(tx: Tx, id: string, end: BuildEnd, now: Date): Promise<void> {
  await tx
    .updateTable('builds')
    .set({
      state: end.state,
      error: end.error === null ? sql`null` : jsonb(end.error),
      finished_at: now,
    })
    .where('id', '=', id)
    .execute()
}

/** Sets when the builder must be told to end a build; null once there is nothing to tell. */
export async function setCancelDue(db: Queryable, id: string, at: Date | null): Promise<void> {
  await db.updateTable('builds').set({ cancel_due_at: at }).where('id', '=', id).execute()
}

/** Builds whose end the builder must be told of by now, the longest overdue first. */
export async function buildsToCancel(db: Queryable, now: Date, limit: number): Promise<BuildRow[]> {
  return db
    .selectFrom('builds')
    .selectAll()
    .where('cancel_due_at', '<=', now)
    .orderBy('cancel_due_at')
    .limit(limit)
    .execute()
}

/** Keeps a build event; false when one with this sequence is already there. */
export async function insertBuildEvent(
  tx: Tx,
  build: { id: string; workspaceId: string },
  webhook: BuildWebhook,
): Promise<boolean> {
  const row = await tx
    .insertInto('build_events')
    .values({
      build_id: build.id,
      sequence: webhook.data.sequence,
      workspace_id: build.workspaceId,
      body: jsonb(webhook),
    })
    .onConflict((conflict) => conflict.columns(['build_id', 'sequence']).doNothing())
    .returning('sequence')
    .executeTakeFirst()
  return row !== undefined
}

/** The kept events that follow `after` without a gap, in order. */
export async function nextBuildEvents(
  tx: Tx,
  buildId: string,
  after: number,
): Promise<BuildWebhook[]> {
  const rows = await tx
    .selectFrom('build_events')
    .select(['sequence', 'body'])
    .where('build_id', '=', buildId)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(500)
    .execute()
  const gap = rows.findIndex((row, index) => row.sequence !== after + index + 1)
  return (gap === -1 ? rows : rows.slice(0, gap)).map((row) => row.body)
}

/** What a build looks like after more of its events were applied. */
export interface BuildProgress {
  state: BuildState
  /** What carries it out; null before its builder has told. */
  agent: string | null
  tasks: readonly BuildTask[]
  evidence: readonly CriterionEvidence[]
  /** The last report of how far it is; null before the first. */
  report: ProgressReport | null
  /** What the builder asks and waits for. */
  questions: readonly BuildQuestion[]
  delivery: DeliveryOutcome | null
  folder: string | null
  error: { code: string; message: string } | null
  appliedSequence: number
  finished: boolean
}

export async function storeBuildProgress(
  tx: Tx,
  id: string,
  progress: BuildProgress,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('builds')
    .set({
      state: progress.state,
      agent: progress.agent,
      tasks: jsonb(progress.tasks),
      evidence: jsonb(progress.evidence),
      questions: jsonb(progress.questions),
      progress: progress.report === null ? sql`null` : jsonb(progress.report),
      delivery: progress.delivery === null ? sql`null` : jsonb(progress.delivery),
      folder: progress.folder,
      error: progress.error === null ? sql`null` : jsonb(progress.error),
      applied_sequence: progress.appliedSequence,
      heard_at: now,
      finished_at: progress.finished ? now : null,
    })
    .where('id', '=', id)
    .execute()
}

/** Builds that have not finished and were neither heard of nor asked about since `before`. */
export async function silentBuilds(
  db: Queryable,
  before: Date,
  limit: number,
): Promise<BuildRow[]> {
  const touched = sql<Date>`greatest(heard_at, asked_at)`
  return db
    .selectFrom('builds')
    .selectAll()
    .where('finished_at', 'is', null)
    .where(touched, '<', before)
    .orderBy(touched)
    .limit(limit)
    .execute()
}

/** Notes that the builder still has a build, though there was nothing new. */
export async function markHeard(db: Queryable, id: string, now: Date): Promise<void> {
  await db
    .updateTable('builds')
    .set({ heard_at: now })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute()
}

export async function markAskedAbout(db: Queryable, id: string, now: Date): Promise<void> {
  await db.updateTable('builds').set({ asked_at: now }).where('id', '=', id).execute()
}
