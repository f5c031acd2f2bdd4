import { isSupported } from '../faithfulness.ts'
import type { Finding } from '../findings.ts'
import type { Ground, Retold } from './retold.ts'

/** A talk of few clauses is taken for one that rules read as a whole. */
const doubt = 6

/** How sure a clause has to be at least, by what it stands on. */
const leastOn: Readonly<Record<Ground, number>> = { asked: 0, told: 0.4, unsound: 0.65 }

/** What is said in vague words has to be surer. */
const more = 0.1

/**
 * What rules found, with what was told again of clauses that they do not read, in the talk's order. Where
 * rules read most of a talk, what they leave is talk rather than wishes, and has to weigh more.
 */
export function withRetold(findings: readonly Finding[], retold: readonly Retold[]): Finding[] {
  const read = retold.filter(({ known }) => known).length
  const share = (read + doubt) / (retold.length + doubt)
  const least = 0.75 * share - 0.05
  const isSure = ({ weight, ground, vague }: Retold) =>
    weight >= Math.max(least, leastOn[ground]) + (vague ? more : 0)
  const taken = retold.filter((one) => !one.known && isSure(one))
  const all = [...findings, ...taken.map(({ finding }) => finding)]
  // What its quotes do not support was put together wrongly; dates are put in words of our own.
  return all
    .filter((one) => one.kind === 'timeline' || isSupported(one))
    .sort((a, b) => a.at - b.at)
}
