import type { Brief, BriefItem } from '../../../src/domain/brief.ts'
import type {
  BuildCost,
  BuildQuestion,
  BuildTask,
  CriterionEvidence,
  ProgressReport,
} from '../../../src/domain/build.ts'
import type { Citation } from '../../../src/domain/citation.ts'
import type {
  NamedTask,
  RequirementChange,
  Stated,
  StatedRequirement,
} from '../../../src/domain/plan-diff.ts'
import type { PlanDraft, PlanFile } from '../../../src/domain/plan.ts'
import type { Turn } from '../../../src/domain/turn.ts'
import type { MemberListView, MemberView } from '../../../src/http/access-views.ts'
import type { AuditListView } from '../../../src/http/audit-views.ts'
import type { CommentListView, CommentView } from '../../../src/http/comment-views.ts'
import type {
  BriefView,
  BuildListView,
  BuildView,
  ConversationCreatedView,
  ConversationView,
  MeView,
  PlanDiffView,
  PlanVersionListView,
  PlanVersionView,
  PlanView,
  ProjectListItemView,
  ProjectListView,
  PlaceView,
  ProjectView,
  StageView,
} from '../../../src/http/views.ts'
import {
  isBoolean,
  isNumber,
  isObject,
  isString,
  listOf,
  nullable,
  oneOf,
  optional,
  shapeOf,
} from './guards.ts'

/** Guards for what the API answers; deep enough that no part of the page meets a missing field. */

export const isMe = shapeOf<MeView>({
  userId: isString,
  workspace: isObject,
  role: isString,
  calls: nullable(isObject),
})

export const isMember = shapeOf<MemberView>({
  userId: isString,
  name: nullable(isString),
  email: nullable(isString),
  role: isString,
  since: isString,
})

export const isMemberList = shapeOf<MemberListView>({ items: listOf(isMember) })

const summary = {
  id: isString,
  title: isString,
  status: isString,
  statusSince: isString,
  statusReason: nullable(isString),
  source: isString,
  createdAt: isString,
  updatedAt: isString,
  seq: isNumber,
}

const isListItem = shapeOf<ProjectListItemView>({
  ...summary,
  createdBy: nullable(isString),
  costUsd: nullable(isString),
  unknownCalls: isNumber,
  build: nullable(isObject),
})

export const isProjectList = shapeOf<ProjectListView>({
  items: listOf(isListItem),
  nextCursor: nullable(isString),
})

const isStage = shapeOf<StageView>({
  stage: isString,
  state: oneOf('waiting', 'running', 'done', 'paused', 'failed'),
  startedAt: optional(isString),
  finishedAt: optional(isString),
  failure: optional(isObject),
})

const isPlace = shapeOf<PlaceView>({ position: isNumber, expectedWaitSeconds: isNumber })

export const isProject = shapeOf<ProjectView>({
  ...summary,
  conversationId: isString,
  approval: oneOf('auto', 'manual'),
  workspace: isObject,
  role: isString,
  approvalRefused: nullable(isObject),
  stages: listOf(isStage),
  planHash: nullable(isString),
  queue: nullable(isPlace),
})

const isTurn = shapeOf<Turn>({
  id: isString,
  speaker: isString,
  role: isString,
  text: isString,
  start: optional(isNumber),
})

export const isConversation = shapeOf<ConversationView>({
  id: isString,
  source: isString,
  externalId: nullable(isString),
  status: isString,
  endReason: nullable(isString),
  turns: listOf(isTurn),
  parts: listOf(isObject),
})

const isCitations = listOf(shapeOf<Citation>({ turn: isString, quote: isString }))

const isItem = shapeOf<BriefItem>({
  id: isString,
  kind: isString,
  statement: isString,
  saidBy: optional(isString),
  priority: isObject,
  citations: isCitations,
  inferred: optional(isString),
  clause: optional(isObject),
  amendedBy: optional(isString),
})

const isBriefBody = shapeOf<Brief>({
  title: isString,
  feature: isString,
  summary: isString,
  language: isObject,
  items: listOf(isItem),
  entities: listOf(isObject),
  openQuestions: listOf(isObject),
  contradictions: listOf(isObject),
  ledger: listOf(isObject),
  needs: optional(listOf(isObject)),
  coverage: isNumber,
  faithfulness: isNumber,
  dropped: listOf(isObject),
  flags: optional(listOf(isObject)),
  removed: optional(listOf(isObject)),
  manifest: optional(isObject),
  madeBy: isObject,
})

export const isBrief = shapeOf<BriefView>({ version: isNumber, brief: isBriefBody })

