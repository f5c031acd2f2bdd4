import { z } from 'zod'
import { invalidInput } from '../../domain/errors.ts'
import type { Turn } from '../../domain/turn.ts'
import { cleanText } from '../clean-text.ts'
import { numberTurns } from '../turns.ts'
import { type ShutdownReason, shutdownReason } from './shutdown-reason.ts'
import { spokenEntries, TranscriptionEvent } from './transcript.ts'

/** What Tavus has on record about one conversation. */
export interface TavusConversation {
  conversationId: string
  status: 'active' | 'ended' | 'unknown'
  name?: string
  joinUrl?: string
  /** As Tavus writes it. */
  createdAt?: string
  /** Spoken turns only; absent while Tavus has no transcript. */
  transcript?: Turn[]
  shutdownReason?: ShutdownReason
}

const optionalText = z.string().max(2_000).optional().catch(undefined)

const TavusRecord = z.object({
  conversation_id: z.string().min(1).max(200),
  status: z.enum(['active', 'ended', 'unknown']).catch('unknown'),
  conversation_name: optionalText,
  conversation_url: optionalText,
  created_at: optionalText,
  events: z.array(z.unknown()).optional().catch(undefined),
})

const ShutdownEvent = z.object({
  event_type: z.literal('system.shutdown'),
  properties: z.object({ shutdown_reason: z.string() }),
})

function turnsOf(events: readonly unknown[]): Turn[] | undefined {
  const ready = events
    .map((event) => TranscriptionEvent.safeParse(event).data)
    .findLast((event) => event !== undefined)
  if (ready === undefined) return undefined
  return numberTurns(spokenEntries(ready.properties.transcript), (message) =>
    invalidInput('transcript_too_large', message),
  )
}

function reasonOf(events: readonly unknown[]): ShutdownReason | undefined {
  const shutdown = events
    .map((event) => ShutdownEvent.safeParse(event).data)
    .findLast((event) => event !== undefined)
  return shutdown && shutdownReason(shutdown.properties.shutdown_reason)
}

/**
 * Reads a conversation as `GET /v2/conversations/{id}?verbose=true` gives it; undefined when the
 * value is none. The transcript and the shutdown stand in the flat `events[]`, never at the top.
 *
 * @throws AppError `transcript_too_large`
 */
export function parseTavusRecord(value: unknown): TavusConversation | undefined {
  const parsed = TavusRecord.safeParse(value)
  if (!parsed.success) return undefined
  const { conversation_id, status, conversation_name, conversation_url, created_at } = parsed.data
  const events = parsed.data.events ?? []
  const transcript = turnsOf(events)
  const reason = reasonOf(events)
  const name = cleanText(conversation_name ?? '')
    .trim()
    .slice(0, 200)
    .toWellFormed()
  return {
    conversationId: conversation_id,
    status,
    ...(name !== '' && { name }),
    ...(conversation_url !== undefined && { joinUrl: conversation_url }),
    ...(created_at !== undefined && { createdAt: created_at }),
    ...(transcript !== undefined && { transcript }),
    ...(reason !== undefined && { shutdownReason: reason }),
  }
}
