import { z } from 'zod'
import { AppError, invalidInput } from '../../domain/errors.ts'
import { parseTavusRecord, type TavusConversation } from './record.ts'
import { askTavus, type TavusConnection } from './request.ts'

/** A call to be created; durations in seconds. Tavus caps the longest one to the plan without saying so. */
export interface NewTavusCall {
  palId: string
  faceId?: string
  callbackUrl?: string
  conversationName?: string
  /** Appended to the PAL's own context. */
  conversationalContext?: string
  customGreeting?: string
  audioOnly?: boolean
  /** Makes Tavus give a meeting token, without which nobody can join. */
  requireAuth?: boolean
  /** Free, and ended from the start. */
  testMode?: boolean
  maxCallDuration?: number
  participantLeftTimeout?: number
  participantAbsentTimeout?: number
  languages?: readonly string[]
}

export interface CreatedTavusCall {
  conversationId: string
  /** Where a person joins. */
  conversationUrl: string
  status: 'active' | 'ended' | 'unknown'
  meetingToken?: string
}

/** The Tavus conversations API, as far as a finished conversation needs it. */
export interface TavusClient {
  /** The record of a conversation, with its transcript once Tavus has it. */
  getConversation(id: string): Promise<TavusConversation>
  createConversation(call: NewTavusCall): Promise<CreatedTavusCall>
  /** Ends a call; ending an ended one is fine. */
  endConversation(id: string): Promise<void>
}

export interface TavusClientOptions extends Omit<TavusConnection, 'timeoutMs'> {
  /** 30 seconds when absent. */
  timeoutMs?: number
}

const CreatedReply = z.object({
  conversation_id: z.string().min(1).max(200),
  conversation_url: z.url({ protocol: /^https?$/ }).max(2_000),
  status: z.enum(['active', 'ended', 'unknown']).catch('unknown'),
  meeting_token: z.string().max(10_000).optional().catch(undefined),
})

/** The path of a conversation; `.` and `..` would climb even when they are encoded. */
function pathOf(id: string): string {
  if (id === '' || id.length > 200 || id === '.' || id === '..') {
    throw invalidInput('invalid_conversation_id', 'This is not the id of a Tavus conversation.')
  }
  return `/v2/conversations/${encodeURIComponent(id.toWellFormed())}`
}

/** The body of `POST /v2/conversations`; what is undefined is not sent. */
function requestBody(call: NewTavusCall): object {
  const properties = {
    max_call_duration: call.maxCallDuration,
    participant_left_timeout: call.participantLeftTimeout,
    participant_absent_timeout: call.participantAbsentTimeout,
    languages: call.languages,
  }
  return {
    pal_id: call.palId,
    face_id: call.faceId,
    callback_url: call.callbackUrl,
    conversation_name: call.conversationName,
    conversational_context: call.conversationalContext,
    custom_greeting: call.customGreeting,
    audio_only: call.audioOnly,
    require_auth: call.requireAuth,
    test_mode: call.testMode,
    ...(Object.values(properties).some((value) => value !== undefined) && { properties }),
  }
}

function notAsDocumented(what: string): AppError {
  return new AppError(
    'tavus_unexpected_reply',
    `Tavus answered, but not with ${what}. Check TAVUS_BASE_URL.`,
    { status: 502 },
  )
}

/**
 * A client of the Tavus API that keeps nothing and tries everything once: whoever calls it decides
 * by the error's `retryable` and `details.retryAfterSeconds` whether and when to try again.
 */
export function createTavusClient(options: TavusClientOptions): TavusClient {
  const connection: TavusConnection = { timeoutMs: 30_000, ...options }
  return {
    getConversation: async (id) => {
      const reply = await askTavus(connection, 'GET', `${pathOf(id)}?verbose=true`)
      const conversation = parseTavusRecord(reply)
      if (conversation?.conversationId !== id) throw notAsDocumented('this conversation')
      return conversation
    },
    createConversation: async (call) => {
      const reply = await askTavus(connection, 'POST', '/v2/conversations', requestBody(call))
      const created = CreatedReply.safeParse(reply)
      if (!created.success) throw notAsDocumented('a created conversation')
      const { conversation_id, conversation_url, status, meeting_token } = created.data
      return {
        conversationId: conversation_id,
        conversationUrl: conversation_url,
        status,
        ...(meeting_token !== undefined && { meetingToken: meeting_token }),
      }
    },
    endConversation: async (id) => {
      await askTavus(connection, 'POST', `${pathOf(id)}/end`)
    },
  }
}
