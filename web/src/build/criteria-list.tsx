import { memo } from 'react'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type { CriterionEvidence } from '../../../src/domain/build.ts'
import { Chip } from '../parts/chip.tsx'
import type { Tone } from '../parts/tone.ts'
import './criteria.css'

function look(result: CriterionEvidence['result']): { tone: Tone; words: string } {
  switch (result) {
    case 'passed':
      return { tone: 'good', words: 'Shown' }
    case 'failed':
      return { tone: 'bad', words: 'Failed' }
    case 'not_shown':
      return { tone: 'quiet', words: 'Not shown' }
    default:
      return assertNever(result)
  }
}

interface CriterionProps {
  evidence: CriterionEvidence
  text: string | undefined
}

const Criterion = memo(function Criterion({ evidence, text }: CriterionProps) {
  const { ref, result, test } = evidence
  const { tone, words } = look(result)
  return (
    <li className="criterion" data-result={result}>
      <span className="task-id numbers">{ref}</span>
      <span>
        {text}
        {test !== undefined && <span className="criterion-test">Test: {test}</span>}
      </span>
      <Chip tone={tone}>{words}</Chip>
    </li>
  )
})

interface CriteriaListProps {
  evidence: readonly CriterionEvidence[]
  /** The criteria's texts by their number. */
  texts: ReadonlyMap<string, string>
}

/** What the runner's own tests show of each acceptance criterion. */
export function CriteriaList({ evidence, texts }: CriteriaListProps) {
  if (evidence.length === 0) return null
  const shown = evidence.filter(({ result }) => result === 'passed').length
  return (
    <section className="criteria panel" aria-label="Criteria">
      <h2 className="build-pane-head">
        Criteria{' '}
        <span className="small muted numbers">
          {shown} of {evidence.length} shown by a test
        </span>
      </h2>
      <ul>
        {evidence.map((one) => (
          <Criterion key={one.ref} evidence={one} text={texts.get(one.ref)} />
        ))}
      </ul>
    </section>
  )
}
