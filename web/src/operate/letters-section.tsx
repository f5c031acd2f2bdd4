import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DeadLetterView } from '../../../src/http/queue-views.ts'
import { count } from '../format/count.ts'
import { Age } from '../parts/age.tsx'
import { Button } from '../parts/button.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { lettersQuery } from './operate-queries.ts'
import { ProjectLink } from './project-link.tsx'
import { Section } from '../parts/section.tsx'
import { type LetterAction, useLetters } from './use-letters.ts'

interface LetterProps {
  letter: DeadLetterView
  busy: boolean
  act: (action: LetterAction) => void
}

function Letter({ letter, busy, act }: LetterProps) {
  const { id, stage, code, message, attempts, projectId, createdAt } = letter
  const name = `${stage}, ${code}`
  return (
    <li className="letter">
      <div className="letter-words">
        <p>
          <strong>{stage}</strong> <code>{code}</code>{' '}
          <span className="small muted">
            <Age at={createdAt} />, after {count(attempts, 'attempt')}
          </span>
        </p>
        <p className="small">{message}</p>
        <p className="small">
          <ProjectLink id={projectId} />
        </p>
      </div>
      <div className="letter-actions">
        <Button
          busy={busy}
          aria-label={`Send again: ${name}`}
          onClick={() => act({ type: 'redrive', ids: [id] })}
        >
          Send again
        </Button>
        <Button
          kind="ghost"
          busy={busy}
          aria-label={`Dismiss: ${name}`}
          onClick={() => act({ type: 'dismiss', ids: [id] })}
        >
          Dismiss
        </Button>
      </div>
    </li>
  )
}

interface AllProps {
  busy: boolean
  act: (action: LetterAction) => void
}

/** What is done with all of them is asked for twice. */
function All({ busy, act }: AllProps) {
  const [sure, setSure] = useState<LetterAction['type']>()
  if (sure === undefined) {
    return (
      <span className="letter-actions">
        <Button onClick={() => setSure('redrive')}>Send all again</Button>
        <Button kind="ghost" onClick={() => setSure('dismiss')}>
          Dismiss all
        </Button>
      </span>
    )
  }
  const carryOut = () => {
    act({ type: sure })
    setSure(undefined)
  }
  return (
    <span className="letter-actions">
      <Button kind={sure === 'dismiss' ? 'danger' : 'primary'} busy={busy} onClick={carryOut}>
        {sure === 'redrive' ? 'Yes, send all again' : 'Yes, dismiss all'}
      </Button>
      <Button kind="ghost" onClick={() => setSure(undefined)}>
        Keep them
      </Button>
    </span>
  )
}

/** Work that was given up and waits for a person. */
export function LettersSection() {
  const query = useQuery(lettersQuery)
  const letters = useLetters()
  const some = query.data !== undefined && query.data.items.length > 0
  const props = { busy: letters.isPending, act: letters.mutate }
  return (
    <Section title="Dead letters" query={query} aside={some && <All {...props} />}>
      {({ items, nextCursor }) => (
        <>
          {letters.isError && <ProblemNote error={letters.error} />}
          {items.length === 0 && <p className="small muted">No work was given up.</p>}
          <ul className="letters">
            {items.map((letter) => (
              <Letter key={letter.id} letter={letter} {...props} />
            ))}
          </ul>
          {nextCursor !== null && (
            <p className="small muted">These are the newest; there are more.</p>
          )}
        </>
      )}
    </Section>
  )
}
