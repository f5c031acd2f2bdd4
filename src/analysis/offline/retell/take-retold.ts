import type { Finding } from '../findings.ts'
import type { Retold } from './retold.ts'

/** A talk of few clauses is taken for one that rules read as a whole. */
const doubt = 6

/** What nobody asked for may be told of anything, and what breaks off may mean anything. */
const unclear = 0.65

/** What is said in vague words has to be surer. */
const more = 0.1

/**
 * What rules found, with what was told again of clauses that they do not read, in the talk's order. Where
 * rules read most of a talk, what they leave is talk rather than wishes, and has to weigh more.
 */
export function withRetold(findings: readonly Finding[], retold: readonly Retold[]): Finding[] {
  const read = retold.filter(({ known }) => known).length
  const share = (read + doubt) / (retold.length + doubt)
  const least = 0.1 + 0.75 * share
  const isSure = ({ weight, clear, vague }: Retold) =>
    weight >= (clear ? least : Math.max(least, unclear)) + (vague ? more : 0)
  const taken = retold.filter((one) => !one.known && isSure(one))
  return [...findings, ...taken.map(({ finding }) => finding)].sort((a, b) => a.at - b.at)
}
