import { assertNever } from '../domain/assert-never.ts'
import type { FollowedConversation } from '../store/waiting-conversations.ts'
import { askAgainMs, fetchDelayMs, maxAsked } from './fetch-transcript.ts'
import { tavusSource } from './tavus-webhooks.ts'

/** How far a conversation is on its way to a project. */
export type WaitingState =
  /** It is held, or its end was not told yet. */
  | 'live'
  /** It has ended; its transcript has yet to come. */
  | 'awaiting_transcript'
  /** Its transcript is there. */
  | 'transcribed'
  /** Its transcript is there, and no client says anything in it. */
  | 'no_dialogue'
  /** Nobody waits for its transcript any more. */
  | 'given_up'

/** What stands in the way of a conversation's project, and what a person can do. */
export interface WaitingFailure {
  code: string
  message: string
}

export interface Waiting {
  state: WaitingState
  failure: WaitingFailure | null
  /** When the source is asked for the transcript; null where it is not. */
  asksAt: Date | null
}

const never: WaitingFailure = {
  code: 'transcript_never_came',
  message: `Tavus was asked ${maxAsked} times, over three days, and has no transcript of this call. If you have what was said, upload it.`,
}

const silent: WaitingFailure = {
  code: 'no_dialogue',
  message:
    'Nobody but the agent said anything, so there is nothing to build. Hold another call, or upload a transcript.',
}

function asksAt({ endedAt, createdAt, askedAt }: FollowedConversation, now: Date): Date {
  if (endedAt !== null && askedAt === null) {
    const first = endedAt.getTime() + fetchDelayMs
    if (first > now.getTime()) return new Date(first)
  }
  return new Date(Math.max((endedAt ?? createdAt).getTime(), askedAt?.getTime() ?? 0) + askAgainMs)
}

/**
 * What a conversation waits for.
 *
 * @param asks whether this server can ask Tavus: it has a key
 */
export function waitingOf(conversation: FollowedConversation, asks: boolean, now: Date): Waiting {
  const { status, askedCount, letter, source } = conversation
  switch (status) {
    case 'transcribed':
      return { state: 'transcribed', failure: null, asksAt: null }
    case 'no_dialogue':
      return { state: 'no_dialogue', failure: silent, asksAt: null }
    case 'live':
    case 'ended': {
      if (askedCount >= maxAsked) return { state: 'given_up', failure: never, asksAt: null }
      const isAsked = asks && source === tavusSource
      return {
        state: status === 'live' ? 'live' : 'awaiting_transcript',
        failure: letter,
        asksAt: isAsked ? asksAt(conversation, now) : null,
      }
    }
    default:
      return assertNever(status)
  }
}
