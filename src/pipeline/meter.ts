import { type BudgetStanding, checkBudgets, mustWarn, periodOf } from '../domain/budget.ts'
import { toAppError } from '../domain/errors.ts'
import { dollars, type MicroDollars } from '../domain/money.ts'
import { costOf, costRange } from '../domain/prices.ts'
import type { Stage } from '../domain/status.ts'
import type { Meter, ModelUsage } from '../model/language-model.ts'
import { type BudgetOwner, budgetsOf, claimWarning } from '../store/budgets.ts'
import { appendEvents } from '../store/events.ts'
import { findAndLockProject, type ProjectRow } from '../store/projects.ts'
import { bookUsage, type NewUsage } from '../store/usage.ts'
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

function toBooking(
  deps: MeterDeps,
  project: ProjectRow,
  stage: Stage,
  usage: ModelUsage,
): NewUsage {
  const at = deps.clock()
  const tokens = {
    inputTokens: whole(usage.inputTokens),
    cachedInputTokens: whole(usage.cachedInputTokens),
    cacheWriteTokens: whole(usage.cacheWriteTokens),
    outputTokens: whole(usage.outputTokens),
  }
  const { provider, model, answeredBy, counted } = usage
  return {
    id: deps.id(),
    workspaceId: project.workspace_id,
    projectId: project.id,
    stage,
    provider: text(provider),
    model: text(model),
    answeredBy: answeredBy === undefined ? null : text(answeredBy),
    prompt: `${usage.prompt.id}@${usage.prompt.version}`,
    ...tokens,
    reasoningTokens: whole(usage.reasoningTokens),
    ms: whole(usage.ms),
    outcome: usage.outcome,
    requestId: usage.requestId === undefined ? null : text(usage.requestId),
    costMicros: counted
      ? costOf(deps.prices, { provider, model, answeredBy, ...tokens }, at)
      : null,
    at,
  }
}

/**
 * Books a call that was made. Tried once more where the answer got lost, which books nothing twice;
 * what cannot be booked even so stands in the log, for the money is spent.
 */
async function book(deps: MeterDeps, booking: NewUsage): Promise<void> {
  const { db } = deps.database
  try {
    await bookUsage(db, booking)
  } catch (first) {
    if (!toAppError(first).retryable) throw first
    await bookUsage(db, booking)
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
    const amounts = { limitUsd: dollars(limit), spentUsd: dollars(spent.micros) }
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

/** Has what is given to it run one after the other. */
function inTurns(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const next = last.then(run)
    last = next.catch(() => undefined)
    return next
  }
}

/**
 * The meter of one stage of one project: books what each call took and keeps the calls within the
 * budgets. It asks the database only when a model is called; the offline way never does. Calls of
 * the same attempt that run side by side are counted together; those of other workers are seen once
 * they are booked, so that workers may overshoot a budget together by what they have in flight.
 */
export function createMeter(deps: MeterDeps, project: ProjectRow, stage: Stage): Meter {
  const owner: BudgetOwner = { workspaceId: project.workspace_id, projectId: project.id }
  /** What calls may cost that were let through, by their model: until they are booked at a known cost. */
  const inFlight = new Map<string, MicroDollars[]>()
  const keyOf = ({ provider, model }: { provider: string; model: string }) => `${provider}/${model}`
  // Or a call that is just being booked would be neither in flight nor in the sums.
  const inTurn = inTurns()
  return {
    onCall: (call) =>
      inTurn(async () => {
        const model = keyOf(call)
        const at = deps.clock()
        const range = costRange(deps.prices, call, at)
        const reserved = [...inFlight.values()].flat().reduce((sum, micros) => sum + micros, 0)
        const standings = await budgetsOf(deps.database.db, owner, at)
        checkBudgets(standings, { model, range, inFlight: reserved })
        inFlight.set(model, [...(inFlight.get(model) ?? []), range?.high ?? 0])
      }),
    onUsage: (usage) =>
      inTurn(async () => {
        const booking = toBooking(deps, project, stage, usage)
        try {
          await book(deps, booking)
        } catch (thrown) {
          deps.log.error({ ...booking, code: toAppError(thrown).code }, 'usage.not_booked')
          throw thrown
        }
        // A call of unknown cost may have cost all that it could: for this attempt it stays counted so.
        if (booking.costMicros !== null) inFlight.get(keyOf(usage))?.shift()
        await warnWhereDue(deps, project, booking.at)
      }),
  }
}
