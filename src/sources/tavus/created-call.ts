import { z } from 'zod'
import { notAsDocumented } from './request.ts'

export interface CreatedTavusCall {
  conversationId: string
  /** Where a person joins. */
  conversationUrl: string
  status: 'active' | 'ended' | 'unknown'
  meetingToken?: string
}

const CreatedReply = z.object({
  conversation_id: z.string().min(1).max(200),
  conversation_url: z.url({ protocol: /^https?$/ }).max(2_000),
  status: z.enum(['active', 'ended', 'unknown']).catch('unknown'),
  meeting_token: z.string().max(10_000).optional().catch(undefined),
})

/** A call as Tavus answers with it, or lists it. @throws AppError `tavus_unexpected_reply` */
export function toCreatedCall(reply: unknown): CreatedTavusCall {
  const created = CreatedReply.safeParse(reply)
  if (!created.success) throw notAsDocumented('a created conversation')
  const { conversation_id, conversation_url, status, meeting_token } = created.data
  return {
    conversationId: conversation_id,
    conversationUrl: conversation_url,
    status,
    ...(meeting_token !== undefined && { meetingToken: meeting_token }),
  }
}
