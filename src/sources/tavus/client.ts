import { invalidInput } from '../../domain/errors.ts'
import { type CreatedTavusCall, toCreatedCall } from './created-call.ts'
import { findCall, type SoughtCall } from './find-call.ts'
import { parseTavusRecord, type TavusConversation } from './record.ts'
import { askTavus, notAsDocumented, type TavusConnection } from './request.ts'

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

/** The Tavus conversations API, as far as a finished conversation needs it. */
export interface TavusClient {
  /** The record of a conversation, with its transcript once Tavus has it. */
  getConversation(id: string): Promise<TavusConversation>
  createConversation(call: NewTavusCall): Promise<CreatedTavusCall>
  /** Finds a call whose creation was asked for and not answered; undefined when Tavus has none. */
  findCall(sought: SoughtCall): Promise<CreatedTavusCall | undefined>
  /** Ends a call; ending an ended one is fine. */
  endConversation(id: string): Promise<void>
}

export interface TavusClientOptions extends Omit<TavusConnection, 'timeoutMs'> {
  /** 30 seconds when absent. */
  timeoutMs?: number
}

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
      return toCreatedCall(reply)
    },
    findCall: (sought) => findCall(connection, sought),
    endConversation: async (id) => {
      await askTavus(connection, 'POST', `${pathOf(id)}/end`)
    },
  }
}
