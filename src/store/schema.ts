import type { ColumnType, Generated } from 'kysely'
import type { Brief } from '../domain/brief.ts'
import type {
  BuildQuestion,
  BuildState,
  BuildTask,
  BuildWebhook,
  CriterionEvidence,
  ProgressReport,
} from '../domain/build.ts'
import type { Citation } from '../domain/citation.ts'
import type { DeliveryOutcome } from '../domain/deliver.ts'
import type { EventBody } from '../domain/event.ts'
import type { PlanDraft } from '../domain/plan.ts'
import type { QueueState } from '../domain/queue-state.ts'
import type { ProjectStatus, Stage } from '../domain/status.ts'
import type { Turn } from '../domain/turn.ts'
import type { AnchoredDocument } from '../kiro/anchors.ts'
import type { Finding } from '../kiro/tree.ts'
import type { AccessSchema } from './access-tables.ts'
import type { JsonColumn, NullableTimestamp, Timestamp, Whole } from './columns.ts'

export type ConversationStatus = 'live' | 'ended' | 'transcribed' | 'no_dialogue'
export type Approval = 'auto' | 'manual'

export interface ConversationsTable {
  id: string
  workspace_id: string
  source: string
  external_id: string | null
  title: string | null
  status: ConversationStatus
  end_reason: string | null
  approval: Approval
  priority: Generated<number>
  turns: JsonColumn<Turn[]>
  created_at: Timestamp
  ended_at: NullableTimestamp
  asked_at: NullableTimestamp
  asked_count: Generated<number>
  continues: string | null
  turns_before: Generated<number>
  awaits_build: Generated<boolean>
  created_by: string | null
  dismissed_at: NullableTimestamp
  dismissed_by: string | null
}
export interface AnswersTable {
  id: string
  workspace_id: string
  project_id: string
  conversation_id: string
  brief_version: number
  item: string
  asked: string
  citations: JsonColumn<Citation[]>
  holds: string | null
  asked_in: string
  said_in: string
  answered_by: string
  created_at: Timestamp
}
export interface ProjectsTable {
  id: string
  workspace_id: string
  conversation_id: string
  title: string
  status: ProjectStatus
  status_since: Timestamp
  status_reason: string | null
  approval: Approval
  priority: Generated<number>
  spec_id: string
  last_seq: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
  settled_at: NullableTimestamp
  archived_at: NullableTimestamp
}
export interface ProjectEventsTable {
  project_id: string
  seq: number
  workspace_id: string
  at: Timestamp
  type: string
  body: JsonColumn<EventBody>
}
export interface EventArchiveTable {
  project_id: string
  first_seq: number
  last_seq: number
  workspace_id: string
  lines: Uint8Array
  archived_at: Timestamp
}
export interface BriefsTable {
  project_id: string
  version: number
  workspace_id: string
  body: JsonColumn<Brief>
  created_at: Timestamp
}
export interface PlansTable {
  project_id: string
  version: number
  workspace_id: string
  hash: string
  body: JsonColumn<PlanDraft>
  lint: JsonColumn<Finding[]>
  approved_by: string | null
  approved_how: 'auto' | 'person' | null
  approved_at: NullableTimestamp
  brief_version: number | null
  edited_by: string | null
  created_at: Timestamp
}
export interface PlanCommentsTable {
  id: string
  workspace_id: string
  project_id: string
  document: AnchoredDocument
  ref: string
  plan_version: number
  quote: string
  body: string
  author: string
  created_at: Timestamp
  resolved_by: string | null
  resolved_at: NullableTimestamp
}
export interface BuildsTable {
  id: string
  workspace_id: string
  project_id: string
  plan_version: number
  plan_hash: string
  include_optional: boolean
  external_id: string | null
  builder: string | null
  agent: string | null
  state: BuildState
  tasks: JsonColumn<BuildTask[]>
  evidence: JsonColumn<CriterionEvidence[]>
  progress: JsonColumn<ProgressReport | null>
  questions: JsonColumn<BuildQuestion[]>
  delivery: JsonColumn<DeliveryOutcome | null>
  folder: string | null
  error: JsonColumn<{ code: string; message: string } | null>
  applied_sequence: Generated<number>
  created_at: Timestamp
  heard_at: Timestamp
  ordered_at: NullableTimestamp
  asked_at: NullableTimestamp
  cancel_due_at: NullableTimestamp
  finished_at: NullableTimestamp
  events_removed_at: NullableTimestamp
}
export interface BuildEventsTable {
  build_id: string
  sequence: number
  workspace_id: string
  body: JsonColumn<BuildWebhook>
  received_at: Timestamp
}
export interface WebhookInboxTable {
  id: string
  source: string
  dedupe_key: string
  external_id: string | null
  event_type: string | null
  /** Null once it was removed for its age. */
  body: JsonColumn<unknown>
  received_at: Timestamp
  handled_at: NullableTimestamp
  outcome: string | null
}
/** `open`: under way, or its process ended before it could be told what became of it. */
export type UsageOutcome = 'open' | 'used' | 'invalid' | 'refused' | 'cut_off' | 'empty' | 'failed'
export interface ApiUsageTable {
  id: string
  workspace_id: string
  project_id: string | null
  stage: string
  provider: string
  model: string
  answered_by: string | null
  /** Name and version: `analyse@v1`. */
  prompt: string
  input_tokens: number
  cached_input_tokens: number
  cache_write_tokens: number
  output_tokens: number
  reasoning_tokens: number
  ms: number
  outcome: UsageOutcome
  request_id: string | null
  /** Null where nobody knew the price. */
  cost_micros: ColumnType<unknown, number | null, never>
  /** What it may cost, as estimated before it was made; null where nobody knew the price. */
  most_micros: ColumnType<unknown, number | null, never>
  created_at: Timestamp
}
interface UsageSums {
  calls: Whole
  unknown_calls: Whole
  /** Of these, the ones that have no estimate, and what the others may have cost. */
  unpriced_calls: Whole
  unknown_micros: Whole
  input_tokens: Whole
  cached_input_tokens: Whole
  output_tokens: Whole
  cost_micros: Whole
}
export interface UsageByDayTable extends UsageSums {
  workspace_id: string
  day: string
  stage: string
  provider: string
  model: string
}
export interface UsageByProjectTable extends UsageSums {
  project_id: string
  workspace_id: string
  first_at: Timestamp
}
export interface BudgetsTable {
  scope_id: string
  workspace_id: string
  project_id: string | null
  amount_micros: Whole
  warned_for: string | null
  updated_at: Timestamp
}
export interface AuditLogTable {
  id: string
  workspace_id: string
  at: Timestamp
  actor: string
  action: string
  target: string
  details: JsonColumn<Record<string, unknown>>
}
export interface IdempotencyKeysTable {
  workspace_id: string
  key: string
  request_hash: string
  status: number | null
  response: JsonColumn<unknown>
  created_at: Timestamp
}
export interface CallOrdersTable {
  id: string
  workspace_id: string
  asked_at: Timestamp
  conversation_id: string | null
  join_url: string | null
}
export type LetterResolution = 'redriven' | 'retried' | 'dismissed'
export interface DeadLettersTable {
  id: string
  workspace_id: string
  project_id: string | null
  stage: Stage
  data: JsonColumn<unknown>
  code: string
  message: string
  attempts: number
  created_at: Timestamp
  resolved_at: NullableTimestamp
  resolution: LetterResolution | null
}
export interface ProcessingQueueView {
  id: string
  stage: string
  state: QueueState
  priority: number
  /** Those begun; 0 before the first. */
  attempts: number
  project_id: string | null
  created_at: Date
  start_after: Date
  started_at: Date | null
  completed_at: Date | null
  error: unknown
}

export interface Schema extends AccessSchema {
  conversations: ConversationsTable
  answers: AnswersTable
  projects: ProjectsTable
  project_events: ProjectEventsTable
  event_archive: EventArchiveTable
  briefs: BriefsTable
  plans: PlansTable
  plan_comments: PlanCommentsTable
  builds: BuildsTable
  build_events: BuildEventsTable
  webhook_inbox: WebhookInboxTable
  api_usage: ApiUsageTable
  usage_by_day: UsageByDayTable
  usage_by_project: UsageByProjectTable
  budgets: BudgetsTable
  audit_log: AuditLogTable
  idempotency_keys: IdempotencyKeysTable
  call_orders: CallOrdersTable
  dead_letters: DeadLettersTable
  processing_queue: ProcessingQueueView
}
