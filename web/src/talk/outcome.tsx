import type { LedgerEntry } from '../../../src/domain/brief.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type { TurnRole } from '../../../src/domain/turn.ts'
import type { Finding } from './evidence.ts'

interface OutcomeProps {
  role: TurnRole
  hasBrief: boolean
  entry: LedgerEntry | undefined
  findings: readonly Finding[]
  onChoose: (id: string) => void
  onSeek: (turn: string) => void
}

function withoutEntry({ role, hasBrief, findings }: OutcomeProps): string {
  if (!hasBrief) return 'The talk has not been analysed yet.'
  if (findings.length > 0) return 'Cited by'
  return role === 'client'
    ? 'Nothing was taken from this: it states no need, wish, limit or decision.'
    : 'Only what the client says or agrees to is asked for.'
}

function Sentence(props: OutcomeProps) {
  const { entry, onSeek } = props
  if (entry === undefined) return withoutEntry(props)
  switch (entry.outcome) {
    case 'used':
      return `Became ${entry.items.join(', ')}`
    case 'open':
      return `Left open: ${entry.items.join(', ')}`
    case 'rejected':
      return `Set aside: ${entry.reason}`
    case 'superseded':
      return (
        <>
          Taken back later:{' '}
          <button type="button" className="text-button" onClick={() => onSeek(entry.by)}>
            {entry.by}
          </button>
        </>
      )
    default:
      return assertNever(entry)
  }
}

/** What became of one turn, and the findings that rest on it. */
export function Outcome(props: OutcomeProps) {
  return (
    <>
      <p>
        <Sentence {...props} />
      </p>
      {props.findings.length > 0 && (
        <ul>
          {props.findings.map((finding) => (
            <li key={finding.id}>
              <button
                type="button"
                className="outcome-finding"
                onClick={() => props.onChoose(finding.id)}
              >
                <span className="finding-id">{finding.id}</span>
                <span>{finding.words}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
