import { z } from '@hono/zod-openapi'
import { Brief } from '../domain/brief.ts'
import {
  BuildQuestion,
  BuildState,
  BuildTask,
  CriterionEvidence,
  ProgressReport,
} from '../domain/build.ts'
import { DeliveryOutcome } from '../domain/deliver.ts'
import { PlanDiff } from '../domain/plan-diff.ts'
import { PlanDraft, PlanHash } from '../domain/plan.ts'
import { Role } from '../domain/principal.ts'
import { ProjectStatus, RetryStage, Stage } from '../domain/status.ts'
import { Turn, TurnId } from '../domain/turn.ts'
import { withoutUnseen } from '../domain/unseen.ts'
import type { EditableDocument } from '../planning/edit-plan.ts'

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
  /** How calls are held in the page; null when there is no Tavus key. */
  calls: z
    .object({
      /** The only place that calls may be shown from. */
      origin: z.string(),
      /** The PAL that leads a call unless another one is named. */
      palId: z.string().nullable(),
    })
    .nullable(),
})
export type MeView = z.infer<typeof MeView>

export const StageView = z.object({
  stage: Stage,
  /** `paused`: it cannot go on until a person has changed something, such as a budget. */
  state: z.enum(['waiting', 'running', 'done', 'paused', 'failed']),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Why its last attempt ended before its time; `again`: it is tried again by itself. */
  failure: z.object({ code: z.string(), message: z.string(), again: z.boolean() }).optional(),
})
export type StageView = z.infer<typeof StageView>

export const ProjectSummaryView = z.object({
  id: z.string(),
  title: z.string(),
  status: ProjectStatus,
  /** When it came into its status. */
  statusSince: z.iso.datetime(),
  /** What a person should know about the status: why it failed, what it waits for. */
  statusReason: z.string().nullable(),
  source: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The seq of the last event of its log. */
  seq: z.number(),
})
export type ProjectSummaryView = z.infer<typeof ProjectSummaryView>

/** A project as the list shows it. */
export const ProjectListItemView = ProjectSummaryView.extend({
  /** The user who brought its talk; null when it came by itself. */
  createdBy: z.string().nullable(),
  /** What is known of the cost of its model calls, in US dollars; null when nothing is. */
  costUsd: z.string().nullable(),
  /** Its calls whose cost nobody knows; with any, the cost is a lower bound. */
  unknownCalls: z.number().int(),
  /** Its newest build. */
  build: z.object({ state: BuildState, done: z.number(), total: z.number() }).nullable(),
})
export type ProjectListItemView = z.infer<typeof ProjectListItemView>

export const ProjectListView = z.object({
  items: z.array(ProjectListItemView),
  /** Pass as `cursor` to get the next page; null on the last one. A page that is not full may have a next one. */
  nextCursor: z.string().nullable(),
})
export type ProjectListView = z.infer<typeof ProjectListView>

export const BuildView = z.object({
  id: z.string(),
  state: BuildState,
  /** What carries it out; null before its builder has told. */
  agent: z.string().nullable(),
  planHash: PlanHash,
  tasks: z.array(BuildTask),
  /** What tests show of each acceptance criterion; none before the builder has told. */
  evidence: z.array(CriterionEvidence),
  progress: ProgressReport.nullable(),
  /** What the builder asks and waits for. */
  questions: z.array(BuildQuestion),
  /** Where it was delivered, or why it could not be; null where nobody has said where to. */
  delivery: DeliveryOutcome.nullable(),
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
  /** Whose it is, and what the caller may do there: a person may have chosen another workspace. */
  workspace: z.object({ id: z.string(), name: z.string() }),
  role: Role,
  /** Why the caller may not approve the plan that waits, whatever their role; null where they may, or none waits. */
  approvalRefused: z.object({ code: z.string(), message: z.string() }).nullable(),
  stages: z.array(StageView),
  planHash: PlanHash.nullable(),
  /** Null when none of its jobs waits. */
  queue: PlaceView.nullable(),
})
export type ProjectView = z.infer<typeof ProjectView>

/** One talk among those of a project: its turns are those from `firstTurn` on. */
export const TalkPartView = z.object({
  id: z.string(),
  /** Where it comes from; `answers` holds what people answered to open questions. */
  source: z.string(),
  externalId: z.string().nullable(),
  title: z.string().nullable(),
  createdAt: z.iso.datetime(),
  firstTurn: z.string(),
  turns: z.number().int(),
  /** It came while the project was built; it is analysed when the build has ended. */
  awaitsBuild: z.boolean(),
})

