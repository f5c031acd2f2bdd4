import { memo } from 'react'
import type { LedgerEntry, Need } from '../../../src/domain/brief.ts'
import type { Turn } from '../../../src/domain/turn.ts'
import { formatClock } from '../format/time.ts'
import { type Finding, quotesIn } from './evidence.ts'
import { FateMark, fateWords } from './fate.tsx'
import { Outcome } from './outcome.tsx'
import { lightQuotes } from './quotes.ts'
import { speakerName } from './speaker.ts'

interface TurnItemProps {
  turn: Turn
  /** The quotes to light in this turn; a string, so that other turns are not rendered again. */
  lit: string
  litQuotes: Finding | undefined
  findings: readonly Finding[] | undefined
  entry: LedgerEntry | undefined
  needs: readonly Need[] | undefined
  open: boolean
  hasBrief: boolean
  onToggle: (turn: string) => void
  onChoose: (id: string) => void
  onSeek: (turn: string) => void
}

function Words({ text, quotes }: { text: string; quotes: readonly string[] }) {
  return (
    <p className="turn-words">
      {lightQuotes(text, quotes).map((stretch, index) =>
        stretch.lit ? <mark key={index}>{stretch.text}</mark> : stretch.text,
      )}
    </p>
  )
}

function Turned(props: TurnItemProps) {
  const { turn, findings = [], entry, open, onToggle } = props
  const fate = entry?.outcome
  const outcomeId = `outcome-${turn.id}`
  return (
    <li className={`turn turn-${turn.role}`} data-turn={turn.id} data-open={open}>
      <button
        type="button"
        className="turn-who"
        aria-expanded={open}
        aria-controls={open ? outcomeId : undefined}
        onClick={() => onToggle(turn.id)}
      >
        <span className="turn-speaker">{speakerName(turn.speaker)}</span>
        <span className="turn-when numbers">
          {turn.start !== undefined && `${formatClock(turn.start)} · `}
          {turn.id}
        </span>
        <span className="unseen">
          {fate !== undefined && `${fateWords[fate]}. `}What became of this
        </span>
      </button>
      <div className="turn-body">
        <Words text={turn.text} quotes={quotesIn(props.litQuotes, turn.id)} />
        {open && (
          <div id={outcomeId} className="turn-outcome">
            <Outcome
              role={turn.role}
              hasBrief={props.hasBrief}
              entry={props.entry}
              needs={props.needs}
              findings={findings}
              onChoose={props.onChoose}
              onSeek={props.onSeek}
            />
          </div>
        )}
      </div>
      <span className="turn-cited numbers" aria-hidden="true">
        {fate !== undefined && <FateMark fate={fate} />}
        {findings.map((finding) => finding.id).join(' ')}
      </span>
    </li>
  )
}

/** One turn of the talk, and what became of it when it is open. */
export const TurnItem = memo(
  Turned,
  (before, after) =>
    before.lit === after.lit &&
    before.turn === after.turn &&
    before.findings === after.findings &&
    before.entry === after.entry &&
    before.needs === after.needs &&
    before.open === after.open &&
    before.hasBrief === after.hasBrief,
)
