import { sql } from 'kysely'
import { type BudgetScope, type BudgetStanding, monthStart } from '../domain/budget.ts'
import type { MicroDollars } from '../domain/money.ts'
import type { Queryable, Tx } from './database.ts'
import { toCost } from './usage.ts'

/** Whose budgets: a workspace's own, and one of its projects' where it is named. */
export interface BudgetOwner {
  workspaceId: string
  projectId: string | null
}

interface StandingRow {
  scope: BudgetScope
  amount: string | null
  calls: string
  cost_micros: string
  unknown_calls: string
  unpriced_calls: string
  unknown_micros: string
  warned_for: string | null
}

/** What was taken from a budget in its period; the limit is null where there is none. */
export interface Spending extends Omit<BudgetStanding, 'limit'> {
  limit: MicroDollars | null
  /** All that were made, or are under way. */
  calls: number
}

/** The spending of a project in all and of its workspace in this month, each with its budget. */
export async function spendingOf(
  db: Queryable,
  { workspaceId, projectId }: BudgetOwner,
  at: Date,
): Promise<Spending[]> {
  const { rows } = await sql<StandingRow>`
    select 'project' as scope, b.amount_micros::text as amount, b.warned_for,
      coalesce(u.calls, 0)::text as calls, coalesce(u.cost_micros, 0)::text as cost_micros,
      coalesce(u.unknown_calls, 0)::text as unknown_calls,
      coalesce(u.unpriced_calls, 0)::text as unpriced_calls,
      coalesce(u.unknown_micros, 0)::text as unknown_micros
    from (select ${projectId}::uuid as id) own
      left join budgets b on b.scope_id = own.id
      left join usage_by_project u on u.project_id = own.id
    where own.id is not null
    union all
    select 'workspace', b.amount_micros::text, b.warned_for, u.calls, u.cost_micros, u.unknown_calls,
      u.unpriced_calls, u.unknown_micros
    from (select coalesce(sum(calls), 0)::text as calls,
        coalesce(sum(cost_micros), 0)::text as cost_micros,
        coalesce(sum(unknown_calls), 0)::text as unknown_calls,
        coalesce(sum(unpriced_calls), 0)::text as unpriced_calls,
        coalesce(sum(unknown_micros), 0)::text as unknown_micros
      from usage_by_day where workspace_id = ${workspaceId}::uuid
        and day >= ${monthStart(at)}::date) u
      left join budgets b on b.scope_id = ${workspaceId}::uuid`.execute(db)
  return rows.map((row) => ({
    scope: row.scope,
    limit: row.amount === null ? null : Number(row.amount),
    calls: Number(row.calls),
    spent: toCost(row),
    warnedFor: row.warned_for,
  }))
}

/** The budgets that a project's calls are held to, its own first; empty when there are none. */
export async function budgetsOf(
  db: Queryable,
  owner: BudgetOwner,
  at: Date,
): Promise<BudgetStanding[]> {
  const spendings = await spendingOf(db, owner, at)
  return spendings.flatMap(({ limit, calls: _calls, ...rest }) =>
    limit === null ? [] : [{ limit, ...rest }],
  )
}

/**
 * The budgets that a project's calls are held to, locked, so that what is decided by them holds when
 * this transaction commits: calls that several workers are about to make are let through one by one.
 */
export async function lockBudgets(tx: Tx, owner: BudgetOwner, at: Date): Promise<BudgetStanding[]> {
  // The project first, as everywhere, so that no two transactions wait for each other.
  await sql`select id from projects where id = ${owner.projectId}::uuid for key share`.execute(tx)
  const { rows } = await sql`select scope_id from budgets
    where scope_id in (${owner.projectId}::uuid, ${owner.workspaceId}::uuid)
    order by project_id nulls last for update`.execute(tx)
  return rows.length === 0 ? [] : budgetsOf(tx, owner, at)
}

function scopeId({ workspaceId, projectId }: BudgetOwner): string {
  return projectId ?? workspaceId
}

/** Sets a budget, or takes it away (null); whoever was warned is warned again of the new one. */
export async function setBudget(
  tx: Tx,
  owner: BudgetOwner,
  amount: MicroDollars | null,
): Promise<void> {
  if (amount === null) {
    await tx.deleteFrom('budgets').where('scope_id', '=', scopeId(owner)).execute()
    return
  }
  await tx
    .insertInto('budgets')
    .values({
      scope_id: scopeId(owner),
      workspace_id: owner.workspaceId,
      project_id: owner.projectId,
      amount_micros: amount,
    })
    .onConflict((onConflict) =>
      onConflict.column('scope_id').doUpdateSet({
        amount_micros: amount,
        warned_for: sql`case when budgets.amount_micros = excluded.amount_micros
          then budgets.warned_for end`,
        updated_at: sql<Date>`now()`,
      }),
    )
    .execute()
}

/** Notes that people were told in this period; false when somebody else had told them. */
export async function claimWarning(tx: Tx, owner: BudgetOwner, period: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('budgets')
    .set({ warned_for: period })
    .where('scope_id', '=', scopeId(owner))
    .where((eb) => eb('warned_for', 'is distinct from', period))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
