import { z } from 'zod'

/** How far the execution of a task is, as Kiro tells it: a hint, never evidence. */
export const ExecutionStatus = z.enum(['queued', 'running', 'succeed', 'failed', 'aborted'])
export type ExecutionStatus = z.infer<typeof ExecutionStatus>

/** What Kiro says of one task. */
export interface TaskHint {
  /** The task's number in tasks.md: `2.1`. */
  number: string
  status: ExecutionStatus
  /** The execution that it belongs to; every new `invoke` has another. */
  execution: string
}

const Change = z.object({
  taskId: z.string().max(4_000),
  executionStatus: ExecutionStatus,
  lastExecutionId: z.string().max(400).nullish(),
})

const TaskStatusChanged = z.object({
  tasksFilePath: z.string().max(4_000),
  changes: z.array(z.unknown()).max(2_000),
})

/** The number in a task's id, which is the text of its line: `1. Fix it`, `1.2 Create it`. */
function numberIn(taskId: string): string | undefined {
  return /^\s*(\d{1,4}(?:\.\d{1,4}){0,3})\.?(?:\s|$)/.exec(taskId)?.[1]
}

function readHint(value: unknown): TaskHint[] {
  const { data } = Change.safeParse(value)
  const number = data && numberIn(data.taskId)
  if (!data || number === undefined) return []
  return [{ number, status: data.executionStatus, execution: data.lastExecutionId ?? '' }]
}

/** The hints of a `spec/taskStatusChanged`; none when it is about other files or cannot be read. */
export function readTaskChanges(params: unknown, tasksFile: string): TaskHint[] {
  const { data } = TaskStatusChanged.safeParse(params)
  return data?.tasksFilePath === tasksFile ? data.changes.flatMap(readHint) : []
}

const StatusItem = z.object({
  taskId: z.string().max(4_000),
  executionStatus: ExecutionStatus.nullish().catch(undefined),
  lastExecutionId: z.string().max(400).nullish().catch(undefined),
  get subTasks() {
    return z.array(StatusItem).max(500).default([])
  },
})
type StatusItem = z.infer<typeof StatusItem>

const TaskStatuses = z.object({ tasks: z.array(StatusItem).max(2_000) })

export interface TaskStatuses {
  /** How Kiro names the tasks that it found in tasks.md, by their numbers. */
  ids: ReadonlyMap<string, string>
  hints: TaskHint[]
}

function flatten(item: StatusItem): StatusItem[] {
  return [item, ...item.subTasks.flatMap(flatten)]
}

/** Reads the answer to `spec/getTaskStatuses`; one that cannot be read holds no tasks. */
export function readTaskStatuses(answer: unknown): TaskStatuses {
  const items = (TaskStatuses.safeParse(answer).data?.tasks ?? []).flatMap(flatten)
  const ids = items.flatMap(({ taskId }) => {
    const number = numberIn(taskId)
    return number === undefined ? [] : [[number, taskId] as const]
  })
  return { ids: new Map(ids), hints: items.flatMap(readHint) }
}

/** The answers to `spec/resolveSession` and `spec/invoke`. */
export const SessionAnswer = z.object({ sessionId: z.string().min(1).max(400) })

/** What a `session_info_update` says of the turn. */
export type TurnNews =
  | { type: 'ended'; sessionId: string; stopReason: string }
  | { type: 'spent'; credits: number; unit: string }
  | { type: 'error'; message: string; login: boolean }
  | { type: 'none' }

const Info = z.object({
  sessionId: z.string(),
  update: z.object({
    sessionUpdate: z.literal('session_info_update'),
    _meta: z.record(z.string(), z.unknown()),
  }),
})

const Details = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('turn_end'), stopReason: z.string().max(80).catch('unknown') }),
  z.object({
    kind: z.literal('turn_completion'),
    promptTurnSummaries: z
      .array(z.object({ usage: z.number().nonnegative(), unit: z.string().max(40) }))
      .max(200),
  }),
  z.object({
    kind: z.literal('display_error'),
    message: z.string().max(20_000),
    errorType: z.string().max(200).catch(''),
  }),
])

/** Reads what a `session/update` says of the turn; everything else of it is `none`. */
export function readTurnNews(params: unknown): TurnNews {
  const info = Info.safeParse(params).data
  const details = Object.values(info?.update['_meta'] ?? {})
    .map((meta) => Details.safeParse(meta).data)
    .find((found) => found !== undefined)
  if (!info || !details) return { type: 'none' }
  switch (details.kind) {
    case 'turn_end':
      return { type: 'ended', sessionId: info.sessionId, stopReason: details.stopReason }
    case 'turn_completion': {
      const [first] = details.promptTurnSummaries
      const credits = details.promptTurnSummaries.reduce((sum, { usage }) => sum + usage, 0)
      return first ? { type: 'spent', credits, unit: first.unit } : { type: 'none' }
    }
    case 'display_error': {
      const login = /auth|login|token|credential/i.test(details.errorType)
      return { type: 'error', message: details.message, login }
    }
    default:
      return details satisfies never
  }
}
