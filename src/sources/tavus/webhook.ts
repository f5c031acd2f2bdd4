import { z } from 'zod'
import { type AppError, invalidInput } from '../../domain/errors.ts'
import { hasDialogue, type Turn } from '../../domain/turn.ts'
import { cleanText } from '../clean-text.ts'
import { isDeeperThan } from '../json-depth.ts'
import { numberTurns } from '../turns.ts'
import { isoInstant } from './instant.ts'
import { type ShutdownReason, shutdownReason } from './shutdown-reason.ts'
import { spokenEntries, TranscriptionEvent } from './transcript.ts'

interface AboutConversation {
  conversationId: string
  /** When Tavus says that it happened: ISO 8601, UTC. */
  at?: string
}

/** Everything that can arrive at a callback URL. */
export type TavusBody =
  | (AboutConversation & { kind: 'joined' })
  | (AboutConversation & { kind: 'ended'; reason: ShutdownReason; rawReason: string })
  | (AboutConversation & {
      kind: 'transcript'
      /** Spoken turns only. */
      turns: Turn[]
      /** A client said something. */
      spoken: boolean
    })
  | (AboutConversation & { kind: 'recording'; outcome: 'ready' | 'copy_failed' })
  | (AboutConversation & { kind: 'perception'; outcome: 'analysed' | 'unavailable' })
  | (AboutConversation & { kind: 'post_call_action' })
  /** Unknown events and in-call app messages: kept for the record, never acted on. */
  | { kind: 'other'; eventType: string; conversationId?: string }
  /** No event at all: replica training, generated videos, replies of the API. */
  | { kind: 'not_a_conversation' }

/** What a body is about, without what was said in it. */
export interface TavusHead {
  kind: TavusBody['kind']
  conversationId?: string
  /** As Tavus calls it, of what is not known here. */
  eventType?: string
}

const maxDepth = 64
const maxName = 200

const Envelope = z.object({
  event_type: z.string().nullish(),
  conversation_id: z.unknown().optional(),
  timestamp: z.unknown().optional(),
  properties: z.unknown().optional(),
})
type Envelope = z.infer<typeof Envelope>

const ConversationId = z
  .string()
  .min(1)
  .max(maxName)
  .refine((id) => cleanText(id) === id && id.trim() !== '')
const Shutdown = z.object({ shutdown_reason: z.string() })

function invalidBody(message: string): AppError {
  return invalidInput('invalid_body', message)
}

function about(envelope: Envelope): AboutConversation {
  const id = ConversationId.safeParse(envelope.conversation_id)
  if (!id.success) {
    throw invalidBody(`${envelope.event_type} needs a conversation_id of 1 to 200 characters.`)
  }
  const at = isoInstant(envelope.timestamp)
  return { conversationId: id.data, ...(at !== undefined && { at }) }
}

function ended(envelope: Envelope): TavusBody {
  const raw = Shutdown.safeParse(envelope.properties).data?.shutdown_reason ?? ''
  const rawReason = cleanText(raw).trim().slice(0, maxName).toWellFormed() || 'unknown'
  return { kind: 'ended', ...about(envelope), reason: shutdownReason(rawReason), rawReason }
}

function transcriptOf(envelope: Envelope): readonly unknown[] {
  const event = TranscriptionEvent.safeParse(envelope)
  if (event.success) return event.data.properties.transcript
  throw invalidBody('application.transcription_ready needs properties.transcript, a list.')
}

function transcript(envelope: Envelope): TavusBody {
  const turns = numberTurns(spokenEntries(transcriptOf(envelope)), invalidBody)
  return { kind: 'transcript', ...about(envelope), turns, spoken: hasDialogue(turns) }
}

function other(envelope: Envelope, eventType: string) {
  const id = ConversationId.safeParse(envelope.conversation_id).data
  return {
    kind: 'other' as const,
    eventType: cleanText(eventType).slice(0, maxName).toWellFormed(),
    ...(id !== undefined && { conversationId: id }),
  }
}

function readEnvelope(body: unknown): Envelope {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw invalidBody('The body is not a JSON object.')
  }
  if (isDeeperThan(body, maxDepth)) {
    throw invalidBody(`The body nests deeper than ${maxDepth} levels.`)
  }
  const parsed = Envelope.safeParse(body)
  if (!parsed.success) throw invalidBody('event_type is not text.')
  return parsed.data
}

function kindOf(eventType: string | null | undefined): TavusBody['kind'] {
  switch (eventType) {
    case null:
    case undefined:
      return 'not_a_conversation'
    // One join is sent under both names since the rename of 2026.
    case 'system.replica_joined':
    case 'system.pal_joined':
      return 'joined'
    case 'system.shutdown':
      return 'ended'
    case 'application.transcription_ready':
      return 'transcript'
    case 'application.recording_ready':
    case 'application.recording_copy_failed':
      return 'recording'
    case 'application.perception_analysis':
    case 'application.perception_unavailable':
      return 'perception'
    case 'application.post_call_action_executed':
      return 'post_call_action'
    default:
      return 'other'
  }
}

/**
 * Reads what a body that was posted to a Tavus callback URL is about, and nothing of what was said:
 * what has to be known before it is kept.
 *
 * @throws AppError `invalid_body` when it is not an object, nests too deeply, or is a known event
 *   that lacks what it must have.
 */
export function identifyTavusBody(body: unknown): TavusHead {
  const envelope = readEnvelope(body)
  const kind = kindOf(envelope.event_type)
  switch (kind) {
    case 'not_a_conversation':
      return { kind }
    case 'other':
      return other(envelope, envelope.event_type ?? '')
    case 'transcript':
      transcriptOf(envelope)
      return { kind, conversationId: about(envelope).conversationId }
    case 'joined':
    case 'ended':
    case 'recording':
    case 'perception':
    case 'post_call_action':
      return { kind, conversationId: about(envelope).conversationId }
    default:
      return kind satisfies never
  }
}

/**
 * Reads a body that was posted to a Tavus callback URL: legacy and 2026 names alike.
 *
 * @throws AppError `invalid_body` like identifyTavusBody, and for a transcript of more than 20,000
 *   turns or with more than 100,000 characters in one.
 */
export function parseTavusBody(body: unknown): TavusBody {
  const envelope = readEnvelope(body)
  const { event_type: eventType } = envelope
  const kind = kindOf(eventType)
  switch (kind) {
    case 'not_a_conversation':
      return { kind }
    case 'joined':
    case 'post_call_action':
      return { kind, ...about(envelope) }
    case 'ended':
      return ended(envelope)
    case 'transcript':
      return transcript(envelope)
    case 'recording': {
      const outcome = eventType === 'application.recording_ready' ? 'ready' : 'copy_failed'
      return { kind, ...about(envelope), outcome }
    }
    case 'perception': {
      const analysed = eventType === 'application.perception_analysis'
      return { kind, ...about(envelope), outcome: analysed ? 'analysed' : 'unavailable' }
    }
    case 'other':
      return other(envelope, eventType ?? '')
    default:
      return kind satisfies never
  }
}
