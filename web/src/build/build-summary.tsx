import type { BuildState } from '../../../src/domain/build.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import { projectPath } from '../api/queries.ts'
import { formatCost } from '../format/cost.ts'
import { formatDuration, millisecondsBetween } from '../format/time.ts'
import { useNow } from '../format/use-now.ts'
import { Chip } from '../parts/chip.tsx'
import { CopyText } from '../parts/copy-text.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Tone } from '../parts/tone.ts'
import { BuildFault } from './build-fault.tsx'
import { BuildQuestionNote } from './build-question.tsx'
import type { BuildNow } from './build-state.ts'
import { Delivery } from './delivery.tsx'
import './summary.css'

function look(state: BuildState): { tone: Tone; words: string } {
  switch (state) {
    case 'queued':
      return { tone: 'busy', words: 'Queued' }
    case 'running':
      return { tone: 'busy', words: 'Running' }
    case 'waiting':
      return { tone: 'ask', words: 'Waits for an answer' }
    case 'completed':
      return { tone: 'good', words: 'Completed' }
    case 'failed':
      return { tone: 'bad', words: 'Failed' }
    case 'cancelled':
      return { tone: 'quiet', words: 'Cancelled' }
    default:
      return assertNever(state)
  }
}

function useBuildLength(build: BuildNow): string | undefined {
  const isOpen = build.state === 'running' || build.state === 'waiting'
  const now = useNow(isOpen ? 1_000 : null)
  const end = isOpen ? new Date(now).toISOString() : build.finishedAt
  const ms = millisecondsBetween(build.startedAt, end)
  return ms === undefined ? undefined : formatDuration(isOpen ? Math.floor(ms / 1000) * 1000 : ms)
}

function Progress({ build }: { build: BuildNow }) {
  const { done, total } = build.progress
  if (total === 0) return null
  const words = `${done} of ${total} tasks done`
  return (
    <div className="build-progress">
      <progress value={done} max={total} aria-label="Tasks done" />
      <output className="small numbers">{words}</output>
    </div>
  )
}

function Outcome({ build }: { build: BuildNow }) {
  const { completed, folder } = build
  if (completed === undefined && folder === undefined) return null
  return (
    <dl className="build-outcome">
      {completed !== undefined && (
        <>
          <div>
            <dt>Tests</dt>
            <dd className="numbers">
              {completed.tests.passed} passed
              {completed.tests.failed > 0 && (
                <strong className="build-failed-tests">, {completed.tests.failed} failed</strong>
              )}
            </dd>
          </div>
          <div>
            <dt>Commit</dt>
            <dd>
              <CopyText
                text={completed.commit}
                shown={completed.commit.slice(0, 10)}
                what="the commit"
              />
            </dd>
          </div>
        </>
      )}
      {folder !== undefined && (
        <div>
          <dt>Folder</dt>
          <dd>
            <CopyText text={folder} what="the folder" />
          </dd>
        </div>
      )}
    </dl>
  )
}

/** What was built, to be taken away, however the build has ended. */
function Downloads({ projectId, build }: { projectId: string; build: BuildNow }) {
  // What never began has made nothing.
  if (build.startedAt === undefined) return null
  const href = `${projectPath(projectId, 'builds')}/${build.id}/artifact`
  return (
    <p className="build-downloads">
      <a className="button" href={href} download>
        <Icon name="download" />
        Download the files
      </a>
      <a className="button" href={`${href}?format=bundle`} download>
        <Icon name="download" />
        Download the repository
      </a>
    </p>
  )
}

/** A build at a glance: how it stands and what came out of it. */
export function BuildSummary({ projectId, build }: { projectId: string; build: BuildNow }) {
  const { tone, words } = look(build.state)
  const length = useBuildLength(build)
  return (
    <section className="build-summary panel" aria-label="The build">
      <div className="build-state">
        <Chip tone={tone}>{words}</Chip>
        {length !== undefined && <span className="small numbers">{length}</span>}
        {build.cost !== undefined && (
          <span className="small numbers">
            {formatCost(build.cost)}
            {build.finishedAt === undefined && ' so far'}
          </span>
        )}
        {build.agent !== undefined && <span className="small muted">by {build.agent}</span>}
      </div>
      <Progress build={build} />
      <Outcome build={build} />
      {build.questions.map((question) => (
        <BuildQuestionNote
          key={question.input_id}
          projectId={projectId}
          buildId={build.id}
          question={question}
        />
      ))}
      {build.finishedAt !== undefined && <Downloads projectId={projectId} build={build} />}
      {build.delivery !== undefined && <Delivery outcome={build.delivery} />}
      {build.error !== undefined && <BuildFault projectId={projectId} error={build.error} />}
    </section>
  )
}
