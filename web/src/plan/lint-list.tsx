import type { LintFindingView } from '../../../src/http/views.ts'
import { Chip } from '../parts/chip.tsx'

function Finding({ finding }: { finding: LintFindingView }) {
  const { rule, severity, line, message } = finding
  return (
    <>
      <Chip tone={severity === 'error' ? 'bad' : 'ask'}>{severity}</Chip>
      <span>
        {message}{' '}
        <span className="lint-place mono">
          line {line} · {rule}
        </span>
      </span>
    </>
  )
}

const keyOf = ({ rule, line, column, message }: LintFindingView) =>
  `${rule} ${line} ${column} ${message}`

/** What the checks of Kiro's format found at one place. */
export function LintMark({ findings }: { findings: readonly LintFindingView[] }) {
  return (
    <ul className="lint lint-mark">
      {findings.map((finding) => (
        <li key={keyOf(finding)}>
          <Finding finding={finding} />
        </li>
      ))}
    </ul>
  )
}

interface LintListProps {
  findings: readonly LintFindingView[]
  onGo: (finding: LintFindingView) => void
}

/** All that the checks found; each leads to its line. */
export function LintList({ findings, onGo }: LintListProps) {
  return (
    <ul className="lint" aria-label="Findings of the checks">
      {findings.map((finding) => (
        <li key={keyOf(finding)}>
          <button type="button" className="lint-go" onClick={() => onGo(finding)}>
            <Finding finding={finding} />
          </button>
        </li>
      ))}
    </ul>
  )
}
