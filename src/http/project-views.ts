import { pausingCodes } from '../domain/pausing-codes.ts'
import { type AppError, notFound } from '../domain/errors.ts'
import type { ProjectEvent } from '../domain/event.ts'
import type { BuildRow } from '../store/builds.ts'
import type { ConversationRow } from '../store/conversations.ts'
import type { PlanRow, PlanSummary } from '../store/plans.ts'
import type { ListedProject } from '../store/project-list.ts'
import type { ProjectRow } from '../store/projects.ts'
import type { Membership } from '../store/workspaces.ts'
import { costUsd } from './usage-views.ts'
import type {
  BuildView,
  ConversationView,
  PlaceView,
  PlanVersionView,
  PlanView,
  ProjectListItemView,
  ProjectSummaryView,
  ProjectView,
  StageView,
} from './views.ts'

function summaryView(project: ProjectRow, source: string): ProjectSummaryView {
  return {
    id: project.id,
    title: project.title,
    status: project.status,
    statusSince: project.status_since.toISOString(),
    statusReason: project.status_reason,
    source,
    createdAt: project.created_at.toISOString(),
    updatedAt: project.updated_at.toISOString(),
    seq: project.last_seq,
  }
}

export function listItemView(row: ListedProject): ProjectListItemView {
  const { build, cost, created_by: createdBy } = row
  return {
    ...summaryView(row, row.source),
    createdBy,
    costUsd: cost === null ? null : costUsd(cost, cost.calls),
    unknownCalls: cost?.unknownCalls ?? 0,
    build: build && {
      state: build.state,
      done: build.progress?.done ?? 0,
      total: build.progress?.total ?? 0,
    },
  }
}

function stateAfter({ again, code }: { again: boolean; code: string }): StageView['state'] {
  if (again) return 'running'
  return pausingCodes.has(code) ? 'paused' : 'failed'
}

function failureOf(body: { code: string; message: string; again?: boolean }) {
  const { code, message, again = false } = body
  return { failure: { code, message, again } }
}

/** The stages that a person follows, with the times of their last run, all its attempts together. */
export function stageViews(events: readonly ProjectEvent[]): StageView[] {
  const stages = new Map<StageView['stage'], StageView>()
  for (const stage of ['analyse', 'plan', 'build'] as const) {
    stages.set(stage, { stage, state: 'waiting' })
  }
  for (const { at, body } of events) {
    switch (body.type) {
      case 'stage.started': {
        const first = body.attempt > 1 ? stages.get(body.stage)?.startedAt : undefined
        stages.set(body.stage, { stage: body.stage, state: 'running', startedAt: first ?? at })
        break
      }
      case 'stage.finished':
      case 'stage.failed': {
        const begun = stages.get(body.stage)
        // The build's stage only hands the plan over; the build itself ends with its own event.
        if (begun === undefined || (body.stage === 'build' && body.type === 'stage.finished')) break
        if (body.type === 'stage.finished') {
          stages.set(body.stage, { ...begun, state: 'done', finishedAt: at })
        } else {
          const state = stateAfter(body)
          stages.set(body.stage, { ...begun, state, finishedAt: at, ...failureOf(body) })
        }
        break
      }
      case 'build.completed':
      case 'build.failed':
      case 'build.cancelled': {
        const begun = stages.get('build')
        const state = body.type === 'build.completed' ? 'done' : 'failed'
        if (begun === undefined) break
        const ended = { ...begun, state, finishedAt: at } as const
        stages.set('build', body.type === 'build.failed' ? { ...ended, ...failureOf(body) } : ended)
        break
      }
      default:
        break
    }
  }
  return [...stages.values()]
}

/** What is told of a project beside its row. */
export interface ProjectFacts {
  source: string
  /** The caller in its workspace. */
  member: Membership
  events: readonly ProjectEvent[]
  planHash: string | null
  /** Why the caller may not approve. */
  refusal: AppError | undefined
  queue: PlaceView | undefined
}

export function projectView(
  project: ProjectRow,
  { source, member, events, planHash, refusal, queue }: ProjectFacts,
): ProjectView {
  return {
    ...summaryView(project, source),
    conversationId: project.conversation_id,
    approval: project.approval,
    workspace: { id: member.workspace.id, name: member.workspace.name },
    role: member.role,
    approvalRefused:
      refusal === undefined ? null : { code: refusal.code, message: refusal.message },
    stages: stageViews(events),
    planHash,
    queue: queue ?? null,
  }
}

/** All conversations of a project, the first of which is the one that it began with. */
export function conversationView(rows: readonly ConversationRow[]): ConversationView {
  const [first] = rows
  if (first === undefined) throw notFound('conversation')
  return {
    id: first.id,
    source: first.source,
    externalId: first.external_id,
    status: first.status,
    endReason: first.end_reason,
    turns: rows.flatMap(({ turns }) => turns),
    parts: rows.map((row) => ({
      id: row.id,
      source: row.source,
      externalId: row.external_id,
      title: row.title,
      createdAt: row.created_at.toISOString(),
      firstTurn: `t${row.turns_before + 1}`,
      turns: row.turns.length,
      awaitsBuild: row.awaits_build,
    })),
  }
}

type Approvals = Pick<PlanRow, 'approved_at' | 'approved_by' | 'approved_how'>

/** Who approved a version, and when; null while nobody has. */
export function approvedView(row: Approvals): PlanView['approved'] {
  return row.approved_at === null || row.approved_by === null || row.approved_how === null
    ? null
    : { by: row.approved_by, how: row.approved_how, at: row.approved_at.toISOString() }
}

export function planView(row: PlanRow): PlanView {
  return {
    version: row.version,
    hash: row.hash,
    briefVersion: row.brief_version,
    editedBy: row.edited_by,
    approved: approvedView(row),
    lint: row.lint,
    plan: row.body,
  }
}

export function planVersionView(row: PlanSummary): PlanVersionView {
  return {
    version: row.version,
    hash: row.hash,
    title: row.title,
    createdAt: row.created_at.toISOString(),
    briefVersion: row.brief_version,
    editedBy: row.edited_by,
    approved: approvedView(row),
  }
}

export function buildView(row: BuildRow): BuildView {
  return {
    id: row.id,
    state: row.state,
    agent: row.agent,
    planHash: row.plan_hash,
    tasks: row.tasks,
    evidence: row.evidence,
    progress: row.progress,
    questions: row.questions,
    delivery: row.delivery,
    folder: row.folder,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
