import type { LintFindingView } from '../../../src/http/views.ts'
import { Chip } from '../parts/chip.tsx'

/** What the checks of Kiro's format found, with the place. */
export function LintList({ findings }: { findings: readonly LintFindingView[] }) {
  return (
    <ul className="lint" aria-label="Findings of the checks">
      {findings.map(({ rule, severity, line, column, message }) => (
        <li key={`${rule} ${line} ${column}`}>
          <Chip tone={severity === 'error' ? 'bad' : 'ask'}>{severity}</Chip>
          <span>
            {message}{' '}
            <span className="lint-place mono">
              line {line} · {rule}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
