import { lazy, Suspense, useMemo, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Note } from '../../parts/note.tsx'
import { Person } from '../../parts/person.tsx'
import { ClashList } from './clash-list.tsx'
import type { Draft } from './draft.ts'
import { type Clash, clashesOf, mergedText, mergeParts, type Side } from './merge.ts'

const TextDiff = lazy(async () => ({
  default: (await import('../changes/text-diff-view.tsx')).TextDiff,
}))

interface ConflictNoteProps {
  name: string
  /** What the text was when the edit began. */
  base: string
  mine: string
  newest: { version: number; text: string; editedBy: string | null }
  onResolve: (draft: Draft) => void
}

/** A choice stays with its lines while more is typed elsewhere. */
const nameOf = ({ mine, theirs }: Clash) => JSON.stringify([mine, theirs])

function whatItChanges(facts: { name: string; isSame: boolean; clashes: number }): string {
  if (facts.isSame) return `It leaves ${facts.name} as it was, so that your text fits it.`
  if (facts.clashes === 0) return 'It changes other lines than you do.'
  return 'It changes lines that you change too: choose what shall stand. All other changes are kept.'
}

function Happened({
  version,
  editedBy,
}: Pick<ConflictNoteProps['newest'], 'version' | 'editedBy'>) {
  return (
    <>
      Version {version} was made meanwhile
      {editedBy !== null && (
        <>
          {' '}
          by <Person id={editedBy} />
        </>
      )}
      . What you typed is kept.
    </>
  )
}

/** Somebody has made a newer version meanwhile: what changed, and how to go on without losing a word. */
export function ConflictNote({ name, base, mine, newest, onResolve }: ConflictNoteProps) {
  const [shown, setShown] = useState(false)
  const [sides, setSides] = useState<ReadonlyMap<string, Side>>(new Map())
  const { version } = newest
  const parts = useMemo(() => mergeParts(base, mine, newest.text), [base, mine, newest.text])
  const clashes = clashesOf(parts)
  const sideOf = (clash: Clash) => sides.get(nameOf(clash))
  const merged = mergedText(parts, sideOf)
  return (
    <div role="alert">
      <Note tone="ask" title={<Happened version={version} editedBy={newest.editedBy} />}>
        <p>{whatItChanges({ name, isSame: newest.text === base, clashes: clashes.length })}</p>
        {clashes.length > 0 && (
          <ClashList
            clashes={clashes}
            version={version}
            sideOf={sideOf}
            onChoose={(clash, side) => setSides(new Map([...sides, [nameOf(clash), side]]))}
          />
        )}
        <div className="approve-actions">
          <Button
            kind="primary"
            disabled={merged === undefined}
            onClick={() => merged !== undefined && onResolve({ version, text: merged })}
          >
            Put my changes on version {version}
          </Button>
          {newest.text !== base && (
            <Button aria-expanded={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Hide' : 'Show'} the whole difference
            </Button>
          )}
        </div>
        {shown && (
          <Suspense fallback={<p className="small muted">Comparing …</p>}>
            <TextDiff
              label={`Version ${version} of ${name}, and your text`}
              before={newest.text}
              after={mine}
            />
          </Suspense>
        )}
      </Note>
    </div>
  )
}
