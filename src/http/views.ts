import { z } from '@hono/zod-openapi'
import { Brief } from '../domain/brief.ts'
import { BuildState, BuildTask } from '../domain/build.ts'
import { PlanDraft, PlanHash } from '../domain/plan.ts'
import { Role } from '../domain/principal.ts'
import { ProjectStatus, RetryStage, Stage } from '../domain/status.ts'
import { Turn } from '../domain/turn.ts'

/** The shapes that the API answers with; the page imports their types. */

export const ProblemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  /** Stable and meant for programs. */
  code: z.string(),
  detail: z.string(),
})
export type ProblemView = z.infer<typeof ProblemView>

export const MeView = z.object({
  userId: z.string(),
  workspace: z.object({ id: z.string(), name: z.string() }),
  role: Role,
})
export type MeView = z.infer<typeof MeView>

export const StageView = z.object({
  stage: Stage,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
})
export type StageView = z.infer<typeof StageView>

export const ProjectSummaryView = z.object({
  id: z.string(),
  title: z.string(),
  status: ProjectStatus,
  /** What a person should know about the status: why it failed, what it waits for. */
  statusReason: z.string().nullable(),
  source: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The seq of the last event of its log. */
  seq: z.number(),
})
export type ProjectSummaryView = z.infer<typeof ProjectSummaryView>

export const ProjectListView = z.object({
  items: z.array(ProjectSummaryView),
  /** Pass as `cursor` to get the next page; null on the last one. */
  nextCursor: z.string().nullable(),
})
export type ProjectListView = z.infer<typeof ProjectListView>

export const BuildView = z.object({
  id: z.string(),
  state: BuildState,
  planHash: PlanHash,
  tasks: z.array(BuildTask),
  folder: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type BuildView = z.infer<typeof BuildView>

export const BuildListView = z.object({ items: z.array(BuildView) })
export type BuildListView = z.infer<typeof BuildListView>

/** Where a job stands that waits: 1 is the next; more urgent ones come before it. */
export const PlaceView = z.object({
  position: z.number().int(),
  expectedWaitSeconds: z.number().int(),
})
export type PlaceView = z.infer<typeof PlaceView>

export const ProjectView = ProjectSummaryView.extend({
  conversationId: z.string(),
  approval: z.enum(['auto', 'manual']),
  stages: z.array(StageView),
  planHash: PlanHash.nullable(),
  /** Null when none of its jobs waits. */
  queue: PlaceView.nullable(),
})
export type ProjectView = z.infer<typeof ProjectView>

export const ConversationView = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string().nullable(),
  status: z.enum(['live', 'ended', 'transcribed', 'no_dialogue']),
  endReason: z.string().nullable(),
  turns: z.array(Turn),
})
export type ConversationView = z.infer<typeof ConversationView>

export const BriefView = z.object({ version: z.number(), brief: Brief })
export type BriefView = z.infer<typeof BriefView>

export const LintFindingView = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
})
export type LintFindingView = z.infer<typeof LintFindingView>

export const PlanView = z.object({
  version: z.number(),
  hash: PlanHash,
  approved: z
    .object({ by: z.string(), how: z.enum(['auto', 'person']), at: z.string() })
    .nullable(),
  lint: z.array(LintFindingView),
  plan: PlanDraft,
})
export type PlanView = z.infer<typeof PlanView>

/** One row of `GET /v1/projects/{id}/events`; `body` is an `EventBody` of the domain. */
export const EventView = z.object({
  seq: z.number(),
  at: z.iso.datetime(),
  body: z.looseObject({ type: z.string() }),
})
export type EventView = z.infer<typeof EventView>

export const EventListView = z.object({ items: z.array(EventView), seq: z.number() })
export type EventListView = z.infer<typeof EventListView>

/** From -100 to 100; what is higher goes first. Above 0 takes an admin, or everybody's talks were urgent. */
const Priority = z.number().int().min(-100).max(100)

export const UploadConversation = z.object({
  /** The transcript as the file holds it; every format of `docs/transcripts.md`. */
  transcript: z.string().min(1).max(5_242_880),
  title: z.string().max(200).optional(),
  /** The file's name, a hint for the format. */
  filename: z.string().max(300).optional(),
  approval: z.enum(['auto', 'manual']).optional(),
  priority: Priority.optional(),
})
export type UploadConversation = z.infer<typeof UploadConversation>

export const CreateCall = z.object({
  tavus: z.object({
    /** The PAL (formerly persona) that leads the call. */
    palId: z.string().min(1).max(200),
    /** The face (formerly replica) that it shows. */
    faceId: z.string().min(1).max(200).optional(),
  }),
  title: z.string().max(200).optional(),
  approval: z.enum(['auto', 'manual']).optional(),
  priority: Priority.optional(),
})

export const CreateConversation = z.union([UploadConversation, CreateCall])

export const ConversationCreatedView = z.object({
  conversationId: z.string(),
  /** Null when nobody spoke, or when a call was created that has yet to be held. */
  projectId: z.string().nullable(),
  /** Where to join, when a Tavus call was created. */
  joinUrl: z.string().nullable(),
  /** Where it stands in a queue that is long; null when it is not, and nothing keeps it waiting. */
  queue: PlaceView.nullable(),
})
export type ConversationCreatedView = z.infer<typeof ConversationCreatedView>

export const ApproveRequest = z.object({
  planHash: PlanHash,
  includeOptional: z.boolean().default(false),
})
export const RejectRequest = z.object({ planHash: PlanHash, reason: z.string().min(1).max(2_000) })
export const RetryRequest = z.object({ from: RetryStage })
