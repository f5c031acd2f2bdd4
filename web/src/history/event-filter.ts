import { assertNever } from '../../../src/domain/assert-never.ts'
import type { EventType } from '../../../src/domain/event.ts'
import type { LiveEvent } from '../live/read-event.ts'
import { describeEvent } from './describe-event.ts'

/** Kinds of events that somebody may look for. */
export const eventKinds = ['all', 'stages', 'plan', 'build', 'log'] as const
export type EventKind = (typeof eventKinds)[number]

const planPrefixes = ['conversation.', 'brief.', 'plan.', 'comment.']

function isOfKind(type: EventType, kind: EventKind): boolean {
  const isLog = type === 'build.log'
  switch (kind) {
    case 'all':
      return !isLog
    case 'log':
      return isLog
    case 'build':
      return type.startsWith('build.') && !isLog
    case 'plan':
      return planPrefixes.some((prefix) => type.startsWith(prefix))
    case 'stages':
      return !type.startsWith('build.') && !planPrefixes.some((prefix) => type.startsWith(prefix))
    default:
      return assertNever(kind)
  }
}

/** The events of a kind whose words hold what is looked for; the lines of the log only when asked for. */
export function filterEvents(
  events: readonly LiveEvent[],
  kind: EventKind,
  wanted: string,
): readonly LiveEvent[] {
  const words = wanted.trim().toLowerCase()
  return events.filter(
    ({ body }) =>
      isOfKind(body.type, kind) &&
      (words === '' || `${body.type} ${describeEvent(body)}`.toLowerCase().includes(words)),
  )
}
