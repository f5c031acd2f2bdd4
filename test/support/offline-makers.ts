import type { Analyst } from '../../src/analysis/analyst.ts'
import { guardAnalyst } from '../../src/analysis/guard.ts'
import { createOfflineAnalyst } from '../../src/analysis/offline/analyst.ts'
import { guardPlanner } from '../../src/planning/guard.ts'
import { createOfflinePlanner } from '../../src/planning/offline/planner.ts'
import type { Planner } from '../../src/planning/planner.ts'

const tools = { talkwright: 'test' }

/** The makers that need no model, or another analyst, behind the checks that the product puts before them. */
export function offlineMakers(analyst: Analyst = createOfflineAnalyst()): {
  analyst: Analyst
  planner: Planner
} {
  return {
    analyst: guardAnalyst(analyst, tools),
    planner: guardPlanner(createOfflinePlanner(), tools),
  }
}
