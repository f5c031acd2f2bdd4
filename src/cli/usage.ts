import { invalidInput, notFound } from '../domain/errors.ts'
import { type MicroDollars, parseDollars } from '../domain/money.ts'
import {
  budgetView,
  type BudgetView,
  groupView,
  sumView,
  type UsageSumView,
} from '../http/usage-views.ts'
import { changeBudget } from '../pipeline/budget.ts'
import { type BudgetOwner, spendingOf } from '../store/budgets.ts'
import type { Queryable } from '../store/database.ts'
import { getProject } from '../store/projects.ts'
import {
  sumOf,
  type UsageGroup,
  type UsageGrouping,
  usageOfProject,
  usageOfWorkspace,
} from '../store/usage.ts'
import type { Context } from './context.ts'
import { asOperator, type Operator } from './operator.ts'
import { uuid } from './options.ts'
import { type Output, printable } from './output.ts'
import { aligned } from './table.ts'

export interface UsageOptions {
  project?: string
  days: number
}

export interface BudgetOptions {
  project?: string
}

const dayMs = 24 * 60 * 60 * 1000
const mostDays = 366

/** Calls of unknown cost, with what they may have cost at most where that is known. */
function unknownText(calls: number, atMost: string | null): string {
  const many = calls === 1 ? '1 call' : `${calls} calls`
  return `${many} of unknown cost${atMost === null ? '' : ` (at most $${atMost})`}`
}

/** A cost with what is not known of it. */
function costText({
  costUsd,
  unknownCalls,
  unknownUsd,
}: Pick<UsageSumView, 'costUsd' | 'unknownCalls' | 'unknownUsd'>): string {
  if (unknownCalls === 0) return `$${costUsd}`
  const more = unknownText(unknownCalls, unknownUsd)
  return costUsd === null ? more : `$${costUsd} + ${more}`
}

const heads = ['', 'CALLS', 'INPUT', 'CACHED', 'OUTPUT', 'COST']

function cells(name: string, group: Omit<UsageGroup, 'name'>): string[] {
  const { calls, inputTokens, cachedInputTokens, outputTokens } = group
  const counts = [calls, inputTokens, cachedInputTokens, outputTokens].map(String)
  return [printable(name), ...counts, costText(sumView(group))]
}

function showGroups(output: Output, by: UsageGrouping, groups: readonly UsageGroup[]): void {
  const rows = groups.map((group) => cells(group.name, group))
  const lines = aligned([by.toUpperCase(), ...heads.slice(1)], rows)
  if (!output.json) output.result(lines.head, {})
  for (const [index, group] of groups.entries()) {
    output.result(lines.rows[index] ?? '', { by, ...groupView(group) })
  }
  if (!output.json) output.result('', {})
}

function budgetText({ scope, period, limitUsd, state, ...spent }: BudgetView): string {
  const when = scope === 'project' ? 'in all' : `in ${period}`
  const { spentUsd: costUsd, unknownCalls, unknownUsd } = spent
  const taken = costText({ costUsd, unknownCalls, unknownUsd })
  if (limitUsd === null) return `${scope}: no budget; ${taken} spent ${when}`
  return `${scope}: ${taken} of $${limitUsd} spent ${when} (${state})`
}

async function showBudgets(
  { output }: Context,
  db: Queryable,
  owner: BudgetOwner,
  at: Date,
): Promise<void> {
  for (const spending of await spendingOf(db, owner, at)) {
    const view = budgetView(spending, at)
    output.result(budgetText(view), { event: 'budget', ...view })
  }
}

/** The project that a command names, before a database is opened. @throws AppError `bad_option` */
function namedProject({ project }: BudgetOptions): string | undefined {
  return project === undefined ? undefined : uuid('project', project)
}

/** Whose money a command is about. @throws AppError `not_found` */
async function ownerOf(
  { pipeline, principal }: Operator,
  project: string | undefined,
): Promise<BudgetOwner> {
  const { workspaceId } = principal
  if (project === undefined) return { workspaceId, projectId: null }
  const found = await getProject(pipeline.database.db, project)
  if (found.workspace_id !== workspaceId) throw notFound('project')
  return { workspaceId, projectId: found.id }
}

/** Shows what model calls took and cost: of a project, or of the workspace in the last days. */
export async function usageCommand(context: Context, options: UsageOptions): Promise<void> {
  const { output } = context
  if (options.days > mostDays) {
    throw invalidInput('bad_option', `--days is a number from 1 to ${mostDays}.`)
  }
  const project = namedProject(options)
  await asOperator(context, async (operator) => {
    const { database, clock } = operator.pipeline
    const owner = await ownerOf(operator, project)
    const { workspaceId, projectId } = owner
    const at = clock()
    const to = at.toISOString().slice(0, 10)
    const from = new Date(Date.parse(to) - (options.days - 1) * dayMs).toISOString().slice(0, 10)
    const groups = (by: UsageGrouping) =>
      projectId === null
        ? usageOfWorkspace(database.db, workspaceId, { from, to }, by)
        : usageOfProject(database.db, projectId, by)
    const days = await groups('day')
    const total = sumOf(days)
    const whole = projectId === null ? `total from ${from} to ${to}` : 'total'
    if (total.calls > 0) {
      showGroups(output, 'day', days)
      showGroups(output, 'stage', await groups('stage'))
      showGroups(output, 'model', await groups('model'))
    }
    const { head, rows } = aligned(heads, [cells(whole, total)])
    output.result([head, ...rows].join('\n'), { by: 'total', ...sumView(total) })
    await showBudgets(context, database.db, owner, at)
  })
}

/** Shows the budget of the workspace, or of a project and its workspace. */
export async function showBudgetCommand(context: Context, options: BudgetOptions): Promise<void> {
  const project = namedProject(options)
  await asOperator(context, async (operator) => {
    const { database, clock } = operator.pipeline
    await showBudgets(context, database.db, await ownerOf(operator, project), clock())
  })
}

async function change(
  context: Context,
  amount: MicroDollars | null,
  options: BudgetOptions,
): Promise<void> {
  const project = namedProject(options)
  await asOperator(context, async (operator) => {
    const { pipeline, principal } = operator
    const owner = await ownerOf(operator, project)
    await changeBudget(pipeline, principal, owner.projectId, amount)
    await showBudgets(context, pipeline.database.db, owner, pipeline.clock())
  })
}

/** Sets a budget in US dollars. @throws AppError `bad_amount`, `bad_option`, `not_found` */
export async function setBudgetCommand(
  context: Context,
  amount: string,
  options: BudgetOptions,
): Promise<void> {
  await change(context, parseDollars(amount), options)
}

/** Takes a budget away. @throws AppError `bad_option`, `not_found` */
export async function removeBudgetCommand(context: Context, options: BudgetOptions): Promise<void> {
  await change(context, null, options)
}
