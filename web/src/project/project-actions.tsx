import { useState } from 'react'
import type { ProjectStatus, RetryStage } from '../../../src/domain/status.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type { ProjectView } from '../../../src/http/views.ts'
import { useProjectAction } from '../api/actions.ts'
import { Button } from '../parts/button.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { mayActOn } from '../session/use-may-act.ts'

/** Whether work is under way that can be cancelled, or at rest so that it can run again. */
function offer(status: ProjectStatus): { cancel: boolean; retry: boolean } {
  switch (status) {
    case 'received':
    case 'analysing':
    case 'planning':
    case 'building':
      return { cancel: true, retry: false }
    case 'awaiting_approval':
    case 'paused':
      return { cancel: true, retry: true }
    case 'completed':
    case 'failed':
    case 'cancelled':
      return { cancel: false, retry: true }
    default:
      return assertNever(status)
  }
}

const stages: readonly { from: RetryStage; words: string }[] = [
  { from: 'analyse', words: 'the analysis' },
  { from: 'plan', words: 'the plan' },
  { from: 'build', words: 'the build' },
]

function lastReached(project: ProjectView): RetryStage {
  const reached = project.stages.findLast((stage) => stage.state !== 'waiting')?.stage
  return reached === 'build' || reached === 'plan' ? reached : 'analyse'
}

interface RetryProps {
  first: RetryStage
  busy: boolean
  onRetry: (from: RetryStage) => void
}

function Retry({ first, busy, onRetry }: RetryProps) {
  const [from, setFrom] = useState(first)
  return (
    <span className="retry">
      <Button busy={busy} onClick={() => onRetry(from)}>
        Run again
      </Button>
      <label>
        <span className="unseen">Run again from</span>
        <select
          className="select"
          value={from}
          onChange={({ target }) => {
            const chosen = stages.find((stage) => stage.from === target.value)
            if (chosen !== undefined) setFrom(chosen.from)
          }}
        >
          {stages.map((stage) => (
            <option key={stage.from} value={stage.from}>
              from {stage.words}
            </option>
          ))}
        </select>
      </label>
    </span>
  )
}

/** A second press is asked for, because a cancelled build cannot go on. */
function Cancel({ busy, onCancel }: { busy: boolean; onCancel: () => void }) {
  const [sure, setSure] = useState(false)
  if (!sure) return <Button onClick={() => setSure(true)}>Cancel project</Button>
  return (
    <span className="retry">
      <Button kind="ghost" onClick={() => setSure(false)}>
        Keep going
      </Button>
      <Button kind="danger" busy={busy} onClick={onCancel}>
        Cancel for good
      </Button>
    </span>
  )
}

/** What a person can do about a project as it stands. */
export function ProjectActions({ project }: { project: ProjectView }) {
  const action = useProjectAction(project.id)
  const { cancel, retry } = offer(project.status)
  if (!mayActOn(project)) return null
  return (
    <div className="project-actions">
      <div className="project-actions-row">
        {retry && (
          <Retry
            key={project.status}
            first={lastReached(project)}
            busy={action.isPending}
            onRetry={(from) => action.mutate({ type: 'retry', from })}
          />
        )}
        {cancel && (
          <Cancel busy={action.isPending} onCancel={() => action.mutate({ type: 'cancel' })} />
        )}
      </div>
      {action.isError && <ProblemNote error={action.error} />}
    </div>
  )
}
