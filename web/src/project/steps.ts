import type { ProjectStatus, Stage } from '../../../src/domain/status.ts'
import type { ProjectView, StageView } from '../../../src/http/views.ts'

export type StepState = StageView['state'] | 'asks' | 'stopped'

/** One step on a project's way, as a person sees it. */
export interface Step {
  key: string
  name: string
  state: StepState
  from?: string
  to?: string
}

const names: Readonly<Record<Stage, string>> = {
  ingest: 'Take in',
  fetch: 'Fetch the talk',
  analyse: 'Analyse',
  plan: 'Plan',
  build: 'Build',
}

/** A stage whose project came to rest meanwhile may have written no end of its own. */
function stateOf(state: StageView['state'], status: ProjectStatus): StepState {
  if ((state === 'failed' || state === 'paused') && status === 'cancelled') return 'stopped'
  if (state !== 'running') return state
  if (status === 'failed') return 'failed'
  return status === 'cancelled' || status === 'paused' ? 'stopped' : 'running'
}

function stageStep(stage: StageView, status: ProjectStatus): Step {
  return {
    key: stage.stage,
    name: names[stage.stage],
    state: stateOf(stage.state, status),
    ...(stage.startedAt !== undefined && { from: stage.startedAt }),
    ...(stage.finishedAt !== undefined && { to: stage.finishedAt }),
  }
}

function approvalStep(project: ProjectView): Step {
  const find = (name: Stage) => project.stages.find(({ stage }) => stage === name)
  const asked = find('plan')?.finishedAt
  const answered = find('build')?.startedAt
  const step = { key: 'approve', name: 'Approve' }
  if (project.status === 'awaiting_approval') {
    return { ...step, state: 'asks', ...(asked !== undefined && { from: asked }) }
  }
  const newPlan = project.status === 'analysing' || project.status === 'planning'
  const isBuilt = answered !== undefined && !newPlan
  if (!isBuilt) return { ...step, state: 'waiting' }
  return { ...step, state: 'done', to: answered, ...(asked !== undefined && { from: asked }) }
}

/** A project's way: its stages in order, with the approval before the build. */
export function projectSteps(project: ProjectView): Step[] {
  const steps = project.stages.map((stage) => stageStep(stage, project.status))
  const build = steps.findIndex((step) => step.key === 'build')
  return build < 0 ? steps : steps.toSpliced(build, 0, approvalStep(project))
}
