import { type BudgetStanding, checkBudgets, mustWarn, periodOf } from '../domain/budget.ts'
import { toAppError } from '../domain/errors.ts'
import { dollars } from '../domain/money.ts'
import { costOf, costRange } from '../domain/prices.ts'
import type { Stage } from '../domain/status.ts'
import type { Meter, ModelUsage } from '../model/language-model.ts'
import { type MadeCall, type OpenCall, openCall, settleCall } from '../store/bookings.ts'
import { type BudgetOwner, budgetsOf, claimWarning, lockBudgets } from '../store/budgets.ts'
import { appendEvents } from '../store/events.ts'
import { findAndLockProject, type ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'

type MeterDeps = Pick<PipelineDeps, 'database' | 'prices' | 'clock' | 'id' | 'log' | 'committed'>

/** What the database holds of a count; a provider that says more does not keep the call from being booked. */
const mostTokens = 2 ** 31 - 1

function whole(count: number): number {
  return Number.isFinite(count) ? Math.min(mostTokens, Math.max(0, Math.round(count))) : 0
}

function text(value: string): string {
  return value.replaceAll('\u0000', '').toWellFormed().slice(0, 200)
}

/** The call with what it took, as its provider counted it. */
function madeOf(deps: MeterDeps, call: OpenCall, usage: ModelUsage): MadeCall {
  const tokens = {
    inputTokens: whole(usage.inputTokens),
    cachedInputTokens: whole(usage.cachedInputTokens),
    cacheWriteTokens: whole(usage.cacheWriteTokens),
    outputTokens: whole(usage.outputTokens),
  }
  const { provider, model, answeredBy, counted } = usage
  return {
    ...call,
    answeredBy: answeredBy === undefined ? null : text(answeredBy),
    ...tokens,
    reasoningTokens: whole(usage.reasoningTokens),
    ms: whole(usage.ms),
    outcome: usage.outcome,
    requestId: usage.requestId === undefined ? null : text(usage.requestId),
    costMicros: counted
      ? costOf(deps.prices, { provider, model, answeredBy, ...tokens }, call.at)
      : null,
  }
}

/**
 * Books what a call took. Tried once more where the answer got lost, which books nothing twice; what
 * cannot be booked even so stands in the log, and its call stays open with what it may have cost.
 */
async function settle(deps: MeterDeps, call: MadeCall): Promise<void> {
  const { db } = deps.database
  try {
    await settleCall(db, call)
  } catch (first) {
    if (!toAppError(first).retryable) throw first
    await settleCall(db, call)
  }
}

async function warn(
  deps: MeterDeps,
  project: ProjectRow,
  standing: BudgetStanding,
  at: Date,
): Promise<void> {
  const { scope, limit, spent } = standing
  const owner: BudgetOwner = {
    workspaceId: project.workspace_id,
    projectId: scope === 'project' ? project.id : null,
  }
  const told = await deps.database.db.transaction().execute(async (tx) => {
    // The project first, as everywhere, so that no two transactions wait for each other.
    if ((await findAndLockProject(tx, project.id)) === undefined) return false
    if (!(await claimWarning(tx, owner, periodOf(scope, at)))) return false
    const amounts = {
      limitUsd: dollars(limit),
      spentUsd: dollars(spent.micros),
      ...(spent.unknownMicros > 0 && { unknownUsd: dollars(spent.unknownMicros) }),
    }
    await appendEvents(tx, project.id, [{ type: 'budget.warned', scope, ...amounts }])
    return true
  })
  if (told) deps.committed(project.id)
}

/** Tells people of budgets that run out; a failure of that is no reason to lose what the call gave. */
async function warnWhereDue(deps: MeterDeps, project: ProjectRow, at: Date): Promise<void> {
  const owner = { workspaceId: project.workspace_id, projectId: project.id }
  try {
    for (const standing of await budgetsOf(deps.database.db, owner, at)) {
      if (mustWarn(standing, at)) await warn(deps, project, standing, at)
    }
  } catch (thrown) {
    // The next booking sees the same and tells it.
    deps.log.warn({ projectId: project.id, code: toAppError(thrown).code }, 'budget.not_warned')
  }
}

/**
 * The meter of one stage of one project: books each call before it is made, with what it may cost,
 * and what it took when it has ended, and keeps the calls within the budgets. A call whose process
 * ends meanwhile stays booked at an unknown cost. Budgets count calls of unknown cost as dear as they
 * may have been, those under way too, whichever worker makes them, so that workers never overshoot
 * a budget together. The database is asked only when a model is called; the offline way never does.
 */
export function createMeter(deps: MeterDeps, project: ProjectRow, stage: Stage): Meter {
  const owner: BudgetOwner = { workspaceId: project.workspace_id, projectId: project.id }
  return {
    onCall: async (planned) => {
      const at = deps.clock()
      const { provider, model, prompt } = planned
      const range = costRange(deps.prices, planned, at)
      const call: OpenCall = {
        id: deps.id(),
        workspaceId: owner.workspaceId,
        projectId: project.id,
        stage,
        provider: text(provider),
        model: text(model),
        prompt: `${prompt.id}@${prompt.version}`,
        mostMicros: range?.high ?? null,
        at,
      }
      await deps.database.db.transaction().execute(async (tx) => {
        const standings = await lockBudgets(tx, owner, at)
        checkBudgets(standings, { model: `${provider}/${model}`, range })
        await openCall(tx, call)
      })
      return async (usage) => {
        const made = madeOf(deps, call, usage)
        try {
          await settle(deps, made)
        } catch (thrown) {
          deps.log.error({ ...made, code: toAppError(thrown).code }, 'usage.not_booked')
          throw thrown
        }
        await warnWhereDue(deps, project, deps.clock())
      }
    },
  }
}
