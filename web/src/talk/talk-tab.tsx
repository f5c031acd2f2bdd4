import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Turn } from '../../../src/domain/turn.ts'
import type { BriefView, ProjectView } from '../../../src/http/views.ts'
import { briefQuery, conversationQuery } from '../api/queries.ts'
import { ProblemNote } from '../parts/note.tsx'
import { BriefPane } from './brief-pane.tsx'
import { findingGroups } from './evidence.ts'
import { TurnPane } from './turn-pane.tsx'
import { useFocusOfTalk } from './use-focus-of-talk.ts'
import './talk.css'

function Talk({ turns, brief }: { turns: readonly Turn[]; brief: BriefView | null }) {
  const groups = useMemo(() => (brief === null ? [] : findingGroups(brief.brief)), [brief])
  const focus = useFocusOfTalk(groups)
  return (
    <div className="talk" data-side={focus.side}>
      <fieldset className="talk-switch">
        <legend className="unseen">Show</legend>
        <button
          type="button"
          aria-pressed={focus.side === 'talk'}
          onClick={() => focus.setSide('talk')}
        >
          The talk
        </button>
        <button
          type="button"
          aria-pressed={focus.side === 'brief'}
          onClick={() => focus.setSide('brief')}
        >
          What it asked for
        </button>
      </fieldset>
      <TurnPane turns={turns} groups={groups} brief={brief?.brief} focus={focus} />
      <BriefPane brief={brief?.brief} groups={groups} focus={focus} />
    </div>
  )
}

/** The talk beside what it asked for; each shows what it has of the other. */
export function TalkTab({ project }: { project: ProjectView }) {
  const wasAnalysed =
    project.planHash !== null ||
    project.stages.some(({ stage, state }) => stage === 'analyse' && state === 'done')
  const conversation = useQuery(conversationQuery(project.id))
  const brief = useQuery({ ...briefQuery(project.id), enabled: wasAnalysed })
  if (conversation.isError) return <ProblemNote error={conversation.error} />
  if (brief.isError && brief.data === undefined) return <ProblemNote error={brief.error} />
  if (conversation.data === undefined || (wasAnalysed && brief.data === undefined)) return null
  return <Talk turns={conversation.data.turns} brief={brief.data ?? null} />
}
