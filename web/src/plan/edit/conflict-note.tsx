import { lazy, Suspense, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Note } from '../../parts/note.tsx'
import { Person } from '../../parts/person.tsx'
import type { Draft } from './draft.ts'
import { mergeTexts } from './merge.ts'

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

/** Somebody has made a newer version meanwhile: what changed, and how to go on without losing a word. */
export function ConflictNote({ name, base, mine, newest, onResolve }: ConflictNoteProps) {
  const [shown, setShown] = useState(false)
  const merged = mergeTexts(base, mine, newest.text)
  const { version } = newest
  return (
    <div role="alert">
      <Note
        tone="ask"
        title={
          <>
            Version {version} was made meanwhile
            {newest.editedBy !== null && (
              <>
                {' '}
                by <Person id={newest.editedBy} />
              </>
            )}
            . What you typed is kept.
          </>
        }
      >
        <p>
          {newest.text === base && `It leaves ${name} as it was, so that your text fits it.`}
          {newest.text !== base && merged !== undefined && 'It changes other lines than you do.'}
          {merged === undefined && 'It changes lines that you change too.'}
        </p>
        <div className="approve-actions">
          {merged !== undefined && (
            <Button kind="primary" onClick={() => onResolve({ version, text: merged })}>
              Put my changes on version {version}
            </Button>
          )}
          {merged === undefined && (
            <Button kind="danger" onClick={() => onResolve({ version, text: mine })}>
              Keep my text in place of theirs
            </Button>
          )}
          {newest.text !== base && (
            <Button aria-expanded={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Hide' : 'Show'} the difference
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
