import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Turn } from '../../../src/domain/turn.ts'
import type { TraceLink } from '../../../src/domain/plan.ts'
import type { BriefView, ProjectView } from '../../../src/http/views.ts'
import { briefQuery, conversationQuery, planQuery } from '../api/queries.ts'
import { Loading } from '../parts/loading.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { BriefPane } from './brief-pane.tsx'
import { findingGroups } from './evidence.ts'
import { TurnPane } from './turn-pane.tsx'
import { useFocusOfTalk } from './use-focus-of-talk.ts'
import './talk.css'

interface TalkProps {
  turns: readonly Turn[]
  brief: BriefView | null
  /** Where the lines of the plan come from; empty before there is one. */
  trace: readonly TraceLink[]
}

function Talk({ turns, brief, trace }: TalkProps) {
  const groups = useMemo(
    () => (brief === null ? [] : findingGroups(brief.brief, trace)),
    [brief, trace],
  )
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

const noTrace: readonly TraceLink[] = []

/** The talk beside what it asked for; each shows what it has of the other. */
export function TalkTab({ project }: { project: ProjectView }) {
  const wasAnalysed =
    project.planHash !== null ||
    project.stages.some(({ stage, state }) => stage === 'analyse' && state === 'done')
  const conversation = useQuery(conversationQuery(project.id))
  const brief = useQuery({ ...briefQuery(project.id), enabled: wasAnalysed })
  const plan = useQuery({ ...planQuery(project.id), enabled: project.planHash !== null })
  if (conversation.isError) return <ProblemNote error={conversation.error} />
  if (brief.isError && brief.data === undefined) return <ProblemNote error={brief.error} />
  if (conversation.data === undefined || (wasAnalysed && brief.data === undefined)) {
    return <Loading />
  }
  return (
    <Talk
      turns={conversation.data.turns}
      brief={brief.data ?? null}
      trace={plan.data?.plan.trace ?? noTrace}
    />
  )
}
