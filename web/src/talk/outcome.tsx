import type { LedgerEntry, Need } from '../../../src/domain/brief.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type { TurnRole } from '../../../src/domain/turn.ts'
import type { Finding } from './evidence.ts'

interface OutcomeProps {
  role: TurnRole
  hasBrief: boolean
  entry: LedgerEntry | undefined
  needs: readonly Need[] | undefined
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

type Told = LedgerEntry | Need

function Sentence({ told, onSeek }: { told: Told; onSeek: (turn: string) => void }) {
  switch (told.outcome) {
    case 'used':
      return `Became ${told.items.join(', ')}`
    case 'open':
      return `Left open: ${told.items.join(', ')}`
    case 'rejected':
      return `Set aside: ${told.reason}`
    case 'missed':
      return told.items.length > 0
        ? `Not understood: ${told.items.join(', ')} asks`
        : 'Nothing was made of it'
    case 'superseded':
      return (
        <>
          Taken back later:{' '}
          <button type="button" className="text-button" onClick={() => onSeek(told.by)}>
            {told.by}
          </button>
        </>
      )
    default:
      return assertNever(told)
  }
}

/** What became of each part of a turn that carries something. */
function Parts({ needs, onSeek }: { needs: readonly Need[]; onSeek: (turn: string) => void }) {
  return (
    <ul className="outcome-needs">
      {needs.map((need) => (
        <li key={JSON.stringify(need)}>
          “{need.quote}” <Sentence told={need} onSeek={onSeek} />
        </li>
      ))}
    </ul>
  )
}

function Summary(props: OutcomeProps) {
  const { entry, needs = [], onSeek } = props
  const isSplit = needs.length > 1 || needs.some(({ outcome }) => outcome === 'missed')
  if (isSplit) return <Parts needs={needs} onSeek={onSeek} />
  return (
    <p>{entry === undefined ? withoutEntry(props) : <Sentence told={entry} onSeek={onSeek} />}</p>
  )
}

/** What became of one turn, and the findings that rest on it. */
export function Outcome(props: OutcomeProps) {
  return (
    <>
      <Summary {...props} />
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