export const ConversationView = z.object({
  /** Of the conversation that the project began with, as the four that follow. */
  id: z.string(),
  source: z.string(),
  externalId: z.string().nullable(),
  status: z.enum(['live', 'ended', 'transcribed', 'no_dialogue']),
  endReason: z.string().nullable(),
  /** All that was said, one conversation after the other. */
  turns: z.array(Turn),
  parts: z.array(TalkPartView),
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

const ApprovedView = z
  .object({ by: z.string(), how: z.enum(['auto', 'person']), at: z.string() })
  .nullable()

/** One version of a plan in the list of all. */
export const PlanVersionView = z.object({
  version: z.number(),
  hash: PlanHash,
  title: z.string(),
  createdAt: z.iso.datetime(),
  /** The brief that it was made from; null for the first ones, which did not note it. */
  briefVersion: z.number().nullable(),
  /** The user who wrote it; null when a planner did. */
  editedBy: z.string().nullable(),
  approved: ApprovedView,
})
export type PlanVersionView = z.infer<typeof PlanVersionView>

/** What the version `to` has that `from` had not, and the other way round. */
export const PlanDiffView = PlanDiff.extend({ from: z.number(), to: z.number() })
export type PlanDiffView = z.infer<typeof PlanDiffView>

export const PlanVersionListView = z.object({ items: z.array(PlanVersionView) })
export type PlanVersionListView = z.infer<typeof PlanVersionListView>

export const PlanView = z.object({
  version: z.number(),
  hash: PlanHash,
  briefVersion: z.number().nullable(),
  editedBy: z.string().nullable(),
  approved: ApprovedView,
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

/** The project that the talk goes on with: what it says is added, and its plan gets a new version. */
const ContinuedProject = z.uuid()

/** What nobody sees turns the words around it, or hides some. */
const GivenTitle = z.string().max(200).transform(withoutUnseen)

export const UploadConversation = z.object({
  /** The transcript as the file holds it; every format of `docs/transcripts.md`. */
  transcript: z.string().min(1).max(5_242_880),
  title: GivenTitle.optional(),
  /** The file's name, a hint for the format. */
  filename: z.string().max(300).optional(),
  approval: z.enum(['auto', 'manual']).optional(),
  priority: Priority.optional(),
  project: ContinuedProject.optional(),
})
export type UploadConversation = z.infer<typeof UploadConversation>

export const CreateCall = z.object({
  tavus: z.object({
    /** The PAL (formerly persona) that leads the call. */
    palId: z.string().min(1).max(200),
    /** The face (formerly replica) that it shows. */
    faceId: z.string().min(1).max(200).optional(),
  }),
  title: GivenTitle.optional(),
  approval: z.enum(['auto', 'manual']).optional(),
  priority: Priority.optional(),
  project: ContinuedProject.optional(),
})

export type CreateCall = z.infer<typeof CreateCall>

export const CreateConversation = z.union([UploadConversation, CreateCall])

export const ConversationCreatedView = z.object({
  conversationId: z.string(),
  /** Null when nobody spoke, or when a call was created that has yet to be held and begins a project. */
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

/** The longest answer; what is longer is a transcript. */
const maxAnswer = 20_000

export const AnswersRequest = z.object({
  /** The version of the brief that asks. */
  briefVersion: z.int32().positive(),
  answers: z
    .array(
      z.object({
        /** The brief's id for an open question or a contradiction: `O1`, `K1`. */
        question: z.string().regex(/^[OK]\d{1,4}$/),
        text: z.string().min(1).max(maxAnswer),
        /** Of a contradiction: the turn that it cites whose statement holds. */
        holds: TurnId.optional(),
      }),
    )
    .min(1)
    .max(50),
})
export const AnsweredView = z.object({
  conversationId: z.string(),
  /** What was added to the talk: each question and its answer. */
  turns: z.array(Turn),
})

const Document = z.string().max(2_000_000).optional()

/** An answer to a question of a build: one of its options, or a text where it takes one. */
export const BuildAnswerRequest = z
  .object({
    /** The question's `input_id`. */
    question: z.string().min(1).max(80),
    option: z.string().min(1).max(80).optional(),
    text: z.string().min(1).max(10_000).optional(),
  })
  .refine(({ option, text }) => (option === undefined) !== (text === undefined), {
    message: 'needs either option or text',
  })

export const PutPlanRequest = z.object({
  /** The hash of the plan that was edited. */
  planHash: PlanHash,
  /** The documents that were changed; the others stay as they are. */
  documents: z
    .strictObject({
      'requirements.md': Document,
      'bugfix.md': Document,
      'design.md': Document,
      'tasks.md': Document,
    } satisfies Record<EditableDocument, typeof Document>)
    .refine((documents) => Object.keys(documents).length > 0, 'must name a document'),
})
