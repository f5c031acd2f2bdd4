import { z } from 'zod'
import { Delivered, DeliveryOutcome, DeliverTarget } from './deliver.ts'
import { FeatureName } from './feature-name.ts'
import { PlanFile, PlanHash } from './plan.ts'

/** The states of one line of tasks.md, as Kiro marks them. */
export const TaskState = z.enum(['not_started', 'queued', 'in_progress', 'completed'])
export type TaskState = z.infer<typeof TaskState>

export const BuildState = z.enum([
  'queued',
  'running',
  'waiting',
  'completed',
  'failed',
  'cancelled',
])
export type BuildState = z.infer<typeof BuildState>

/** One task of a build as the runner verified it. */
export const BuildTask = z.object({
  /** The task's number in tasks.md: `2.1`. */
  id: z.string().max(20),
  title: z.string().max(500),
  state: TaskState,
  optional: z.boolean(),
  /** Why an open task was left open. */
  reason: z.string().max(1_000).optional(),
  /** The commit that carried it out. */
  commit: z.string().max(64).optional(),
})
export type BuildTask = z.infer<typeof BuildTask>

/** What the tests that the runner ran itself show of an acceptance criterion. */
export const CriterionEvidence = z.object({
  /** The criterion's number in the plan: `1.2`. */
  ref: z.string().max(20),
  /** `not_shown` when no test that ran is about it. */
  result: z.enum(['passed', 'failed', 'not_shown']),
  /** The name of the test that shows it. */
  test: z.string().max(300).optional(),
})
export type CriterionEvidence = z.infer<typeof CriterionEvidence>

/** Money that an agent says it has taken; the currency is an ISO 4217 code, or a unit of the agent's own. */
export const BuildCost = z.object({
  amount: z.number().nonnegative(),
  currency: z.string().min(1).max(20),
})
export type BuildCost = z.infer<typeof BuildCost>

/** What a builder says that a task costs it, from `low` to `high`; 0 where nothing is charged. */
export const BuildRate = z
  .object({
    low: z.number().nonnegative(),
    high: z.number().nonnegative(),
    currency: z.string().min(1).max(20),
  })
  .refine(({ low, high }) => low <= high, { message: 'low must not be more than high' })
export type BuildRate = z.infer<typeof BuildRate>

/** How far a build has got. */
export const ProgressReport = z.object({
  /** Tasks that are verified, of those that were ordered. */
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  /** For which the build has been running, in milliseconds; all attempts together. */
  elapsed_ms: z.number().int().nonnegative().optional(),
  /** So far; absent when the agent does not tell. */
  cost: BuildCost.optional(),
})
export type ProgressReport = z.infer<typeof ProgressReport>

/** What a build asks a person, and waits for. */
export const BuildQuestion = z.object({
  /** Names the question in its answer; unique within the build. */
  input_id: z.string().min(1).max(80),
  question: z.string().max(2_000),
  /** What there is to choose from; none where only a text answers. */
  options: z
    .array(z.object({ id: z.string().min(1).max(80), label: z.string().max(200) }))
    .max(20)
    .default([]),
  accepts_text: z.boolean().default(false),
  /** When the build goes on without an answer. */
  expires_at: z.iso.datetime().optional(),
})
export type BuildQuestion = z.infer<typeof BuildQuestion>

/** `POST /v1/builds/{id}/answer` of the build API: one of the question's options, or a text. */
export const AnswerBuild = z
  .object({
    input_id: z.string().min(1).max(80),
    option: z.string().min(1).max(80).optional(),
    text: z.string().min(1).max(10_000).optional(),
  })
  .refine(({ option, text }) => (option === undefined) !== (text === undefined), {
    message: 'needs either option or text',
  })
export type AnswerBuild = z.infer<typeof AnswerBuild>

/** How a question came to its end. */
export const QuestionEnd = z.enum(['answered', 'expired', 'withdrawn'])
export type QuestionEnd = z.infer<typeof QuestionEnd>

/** Credentials in an address would end up in logs; the signature says who calls. */
const WebhookUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((text) => !URL.parse(text)?.username && !URL.parse(text)?.password, {
    message: 'must not contain a user name or password',
  })

/** Standard Webhooks: `whsec_` and 24 to 64 random bytes in base64. */
const WebhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/)

/** `POST /v1/projects` of the build API. */
export const CreateBuild = z.object({
  name: z.string().min(1).max(120),
  feature: FeatureName,
  plan_hash: PlanHash,
  files: z.array(PlanFile).min(1).max(50),
  /** Whether tasks marked optional are carried out too. */
  include_optional: z.boolean().default(false),
  webhook_url: WebhookUrl,
  /** Signs this build's webhooks; the builder's own secret where it is absent. Never shown again. */
  webhook_secret: WebhookSecret.optional(),
  /** Where the completed build goes; where the builder itself delivers to when it is absent. */
  deliver: DeliverTarget.optional(),
  metadata: z
    .record(z.string().max(80), z.string().max(500))
    .refine((metadata) => Object.keys(metadata).length <= 50, {
      message: 'holds more than 50 entries, which every webhook would repeat',
    })
    .default({}),
})
export type CreateBuild = z.infer<typeof CreateBuild>

