import type { ProjectView } from '../../../src/http/views.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import { formatDuration, millisecondsBetween } from '../format/time.ts'
import { useNow } from '../format/use-now.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import type { Tone } from '../parts/tone.ts'
import { projectSteps, type Step, type StepState } from './steps.ts'
import './stage-timeline.css'

function look(state: StepState): { tone: Tone; words: string; icon: IconName } {
  switch (state) {
    case 'waiting':
      return { tone: 'quiet', words: 'not yet', icon: 'dot' }
    case 'running':
      return { tone: 'busy', words: 'running', icon: 'dot' }
    case 'asks':
      return { tone: 'ask', words: 'waits for a person', icon: 'question' }
    case 'done':
      return { tone: 'good', words: 'done', icon: 'check' }
    case 'paused':
      return { tone: 'quiet', words: 'paused', icon: 'pause' }
    case 'failed':
      return { tone: 'bad', words: 'failed', icon: 'cross' }
    case 'stopped':
      return { tone: 'quiet', words: 'stopped', icon: 'cross' }
    default:
      return assertNever(state)
  }
}

function lengthOf(step: Step, now: number): string | undefined {
  const isOpen = step.state === 'running' || step.state === 'asks'
  const ms = millisecondsBetween(step.from, isOpen ? new Date(now).toISOString() : step.to)
  return ms === undefined ? undefined : formatDuration(isOpen ? Math.floor(ms / 1000) * 1000 : ms)
}

function StepItem({ step, now }: { step: Step; now: number }) {
  const { tone, words, icon } = look(step.state)
  const length = lengthOf(step, now)
  return (
    <li className={`step step-${step.state} tone-${tone}`}>
      <span className="step-mark">
        <Icon name={icon} />
      </span>
      <span className="step-name">{step.name}</span>
      <span className="step-words numbers">
        {words}
        {length !== undefined && (
          <>
            <span className="step-dot"> · </span>
            <span className="step-length">{length}</span>
          </>
        )}
      </span>
    </li>
  )
}

/** The stages of a project with the time that each took, or takes so far. */
export function StageTimeline({ project }: { project: ProjectView }) {
  const steps = projectSteps(project)
  const isMoving = steps.some((step) => step.state === 'running' || step.state === 'asks')
  const now = useNow(isMoving ? 1_000 : null)
  return (
    <ol className="timeline" aria-label="Stages">
      {steps.map((step) => (
        <StepItem key={step.key} step={step} now={now} />
      ))}
    </ol>
  )
}
