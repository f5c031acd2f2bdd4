import type { Estimate } from '../../domain/plan.ts'
import type { Job } from '../../domain/job.ts'
import { numberedCriteria } from './planned.ts'
import type { Outline, PlannedCriterion } from './planned.ts'

/** Hours of the lower and the upper end. */
type Hours = readonly [low: number, high: number]

/** What an estimate takes for granted of something new, and of a product that is in use. */
export const grounds = {
  new: 'The stack is the one named in the plan; hosting, data migration and training are not counted.',
  inUse:
    'Nobody has seen the code of the product; that it can be run and tested is taken for granted.',
} as const

/** A developer's hours for all that was asked for; what the planner added is not counted. */
export function estimateOf({ areas, entities }: Outline, job: Job = 'new'): Estimate {
  const asked = numberedCriteria(areas)
    .map(({ value }) => value)
    .filter(({ inferred }) => inferred === undefined)
  const unclear = asked.filter(({ capability }) => capability === undefined)
  const start: Hours[] = job === 'new' ? [[3, 6], ...entities.map((): Hours => [1, 2])] : [[2, 8]]
  const parts = [...start, ...asked.map(hoursOf)]
  const sum = (end: 0 | 1): number => Math.round(parts.reduce((total, one) => total + one[end], 0))
  return {
    low: sum(0),
    high: sum(1),
    assumptions: [
      'Hours of one skilled developer, tests included, without an agent.',
      grounds[job === 'new' ? 'new' : 'inUse'],
      `${asked.length - unclear.length} of ${asked.length} criteria follow a known pattern; ${unclear.length} are counted with a wide range because details are open.`,
      'Optional tasks, open questions and what is out of scope are not counted.',
    ],
  }
}

function hoursOf({ capability, text }: PlannedCriterion): Hours {
  switch (capability?.kind) {
    case undefined:
      return /\b(?:sync|integrat|calendar|payment|mobile app|sign|who is not)/i.test(text)
        ? [8, 24]
        : [3, 12]
    case 'keep':
      return [0.5, 1]
    case 'report':
    case 'report_export':
    case 'schedule':
      return [2, 5]
    case 'limit':
    case 'full':
    case 'deadline':
      return [1, 4]
    default:
      return [1, 2]
  }
}
