import { assertNever } from '../../domain/assert-never.ts'
import { stateWith, withQuestion } from '../../domain/open-questions.ts'
import { withEvidence } from '../../domain/with-evidence.ts'
import { deliveryOutcome } from '../../domain/build.ts'
import type { BuildEventBody, BuildState, BuildStatus, BuildWebhook } from '../../domain/build.ts'
import { criteriaAsOpen, plannedAsOpen, type BuildOrder } from './order.ts'

/** The status of a build before its first event. */
export function initialStatus(order: BuildOrder, folder: string): BuildStatus {
  return {
    project_id: order.project_id,
    build_id: order.build_id,
    state: 'queued',
    plan_hash: order.plan_hash,
    sequence: 0,
    tasks: plannedAsOpen(order),
    evidence: criteriaAsOpen(order),
    questions: [],
    folder,
  }
}

/** No more events follow in this state. */
export function isSettled(state: BuildState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled'
}

function nextState(event: BuildEventBody): BuildState {
  switch (event.type) {
    case 'build.started':
    case 'build.progress':
    case 'build.task':
    case 'build.evidence':
    case 'build.log':
    case 'build.needs_input':
    case 'build.input_closed':
    case 'build.delivered':
    case 'build.not_delivered':
      return 'running'
    case 'build.completed':
      return 'completed'
    case 'build.failed':
      return 'failed'
    case 'build.cancelled':
      return 'cancelled'
    default:
      return assertNever(event)
  }
}

/** The status after an event: the log of events is the only state that a build has. */
export function applyEvent(status: BuildStatus, webhook: BuildWebhook): BuildStatus {
  const { event, sequence } = webhook.data
  const questions = [...withQuestion(status.questions, event)]
  const state = stateWith(questions, nextState(event))
  const next: BuildStatus = { ...status, sequence, questions, state }
  if (event.type === 'build.task') {
    next.tasks = status.tasks.map((task) => (task.id === event.task.id ? event.task : task))
  }
  if (event.type === 'build.evidence') {
    next.evidence = withEvidence(status.evidence, event.criteria)
  }
  if (event.type === 'build.progress') {
    const { type: _, ...progress } = event
    next.progress = progress
  }
  if (event.type === 'build.delivered' || event.type === 'build.not_delivered') {
    next.delivery = deliveryOutcome(event)
  }
  if (event.type === 'build.failed') next.error = { code: event.code, message: event.message }
  return next
}
