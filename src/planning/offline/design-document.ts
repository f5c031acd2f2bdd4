import type { Brief, BriefItem } from '../../domain/brief.ts'
import { jobOf } from '../../domain/job.ts'
import type { Risk, StackChoice } from '../../domain/plan.ts'
import { renderDataModels } from '../../kiro/data-models.ts'
import { renderDesign } from '../../kiro/design.ts'
import { inline } from '../../kiro/inline.ts'
import type { CorrectnessProperty } from '../../kiro/tree.ts'
import { architectureOf } from './architecture.ts'
import { componentsOf } from './components.ts'
import { entityDiagram } from './entity-diagram.ts'
import { numberedCriteria } from './planned.ts'
import type { Outline } from './planned.ts'
import { riskTable } from './risks.ts'

export interface DesignParts {
  brief: Brief
  outline: Outline
  properties: readonly CorrectnessProperty[]
  stack: readonly StackChoice[]
  risks: readonly Risk[]
}

/** design.md. */
export function designDocument({ brief, outline, properties, stack, risks }: DesignParts): string {
  const isNew = jobOf(brief) === 'new'
  return renderDesign({
    title: outline.title,
    sections: [
      { heading: 'Overview', body: overviewOf(brief, outline) },
      { heading: 'Architecture', body: architectureOf(brief, outline, stack) },
      { heading: 'Stack', body: stackTable(stack) },
      {
        heading: 'Components and Interfaces',
        body: isNew ? componentsOf(outline) : changesOf(outline),
      },
      {
        heading: 'Data Models',
        body: dataModelsOf(outline),
      },
      {
        heading: 'Correctness Properties',
        body:
          properties.length > 0
            ? 'What holds for all records, whatever they are.'
            : 'No criterion speaks of all records of a kind, so there is no property to hold.',
      },
      { heading: 'Error Handling', body: isNew ? errors : inUse.errors },
      { heading: 'Testing Strategy', body: isNew ? testing : inUse.testing },
      { heading: 'Risks', body: riskTable(risks) },
      { heading: 'Open Questions', body: questionsOf(brief) },
    ],
    properties,
  })
}

const errors = `- A request that breaks a rule is answered with 409 and one sentence that says which; one with missing or wrong fields with 422 and the names of the fields.
- What does not exist is answered with 404, a body that is no JSON with 400, one above 1 MiB with 413.
- A fault of the software is answered with 500 and a plain sentence; the details go to the log and to nobody else.
- A change is stored as a whole or not at all, so that a crash leaves the old state or the new one.`

const testing = `- Every criterion that is carried out has an acceptance test that bears its number and talks to the running server over HTTP.
- Optional property tests hold the correctness properties with generated records.
- All tests run with \`npm test\`, without a network and with a fresh data folder for each.`

/** What a design says of a product that is in use, whatever its changes are. */
export const inUse = {
  errors:
    '- What the product does about errors stays as it is; a change that can fail says so in the same way.',
  testing: `- The tests that the product has pass before the first change and after each one.
- Every criterion has a test that bears its number and fails before its change.
- What must not change is held by tests that are written first.`,
} as const

/** The records as a diagram and as tables. */
export function dataModelsOf({ entities }: Outline): string {
  const parts = [entityDiagram(entities), renderDataModels(entities)]
  return (
    parts.filter((part) => part !== '').join('\n\n') ||
    'The talk names nothing that the software keeps; see the open questions.'
  )
}

/** For a product whose parts are not known: what is changed, by its criteria. */
export function changesOf({ areas }: Outline): string {
  const rows = numberedCriteria(areas).map(({ ref, value }) => {
    return `| ${inline(value.title)} | ${value.kept ? 'stays' : 'changes'} | ${ref} |`
  })
  return ['| What | | Criterion |', '| --- | --- | --- |', ...rows].join('\n')
}

function overviewOf(brief: Brief, { system }: Outline): string {
  const summary = inline(brief.summary, 2_000) || `${system} does what requirements.md asks for.`
  return [summary, ...aimsOf(brief)].join('\n\n')
}

/** What the design is held to, beside what requirements.md says: goals, limits, wishes, time and money. */
export function aimsOf(brief: Brief): string[] {
  const kinds: readonly (readonly [BriefItem['kind'], string])[] = [
    ['goal', 'Goals'],
    ['constraint', 'Constraints'],
    ['preference', 'Preferences'],
    ['timeline', 'Timeline'],
    ['budget', 'Budget'],
  ]
  return kinds.flatMap(([kind, heading]) => {
    const items = brief.items.filter((item) => item.kind === kind).slice(0, 50)
    if (items.length === 0) return []
    return [`### ${heading}\n\n${items.map((item) => bullet(item)).join('\n')}`]
  })
}

/** A statement with its id in the brief, and whether it is a guess. */
export function bullet({ id, statement, inferred }: BriefItem): string {
  return `- ${inline(statement)} (${id}${inferred === undefined ? '' : ', inferred'})`
}

/** The stack as a table: part, choice, reason and basis. */
export function stackTable(stack: readonly StackChoice[]): string {
  const basis = { asked_for: 'asked for', constraint: 'a constraint', default: 'a default' }
  const rows = stack.map(
    (one) =>
      `| ${one.part} | ${inline(one.choice)} | ${inline(one.reason)} | ${basis[one.basis]} |`,
  )
  return ['| Part | Choice | Reason | Basis |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** What the talk left open, and where it contradicts itself. */
export function questionsOf(brief: Brief): string {
  const questions = brief.openQuestions.slice(0, 100).map(({ id, question, why, citations }) => {
    const turns = [...new Set(citations.map(({ turn }) => turn))].join(', ')
    const reason = inline(why, 300)
    return `- ${inline(question, 500)}${reason ? ` ${reason}` : ''} (${id}${turns ? `, ${turns}` : ''})`
  })
  const contradictions = brief.contradictions.slice(0, 100).map(({ id, statement, citations }) => {
    const turns = [...new Set(citations.map(({ turn }) => turn))].join(', ')
    return `- Contradiction: ${inline(statement, 500)} Both stand in the talk (${id}, ${turns}); a person decides.`
  })
  const all = [...questions, ...contradictions]
  return all.length > 0 ? all.join('\n') : 'None: the talk left nothing open that the plan needs.'
}
