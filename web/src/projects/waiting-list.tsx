import { useInfiniteQuery } from '@tanstack/react-query'
import type { ConversationStateView } from '../../../src/http/waiting-conversations.ts'
import { useNow } from '../format/use-now.ts'
import { waitingQuery } from '../api/queries.ts'
import { Age } from '../parts/age.tsx'
import { Chip } from '../parts/chip.tsx'
import { MoreButton } from '../parts/more-button.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { Person } from '../parts/person.tsx'
import { sourceName } from './words.ts'
import { waitingLook, waitingWords } from './waiting-words.ts'
import './waiting.css'

const everyMs = 20_000

function WaitingRow({ talk }: { talk: ConversationStateView }) {
  const now = useNow(everyMs)
  const { title, source, createdBy, createdAt, state, failure } = talk
  const { tone, words } = waitingLook(talk)
  return (
    <li className="waiting">
      <span className="waiting-main">
        <span className="project-row-title">{title ?? `Untitled ${sourceName(source)}`}</span>
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
