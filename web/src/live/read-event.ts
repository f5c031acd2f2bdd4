import type { ApprovalHold, EventBody, EventType } from '../../../src/domain/event.ts'
import {
  type Check,
  isBoolean,
  isNumber,
  isObject,
  isRecord,
  isString,
  listOf,
  nullable,
  optional,
  shapeOf,
} from '../api/guards.ts'
import { isCost, isEvidence, isOption, isTask } from '../api/views.ts'

/** One row of a project's log, as the page keeps it. */
export interface LiveEvent {
  seq: number
  at: string
  body: EventBody
}

const isHold = shapeOf<ApprovalHold>({ code: isString, message: isString })

/** Event fields by type: the compiler asks for every type and every field of it. */
type EventChecks = {
  readonly [T in EventType]: {
    readonly [K in Exclude<keyof Extract<EventBody, { type: T }>, 'type'>]-?: Check
  }
}

const build = isString
const hash = isString
const comment = { comment: isString, document: isString, ref: isString, by: isString }

const checks: EventChecks = {
  'conversation.received': { source: isString, turns: isNumber },
  'project.status': { from: nullable(isString), to: isString, reason: optional(isString) },
  'stage.started': { stage: isString, attempt: isNumber },
  'stage.finished': { stage: isString, ms: isNumber },
  'stage.failed': {
    stage: isString,
    code: isString,
    message: isString,
    again: isBoolean,
    afterSeconds: optional(isNumber),
  },
  'alert.raised': {
    stage: isString,
    code: isString,
    message: isString,
    attempts: isNumber,
    letter: isString,
  },
  'budget.warned': {
    scope: isString,
    limitUsd: isString,
    spentUsd: isString,
    unknownUsd: optional(isString),
  },
  'brief.ready': { version: isNumber, counts: isObject },
  'plan.ready': { version: isNumber, hash, counts: isObject, held: optional(listOf(isHold)) },
  'plan.approved': { hash, by: isString, how: isString },
  'plan.rejected': { hash, by: isString, reason: isString },
  'comment.added': comment,
  'comment.resolved': comment,
  'build.queued': { build, hash },
  'build.started': { build, agent: isString, attempt: optional(isNumber) },
  'build.progress': {
    build,
    done: isNumber,
    total: isNumber,
    elapsed_ms: optional(isNumber),
    cost: optional(isCost),
  },
  'build.task': { build, task: isTask },
  'build.evidence': { build, criteria: listOf(isEvidence) },
  'build.log': { build, kind: isString, text: isString },
  'build.needs_input': {
    build,
    input_id: isString,
    question: isString,
    options: listOf(isOption),
    accepts_text: isBoolean,
    expires_at: optional(isString),
  },
  'build.input_closed': { build, input_id: isString, end: isString, option: optional(isString) },
  'build.delivered': {
    build,
    url: isString,
    branch: isString,
    commit: isString,
    pull_request: optional(isObject),
  },
  'build.not_delivered': { build, code: isString, message: isString },
  'build.completed': {
    build,
    done: isNumber,
    total: isNumber,
    tests: isObject,
    commit: isString,
    folder: optional(isString),
  },
  'build.failed': { build, code: isString, message: isString },
  'build.cancelled': { build },
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(checks, type)
}

function isEventBody(value: unknown): value is EventBody {
  if (!isRecord(value)) return false
  const type = value['type']
  if (typeof type !== 'string' || !isEventType(type)) return false
  return Object.entries<Check>(checks[type]).every(([name, check]) => check(value[name]))
}

/** The events that this page knows, of those that were sent. */
export function knownEvents(
  sent: readonly { seq: number; at: string; body: unknown }[],
): LiveEvent[] {
  return sent.flatMap(({ seq, at, body }) => (isEventBody(body) ? [{ seq, at, body }] : []))
}

/** One event of the stream; undefined for what this page does not know. */
export function readEvent(data: string): LiveEvent | undefined {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return undefined
  }
  if (!isRecord(value)) return undefined
  const { seq, at, body } = value
  if (typeof seq !== 'number' || typeof at !== 'string' || !isEventBody(body)) return undefined
  return { seq, at, body }
}