export const BuildCreated = z.object({ project_id: z.string(), build_id: z.string() })
export type BuildCreated = z.infer<typeof BuildCreated>

/** `GET /v1/builds/{id}` of the build API. */
export const BuildStatus = z.object({
  project_id: z.string(),
  build_id: z.string(),
  state: BuildState,
  plan_hash: PlanHash,
  /** The sequence of the last webhook that was made. */
  sequence: z.number().int().nonnegative(),
  tasks: z.array(BuildTask),
  /** One entry for each acceptance criterion of the plan; none from a builder that does not tell. */
  evidence: z.array(CriterionEvidence).default([]),
  progress: ProgressReport.optional(),
  /** The questions that wait for an answer. */
  questions: z.array(BuildQuestion).default([]),
  delivery: DeliveryOutcome.optional(),
  /** The workspace on the runner's machine. */
  folder: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
})
export type BuildStatus = z.infer<typeof BuildStatus>

/** A line of the build's log: free of ANSI codes and secrets, bounded. */
export const LogKind = z.enum(['agent', 'tool', 'file', 'command', 'test', 'runner'])
export type LogKind = z.infer<typeof LogKind>

export const TestCounts = z.object({
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
})

export const BuildEventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('build.started'),
    agent: z.string().max(120),
    /** From 2 on: the builder was restarted, and the build goes on or begins again. */
    attempt: z.number().int().positive().optional(),
  }),
  ProgressReport.extend({ type: z.literal('build.progress') }),
  z.object({ type: z.literal('build.task'), task: BuildTask }),
  /** Criteria of which something else is shown than before. */
  z.object({
    type: z.literal('build.evidence'),
    criteria: z.array(CriterionEvidence).min(1).max(100),
  }),
  z.object({ type: z.literal('build.log'), kind: LogKind, text: z.string().max(4_000) }),
  BuildQuestion.extend({ type: z.literal('build.needs_input') }),
  z.object({
    type: z.literal('build.input_closed'),
    input_id: z.string().min(1).max(80),
    end: QuestionEnd,
    /** What was chosen; a text that was given is not repeated. */
    option: z.string().max(80).optional(),
  }),
  /** Comes before `build.completed`. */
  Delivered.extend({ type: z.literal('build.delivered') }),
  /** The build is as good as it was: its artifact is there. */
  z.object({
    type: z.literal('build.not_delivered'),
    code: z.string().max(80),
    message: z.string().max(2_000),
  }),
  z.object({
    type: z.literal('build.completed'),
    done: z.number().int().nonnegative(),
    total: z.number().int().nonnegative(),
    tests: TestCounts,
    commit: z.string().max(64),
    folder: z.string().max(1_000).optional(),
  }),
  z.object({
    type: z.literal('build.failed'),
    code: z.string().max(80),
    message: z.string().max(2_000),
  }),
  z.object({ type: z.literal('build.cancelled') }),
])
export type BuildEventBody = z.infer<typeof BuildEventBody>

/** What a delivery's event says came of it. */
export function deliveryOutcome(
  event: Extract<BuildEventBody, { type: 'build.delivered' | 'build.not_delivered' }>,
): DeliveryOutcome {
  const { type, ...facts } = event
  return type === 'build.delivered'
    ? Delivered.parse(facts)
    : DeliveryOutcome.parse({ error: facts })
}

/** The data of a build webhook: `{type, timestamp, data}` of Standard Webhooks carries it. */
export const BuildWebhook = z.object({
  type: z.string().max(40),
  timestamp: z.iso.datetime(),
  data: z.object({
    project_id: z.string().max(80),
    build_id: z.string().max(80),
    /** 1, 2, 3 … within the build, without a gap; the store counts with 32 bits. */
    sequence: z.int32().positive(),
    metadata: z.record(z.string().max(80), z.string().max(500)),
    event: BuildEventBody,
  }),
})
export type BuildWebhook = z.infer<typeof BuildWebhook>

/** A line of a build's log with its place among the build's events. */
export const BuildLogLine = z.object({
  sequence: z.int32().positive(),
  timestamp: z.iso.datetime(),
  kind: LogKind,
  text: z.string(),
})
export type BuildLogLine = z.infer<typeof BuildLogLine>

/** `GET /v1/runner` of the build API: how busy a builder is, and what it takes. */
export const RunnerLoad = z.object({
  /** What carries the builds out. */
  agent: z.string().max(120),
  running: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  /** Builds that can run at the same time. */
  slots: z.number().int().positive(),
  /** For a task; absent where it is not known before. */
  rate: BuildRate.optional(),
})
export type RunnerLoad = z.infer<typeof RunnerLoad>
