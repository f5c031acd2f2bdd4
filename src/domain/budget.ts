import { z } from 'zod'
import { AppError } from './errors.ts'
import { type CostSum, dollars, type MicroDollars, takenBy } from './money.ts'
import type { CostRange } from './prices.ts'

/** Whose money it is: a project's for all of its life, or a workspace's for a calendar month (UTC). */
export const BudgetScope = z.enum(['project', 'workspace'])
export type BudgetScope = z.infer<typeof BudgetScope>

/** A budget and what was taken from it in its period. */
export interface BudgetStanding {
  scope: BudgetScope
  limit: MicroDollars
  spent: CostSum
  /** The period that people were warned in already. */
  warnedFor: string | null
}

export type BudgetState = 'ok' | 'warned' | 'exceeded'

/** The period that a booking at this time belongs to: `2026-11` of a workspace's budget. */
export function periodOf(scope: BudgetScope, at: Date): string {
  return scope === 'project' ? 'project' : at.toISOString().slice(0, 7)
}

/** The first day of the month, UTC: `2026-11-01`. */
export function monthStart(at: Date): string {
  return `${at.toISOString().slice(0, 7)}-01`
}

/** Warned from 80 % on, exceeded when nothing is left; calls of unknown cost count for the most that they may have cost. */
export function budgetState({
  limit,
  spent,
}: Pick<BudgetStanding, 'limit' | 'spent'>): BudgetState {
  const taken = takenBy(spent)
  if (taken >= limit) return 'exceeded'
  return taken * 5 >= limit * 4 ? 'warned' : 'ok'
}

/** Whether people are to be told now that a budget runs out: once in its period. */
export function mustWarn(standing: BudgetStanding, at: Date): boolean {
  const { scope, warnedFor } = standing
  return budgetState(standing) !== 'ok' && warnedFor !== periodOf(scope, at)
}

const names: Readonly<Record<BudgetScope, string>> = {
  project: "The project's budget",
  workspace: "The workspace's budget for this month",
}

/**
 * Lets a call go ahead that the budgets have room for, also when it costs as much as it may.
 *
 * @param call.range what the call may cost; null when nobody knows the price of its model
 * @throws AppError `budget_exceeded`, and `price_unknown` where there is a budget to keep
 */
export function checkBudgets(
  standings: readonly BudgetStanding[],
  call: { model: string; range: CostRange | null },
): void {
  for (const { scope, limit, spent } of standings) {
    if (call.range === null) {
      throw new AppError(
        'price_unknown',
        `There is a budget to keep, and the price of ${call.model} is not known. Give its price in TALKWRIGHT_PRICES (0 where it costs nothing) or remove the budget, then retry from this stage.`,
        { status: 409 },
      )
    }
    const left = limit - takenBy(spent)
    if (call.range.high <= left) continue
    const held =
      spent.unknownMicros > 0
        ? ` (beside $${dollars(spent.unknownMicros)} that calls of unknown cost may have taken)`
        : ''
    const used = `${names[scope]} of $${dollars(limit)} has $${dollars(Math.max(0, left))} left${held}`
    throw new AppError(
      'budget_exceeded',
      `${used}, and the next call of ${call.model} may cost up to $${dollars(call.range.high)}. Raise the budget, then retry from this stage.`,
      {
        status: 409,
        details: {
          scope,
          limitUsd: dollars(limit),
          spentUsd: dollars(spent.micros),
          unknownUsd: dollars(spent.unknownMicros),
        },
      },
    )
  }
}
