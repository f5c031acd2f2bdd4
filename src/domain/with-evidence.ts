import type { CriterionEvidence } from './build.ts'

/** What is shown of criteria after an event told more: in the order in which they were first told. */
export function withEvidence(
  known: readonly CriterionEvidence[],
  told: readonly CriterionEvidence[],
): CriterionEvidence[] {
  const byRef = new Map([...known, ...told].map((evidence) => [evidence.ref, evidence]))
  return [...byRef.values()]
}
