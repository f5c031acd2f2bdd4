import type { Brief } from '../../../domain/brief.ts'
import type { Risk } from '../../../domain/plan.ts'
import { renderDesign } from '../../../kiro/design.ts'
import { inline } from '../../../kiro/inline.ts'
import type { CorrectnessProperty } from '../../../kiro/tree.ts'
import { questionsOf } from '../design-document.ts'
import { riskTable } from '../risks.ts'
import { numberedCriteria } from '../planned.ts'
import type { Area } from '../planned.ts'

/** design.md of a bugfix, with the sections that Kiro gives it. */
export function bugfixDesign(
  brief: Brief,
  title: string,
  areas: readonly Area[],
  risks: readonly Risk[],
): string {
  const all = numberedCriteria(areas)
  const listOf = (part: number): string =>
    all
      .filter(({ ref }) => ref.startsWith(`${part}.`))
      .map(({ ref, value }) => `- ${value.text} (${ref})`)
      .join('\n')
  const summary = inline(brief.summary, 2_000)
  return renderDesign({
    title,
    sections: [
      { heading: 'Overview', body: summary || 'A defect of a product that is in use is mended.' },
      { heading: 'Bug Details', body: `The defect shows like this:\n\n${listOf(1)}` },
      {
        heading: 'Expected Behavior',
        body: `${listOf(2)}\n\nWhat stays as it is:\n\n${listOf(3)}`,
      },
      { heading: 'Hypothesized Root Cause', body: cause },
      { heading: 'Correctness Properties', body: 'What holds when the defect is mended.' },
      { heading: 'Fix Implementation', body: fix },
      { heading: 'Testing Strategy', body: testing },
      { heading: 'Risks', body: riskTable(risks) },
      { heading: 'Open Questions', body: questionsOf(brief) },
    ],
    properties: propertiesOf(areas),
  })
}

const cause =
  'Nobody has looked at the code yet, so no cause is named here. The test that shows the defect comes first; its smallest example says where to look.'

const fix =
  'Where the change belongs follows from the cause. It is as small as the cause allows, and no other behaviour changes with it.'

const testing = `- The test of the defect is written first and fails; after the fix it passes as it is.
- The tests of what must not change are written before the fix and pass before and after it.
- The tests that the product has pass throughout.`

function propertiesOf(areas: readonly Area[]): CorrectnessProperty[] {
  const refs = numberedCriteria(areas).map(({ ref }) => ref)
  const of = (part: number): string[] => refs.filter((ref) => ref.startsWith(`${part}.`))
  return [
    {
      number: 1,
      title: 'The defect is gone',
      statement:
        '*For any* case in which the defect showed, the system SHALL do what is expected instead.',
      validates: of(2),
    },
    {
      number: 2,
      title: 'Everything else is as before',
      statement:
        '*For any* case in which the defect did not show, the system SHALL do what it did before the fix.',
      validates: of(3),
    },
  ]
}
