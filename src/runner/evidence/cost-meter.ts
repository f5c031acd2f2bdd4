import type { BuildCost } from '../../domain/build.ts'

/** Adds up what the sessions of an agent say that they have cost. */
export interface CostMeter {
  /** What a session has cost so far; a later word replaces an earlier one. */
  tell(session: string, cost: BuildCost): void
  /** Undefined as long as nobody has told, and when sessions tell in different currencies. */
  total(): BuildCost | undefined
}

/** A build opens a few; whoever tells of more does not tell of sessions. */
const maxSessions = 1_000

/** A meter that goes on from what earlier attempts have cost. */
export function createCostMeter(before?: BuildCost): CostMeter {
  const bySession = new Map<string, BuildCost>()
  return {
    tell(session, cost) {
      if (bySession.size < maxSessions || bySession.has(session)) bySession.set(session, cost)
    },
    total() {
      const [first, ...others] = [...(before ? [before] : []), ...bySession.values()]
      if (!first || others.some(({ currency }) => currency !== first.currency)) return undefined
      const amount = others.reduce((sum, cost) => sum + cost.amount, first.amount)
      return { amount, currency: first.currency }
    },
  }
}
