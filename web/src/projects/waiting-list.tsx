import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConversationStateView } from '../../../src/http/waiting-conversations.ts'
import { useDismissTalk } from '../api/actions.ts'
import { waitingQuery } from '../api/queries.ts'
import { useNow } from '../format/use-now.ts'
import { Age } from '../parts/age.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { MoreButton } from '../parts/more-button.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { Person } from '../parts/person.tsx'
import { useMayAct } from '../session/use-may-act.ts'
import { sourceName } from './words.ts'
import { waitingLook, waitingWords } from './waiting-words.ts'
import './waiting.css'

const everyMs = 20_000

interface DismissProps {
  id: string
  title: string
  onClose: () => void
}

function DismissDialog({ id, title, onClose }: DismissProps) {
  const dismiss = useDismissTalk(id, onClose)
  return (
    <ConfirmDialog
      title={`Dismiss “${title}”?`}
      words="Dismiss the talk"
      keep="Keep it"
      busy={dismiss.isPending}
      fault={dismiss.error}
      onConfirm={() => dismiss.mutate()}
      onClose={onClose}
    >
      It leaves this list for everybody in the workspace. If its transcript still comes, it becomes
      a project all the same.
    </ConfirmDialog>
  )
}

function Dismiss({ id, title }: Omit<DismissProps, 'onClose'>) {
  const [asks, setAsks] = useState(false)
  return (
    <span className="waiting-dismiss">
      <Button kind="ghost" aria-label={`Dismiss ${title}`} onClick={() => setAsks(true)}>
        Dismiss
      </Button>
      {asks && <DismissDialog id={id} title={title} onClose={() => setAsks(false)} />}
    </span>
  )
}

function WaitingRow({ talk }: { talk: ConversationStateView }) {
  const now = useNow(everyMs)
  const { source, createdBy, createdAt, state, failure } = talk
  const title = talk.title ?? `Untitled ${sourceName(source)}`
  const mayAct = useMayAct()
  const { tone, words } = waitingLook(talk)
  return (
    <li className="waiting">
      <span className="waiting-main">
        <span className="project-row-title">{title}</span>
        <span className="waiting-words">
          {waitingWords(talk, now)}
          {failure !== null && <code className="waiting-code">{failure.code}</code>}
          {failure !== null && state !== 'no_dialogue' && state !== 'given_up' && (
            <> An admin can have it tried again: Operate, Dead letters.</>
          )}
        </span>
      </span>
      <Chip tone={tone}>{words}</Chip>
      <span className="waiting-who">
        <span className="unseen">By: </span>
        {createdBy === null ? sourceName(source) : <Person id={createdBy} />}
      </span>
      <span className="waiting-who">
        <span className="unseen">Begun: </span>
        <Age at={createdAt} />
      </span>
      {mayAct && <Dismiss id={talk.id} title={title} />}
    </li>
  )
}

/** The talks that have no project yet; nothing where there are none. */
export function WaitingList() {
  const talks = useInfiniteQuery(waitingQuery)
  const items = talks.data?.pages.flatMap((page) => page.items) ?? []
  if (talks.isError) return <ProblemNote error={talks.error} />
  if (items.length === 0) return null
  return (
    <section className="waiting-list" aria-labelledby="waiting-title">
      <h2 id="waiting-title" className="overline">
        Talks without a project yet
      </h2>
      <ul className="panel">
        {items.map((talk) => (
          <WaitingRow key={talk.id} talk={talk} />
        ))}
      </ul>
      <MoreButton list={talks}>Show more talks</MoreButton>
    </section>
  )
}
