import type { Stated } from '../domain/plan-diff.ts'
import { type PlanFile, planFile } from '../domain/plan.ts'
import { bugfixParts, parseBugfix } from './bugfix.ts'
import { parseRequirements } from './requirements.ts'
import type { UserStory } from './tree.ts'

/** A requirement as the plan's files state it; titles and texts are inline Markdown. */
export interface Requirement {
  ref: string
  title: string
  story?: UserStory
  criteria: readonly Stated[]
}

/**
 * The requirements of requirements.md, or of a bugfix.md its three parts with their statements, in
 * the document's order.
 */
export function requirementsIn(files: readonly PlanFile[]): Requirement[] {
  const bugfix = planFile(files, 'bugfix.md')
  if (bugfix) {
    const document = parseBugfix(bugfix.content)
    return bugfixParts.map(({ part, number, heading }) => ({
      ref: `${number}`,
      title: heading,
      criteria: document[part].map(({ number: ref, text }) => ({ ref, text })),
    }))
  }
  const { requirements } = parseRequirements(planFile(files, 'requirements.md')?.content ?? '')
  return requirements.map(({ number, title, userStory, criteria }) => ({
    ref: `${number}`,
    title,
    ...(userStory && { story: userStory }),
    criteria: criteria.map(({ number: own, text }) => ({ ref: `${number}.${own}`, text })),
  }))
}

/**
 * The numbers of the acceptance criteria; of a bugfix those of what shall be and what shall stay, since
 * what is wrong now is not to be shown of the result.
 */
export function acceptanceCriteria(files: readonly PlanFile[]): string[] {
  const isBugfix = planFile(files, 'bugfix.md') !== undefined
  const wanted = requirementsIn(files).filter(({ ref }) => !isBugfix || ref !== `${defect.number}`)
  return wanted.flatMap(({ criteria }) => criteria.map(({ ref }) => ref))
}

const [defect] = bugfixParts
