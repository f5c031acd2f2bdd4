import { type Selectable, sql } from 'kysely'
import { notFound } from '../domain/errors.ts'
import type { PlanDraft } from '../domain/plan.ts'
import type { Finding } from '../kiro/tree.ts'
import type { Queryable, Tx } from './database.ts'
import { jsonb } from './jsonb.ts'
import type { PlansTable } from './schema.ts'

export type PlanRow = Selectable<PlansTable>

/** The newest plan of a project; undefined while there is none. */
export async function latestPlan(db: Queryable, projectId: string): Promise<PlanRow | undefined> {
  return db
    .selectFrom('plans')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Like latestPlan. @throws AppError `not_found` while there is none. */
export async function getPlan(db: Queryable, projectId: string): Promise<PlanRow> {
  const found = await latestPlan(db, projectId)
  if (found === undefined) throw notFound('plan')
  return found
}

/** One version of a project's plan. @throws AppError `not_found` */
export async function getPlanVersion(
  db: Queryable,
  projectId: string,
  version: number,
): Promise<PlanRow> {
  const row = await db
    .selectFrom('plans')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (row === undefined) throw notFound('plan')
  return row
}

/** Stores a new version of a project's plan and gives its number. The project's row must be locked. */
export async function insertPlan(
  tx: Tx,
  project: { id: string; workspaceId: string },
  plan: { hash: string; draft: PlanDraft; lint: readonly Finding[] },
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into plans (project_id, workspace_id, version, hash, body, lint)
    select ${project.id}::uuid, ${project.workspaceId}::uuid, coalesce(max(version), 0) + 1,
      ${plan.hash}, ${jsonb(plan.draft)}, ${jsonb(plan.lint)}
    from plans where project_id = ${project.id}::uuid
    returning version`.execute(tx)
  return rows[0]?.version ?? 1
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