const isPlanBody = shapeOf<PlanDraft>({
  title: isString,
  feature: isString,
  files: listOf(shapeOf<PlanFile>({ path: isString, content: isString })),
  stack: listOf(isObject),
  phases: listOf(isObject),
  estimate: isObject,
  trace: listOf(isObject),
  retired: optional(listOf(isObject)),
  risks: optional(listOf(isObject)),
  leftOut: listOf(isObject),
  removed: optional(listOf(isObject)),
  manifest: optional(isObject),
  madeBy: isObject,
})

export const isPlan = shapeOf<PlanView>({
  version: isNumber,
  hash: isString,
  briefVersion: nullable(isNumber),
  editedBy: nullable(isString),
  approved: nullable(isObject),
  lint: listOf(isObject),
  plan: isPlanBody,
})

export const isPlanVersionList = shapeOf<PlanVersionListView>({
  items: listOf(
    shapeOf<PlanVersionView>({
      version: isNumber,
      hash: isString,
      title: isString,
      createdAt: isString,
      briefVersion: nullable(isNumber),
      editedBy: nullable(isString),
      approved: nullable(isObject),
    }),
  ),
})

const isStated = shapeOf<Stated>({ ref: isString, text: isString })
const isStatedRequirement = shapeOf<StatedRequirement>({
  ref: isString,
  title: isString,
  criteria: listOf(isStated),
})
const isRewritten = shapeOf<{ before: string; after: string }>({
  before: isString,
  after: isString,
})
const isRequirementChange = shapeOf<RequirementChange>({
  ref: isString,
  title: isString,
  retitled: optional(isRewritten),
  story: optional(isRewritten),
  criteria: shapeOf<RequirementChange['criteria']>({
    added: listOf(isStated),
    changed: listOf(isRewritten),
    retired: listOf(isStated),
  }),
})
const isNamedTask = shapeOf<NamedTask>({ number: isString, title: isString })
const isChangedTask = shapeOf<PlanDiffView['tasks']['changed'][number]>({
  number: isString,
  title: isString,
  before: isNamedTask,
})

export const isPlanDiff = shapeOf<PlanDiffView>({
  from: isNumber,
  to: isNumber,
  requirements: shapeOf<PlanDiffView['requirements']>({
    added: listOf(isStatedRequirement),
    changed: listOf(isRequirementChange),
    retired: listOf(isStatedRequirement),
  }),
  tasks: shapeOf<PlanDiffView['tasks']>({
    added: listOf(isNamedTask),
    changed: listOf(isChangedTask),
    removed: listOf(isNamedTask),
  }),
})

export const isComment = shapeOf<CommentView>({
  id: isString,
  document: isString,
  ref: isString,
  planVersion: isNumber,
  quote: isString,
  body: isString,
  author: isString,
  createdAt: isString,
  resolved: nullable(isObject),
})

export const isCommentList = shapeOf<CommentListView>({ items: listOf(isComment) })

export const isAuditList = shapeOf<AuditListView>({
  items: listOf(
    shapeOf<AuditListView['items'][number]>({
      id: isString,
      at: isString,
      actor: isString,
      action: isString,
      details: isObject,
    }),
  ),
  nextCursor: nullable(isString),
})

export const isTask = shapeOf<BuildTask>({
  id: isString,
  title: isString,
  state: oneOf('not_started', 'queued', 'in_progress', 'completed'),
  optional: isBoolean,
  reason: optional(isString),
  commit: optional(isString),
})

export const isEvidence = shapeOf<CriterionEvidence>({
  ref: isString,
  result: oneOf('passed', 'failed', 'not_shown'),
  test: optional(isString),
})

export const isCost = shapeOf<BuildCost>({ amount: isNumber, currency: isString })

const isProgress = shapeOf<ProgressReport>({
  done: isNumber,
  total: isNumber,
  elapsed_ms: optional(isNumber),
  cost: optional(isCost),
})

export const isOption = shapeOf<BuildQuestion['options'][number]>({ id: isString, label: isString })

const isQuestion = shapeOf<BuildQuestion>({
  input_id: isString,
  question: isString,
  options: listOf(isOption),
  accepts_text: isBoolean,
  expires_at: optional(isString),
})

const isBuild = shapeOf<BuildView>({
  id: isString,
  state: isString,
  agent: nullable(isString),
  planHash: isString,
  tasks: listOf(isTask),
  evidence: listOf(isEvidence),
  progress: nullable(isProgress),
  questions: listOf(isQuestion),
  delivery: nullable(isObject),
  folder: nullable(isString),
  error: nullable(isObject),
  createdAt: isString,
  finishedAt: nullable(isString),
})

export const isBuildList = shapeOf<BuildListView>({ items: listOf(isBuild) })

export const isConversationCreated = shapeOf<ConversationCreatedView>({
  conversationId: isString,
  projectId: nullable(isString),
  joinUrl: nullable(isString),
  queue: nullable(isPlace),
})
