import { type Selectable, sql } from 'kysely'
import { notFound } from '../domain/errors.ts'
import type { PlanDraft } from '../domain/plan.ts'
import type { Finding } from '../kiro/tree.ts'
import type { Queryable, Tx } from './database.ts'
import { storableJson } from './jsonb.ts'
import type { PlansTable } from './schema.ts'

export type PlanRow = Selectable<PlansTable>

function planQuery(db: Queryable, projectId: string) {
  return db.selectFrom('plans').selectAll().where('project_id', '=', projectId)
}

/** The newest plan of a project; undefined while there is none. */
export async function latestPlan(db: Queryable, projectId: string): Promise<PlanRow | undefined> {
  return planQuery(db, projectId).orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** One version of a project's plan, the newest unless said. @throws AppError `not_found` */
export async function getPlan(
  db: Queryable,
  projectId: string,
  version?: number,
): Promise<PlanRow> {
  const found =
    version === undefined
      ? await latestPlan(db, projectId)
      : await planQuery(db, projectId).where('version', '=', version).executeTakeFirst()
  if (found === undefined) throw notFound('plan')
  return found
}

/** What the list of a project's plans tells of each. */
export type PlanSummary = Omit<PlanRow, 'body' | 'lint' | 'workspace_id' | 'project_id'> & {
  title: string
}

/** All versions of a project's plan, newest first, without their documents. */
export async function listPlans(db: Queryable, projectId: string): Promise<PlanSummary[]> {
  return db
    .selectFrom('plans')
    .select([
      'version',
      'hash',
      'approved_by',
      'approved_how',
      'approved_at',
      'brief_version',
      'edited_by',
      'created_at',
    ])
    .select(sql<string>`body ->> 'title'`.as('title'))
    .where('project_id', '=', projectId)
    .orderBy('version', 'desc')
    .execute()
}

/** A new version of a project's plan. */
export interface NewPlan {
  projectId: string
  workspaceId: string
  hash: string
  draft: PlanDraft
  lint: readonly Finding[]
  /** The brief that it was made from; null for one that is not from a brief. */
  briefVersion: number | null
  /** The person who wrote it; null when a planner did. */
  editedBy: string | null
}

/**
 * Stores new versions of projects' plans and gives their numbers by the project's id. The projects'
 * rows must be locked; each project may be named once.
 */
export async function insertPlans(
  tx: Tx,
  plans: readonly NewPlan[],
): Promise<ReadonlyMap<string, number>> {
  if (plans.length === 0) return new Map()
  const { rows } = await sql<{ id: string; version: number }>`
    insert into plans (project_id, workspace_id, version, hash, body, lint,
      brief_version, edited_by)
    select wanted."projectId", wanted."workspaceId",
      (select coalesce(max(version), 0) + 1 from plans where project_id = wanted."projectId"),
      wanted.hash, wanted.draft, wanted.lint, wanted."briefVersion", wanted."editedBy"
    from json_to_recordset(${storableJson(plans)}::text::json)
      as wanted ("projectId" uuid, "workspaceId" uuid, hash text, draft jsonb, lint jsonb,
        "briefVersion" int, "editedBy" text)
    returning project_id as id, version`.execute(tx)
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Records who approved a version. */
export async function markApproved(
  tx: Tx,
  plan: { projectId: string; version: number },
  approval: { by: string; how: 'auto' | 'person'; at: Date },
): Promise<void> {
  await tx
    .updateTable('plans')
    .set({ approved_by: approval.by, approved_how: approval.how, approved_at: approval.at })
    .where('project_id', '=', plan.projectId)
    .where('version', '=', plan.version)
    .execute()
}
