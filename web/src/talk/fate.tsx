import type { LedgerEntry } from '../../../src/domain/brief.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import type { Tone } from '../parts/tone.ts'

/** What became of a turn that carries something. */
export type Fate = LedgerEntry['outcome']

export const fateWords: Readonly<Record<Fate, string>> = {
  used: 'Used',
  open: 'Left open',
  superseded: 'Taken back',
  rejected: 'Set aside',
}

const looks: Readonly<Record<Fate, { tone: Tone; icon: IconName }>> = {
  used: { tone: 'good', icon: 'check' },
  open: { tone: 'ask', icon: 'question' },
  superseded: { tone: 'quiet', icon: 'back' },
  rejected: { tone: 'bad', icon: 'cross' },
}

/** The fate that an address names. */
export function readFate(name: string | null): Fate | undefined {
  return fates.find((fate) => fate === name)
}

const fates = ['used', 'open', 'superseded', 'rejected'] as const satisfies readonly Fate[]

/** The mark of a turn at its end; words say the same to a screen reader. */
export function FateMark({ fate }: { fate: Fate }) {
  const { tone, icon } = looks[fate]
  return (
    <span className={`fate tone-${tone}`} title={fateWords[fate]}>
      <Icon name={icon} />
    </span>
  )
}

interface FateFilterProps {
  ledger: ReadonlyMap<string, LedgerEntry>
  fate: Fate | undefined
  onChoose: (fate: Fate | undefined) => void
}

/** How many turns became what; a press shows those alone. */
export function FateFilter({ ledger, fate, onChoose }: FateFilterProps) {
  const counts = Map.groupBy(ledger.values(), ({ outcome }) => outcome)
  const there = fates.filter((one) => counts.has(one))
  if (there.length === 0) return null
  return (
    <fieldset className="fates">
      <legend className="unseen">Show only turns that were</legend>
      {there.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === fate}
          onClick={() => onChoose(one === fate ? undefined : one)}
        >
          <FateMark fate={one} />
          {fateWords[one]} <span className="numbers">{counts.get(one)?.length}</span>
        </button>
      ))}
    </fieldset>
  )
}
