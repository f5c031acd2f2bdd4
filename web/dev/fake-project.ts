import type { BuildTask } from '../../src/domain/build.ts'
import type { EventBody } from '../../src/domain/event.ts'
import type { ProjectStatus } from '../../src/domain/status.ts'
import type {
  BuildView,
  EventView,
  ProjectListItemView,
  ProjectView,
  StageView,
} from '../../src/http/views.ts'
import { planHash, tasks } from './fake-plan.ts'

/** A made-up project: its state and its events always say the same. */
export class FakeProject {
  readonly events: EventView[] = []
  readonly builds: BuildView[] = []
  readonly listeners = new Set<(event: EventView) => void>()
  readonly view: ProjectView
  turns: number | undefined

  constructor(id: string, title: string, ageMs: number) {
    const createdAt = new Date(Date.now() - ageMs).toISOString()
    const stages: StageView[] = (['analyse', 'plan', 'build'] as const).map((stage) => ({
      stage,
      state: 'waiting',
    }))
    this.view = {
      id,
      title,
      status: 'received',
      statusSince: createdAt,
      statusReason: null,
      source: 'tavus',
      createdAt,
      updatedAt: createdAt,
      seq: 0,
      conversationId: `c-${id}`,
      approval: 'manual',
      workspace: { id: 'w1', name: 'Workspace' },
      role: 'owner',
      stages,
      planHash: null,
      approvalRefused: null,
      queue: null,
    }
    this.add({ type: 'conversation.received', source: 'tavus', turns: 23 }, createdAt)
  }

  /** As the list shows it. */
  get listed(): ProjectListItemView {
    const {
      conversationId: _c,
      approval: _a,
      workspace: _w,
      role: _r,
      stages: _s,
      planHash: _p,
      queue: _q,
      ...summary
    } = this.view
    const [build] = this.builds
    const tasks = build?.tasks.filter(({ optional }) => !optional) ?? []
    const done = tasks.filter(({ state }) => state === 'completed').length
    return {
      ...summary,
      createdBy: summary.source === 'upload' ? 'u1' : null,
      costUsd: build === undefined ? null : '0.42',
      unknownCalls: 0,
      build: build === undefined ? null : { state: build.state, done, total: tasks.length },
    }
  }

  /** Appends an event and tells those who follow. */
  add(body: EventBody, at = new Date().toISOString()): void {
    const event: EventView = { seq: this.events.length + 1, at, body }
    this.events.push(event)
    this.view.seq = event.seq
    this.view.updatedAt = at
    for (const listener of this.listeners) listener(event)
  }

  become(to: ProjectStatus, reason?: string): void {
    const from = this.view.status
    this.view.status = to
    this.view.statusSince = new Date().toISOString()
    this.view.statusReason = reason ?? null
    this.add({ type: 'project.status', from, to, ...(reason !== undefined && { reason }) })
  }

  /** Puts a stage into a state, as if it had begun and ended so many milliseconds ago. */
  stage(stage: StageView['stage'], state: StageView['state'], beganAgo = 0, endedAgo = 0): void {
    const startedAt = new Date(Date.now() - beganAgo).toISOString()
    const finishedAt = new Date(Date.now() - endedAgo).toISOString()
    const ended = state === 'done' || state === 'failed'
    const next: StageView = { stage, state, startedAt, ...(ended && { finishedAt }) }
    const place = this.view.stages.findIndex((known) => known.stage === stage)
    this.view.stages[place] = next
    this.add({ type: 'stage.started', stage, attempt: 1 }, startedAt)
    if (state === 'done') this.add({ type: 'stage.finished', stage, ms: beganAgo - endedAgo })
  }

  /** Takes the project to where its plan waits for an approval. */
  plan(): void {
    this.become('analysing')
    this.stage('analyse', 'done', 64_000, 62_800)
    this.add({ type: 'brief.ready', version: 1, counts: { requirements: 9, citations: 17 } })
    this.become('planning')
    this.stage('plan', 'done', 62_000, 61_600)
    this.view.planHash = planHash
    const counts = { requirements: 3, criteria: 9, tasks: 12 }
    this.add({ type: 'plan.ready', version: 1, hash: planHash, counts })
    this.become('awaiting_approval')
  }

  startBuild(id: string): BuildView {
    const at = new Date().toISOString()
    const build: BuildView = {
      id,
      state: 'running',
      agent: 'scaffolder',
      planHash,
      tasks: tasks.map((task) => ({ ...task })),
      evidence: [],
      questions: [],
      progress: null,
      delivery: null,
      folder: null,
      error: null,
      createdAt: at,
      finishedAt: null,
    }
    this.builds.unshift(build)
    this.add({ type: 'plan.approved', hash: planHash, by: 'u1', how: 'person' })
    this.add({ type: 'build.queued', build: id, hash: planHash })
    this.become('building')
    this.stage('build', 'running')
    this.add({ type: 'build.started', build: id, agent: 'Scaffolder 1.0' })
    return build
  }

  task(build: BuildView, change: Pick<BuildTask, 'id'> & Partial<BuildTask>): void {
    const place = build.tasks.findIndex((task) => task.id === change.id)
    const known = build.tasks[place]
    if (known === undefined) return
    const task: BuildTask = { ...known, ...change }
    build.tasks[place] = task
    this.add({ type: 'build.task', build: build.id, task })
  }

  finish(build: BuildView, body: EventBody): void {
    const failed = body.type === 'build.failed'
    build.finishedAt = new Date().toISOString()
    build.state = failed ? 'failed' : 'completed'
    if (body.type === 'build.completed') build.folder = body.folder ?? null
    if (failed) build.error = { code: body.code, message: body.message }
    const stage = this.view.stages.find((known) => known.stage === 'build')
    if (stage !== undefined) {
      stage.state = failed ? 'failed' : 'done'
      stage.finishedAt = build.finishedAt
      if (failed) stage.failure = { code: body.code, message: body.message, again: false }
    }
    this.add(body)
    this.become(failed ? 'failed' : 'completed', failed ? body.message : undefined)
  }
}
