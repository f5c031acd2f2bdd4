import { z } from 'zod'

/** Who a speaker is to the talk. Only what a client says, or agrees to, is asked for. */
export const TurnRole = z.enum(['client', 'agent', 'system', 'tool'])
export type TurnRole = z.infer<typeof TurnRole>

/** `t1`, `t2` … in the order of the talk. */
export const TurnId = z.string().regex(/^t[1-9]\d{0,5}$/)

export const Turn = z.object({
  id: TurnId,
  /** The name as the source gives it, at most 200 characters. */
  speaker: z.string().max(200),
  role: TurnRole,
  text: z.string(),
  /** Seconds from the start of the talk, when the source says so. */
  start: z.number().nonnegative().optional(),
})
export type Turn = z.infer<typeof Turn>

/** The speaker of what a user answered to a question of the brief, after the talk. */
export function userSpeaker(userId: string): string {
  return `User ${userId}`
}

/** Whether an answer of a user is told: it settles what clients left open. */
export function isUserSpeaker(speaker: string): boolean {
  return /^User [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(speaker)
}

/** One conversation as the stages see it: spoken turns only; prompts and tool calls are left out. */
export const Talk = z.object({
  title: z.string().max(200).optional(),
  turns: z.array(Turn),
})
export type Talk = z.infer<typeof Talk>

/** True when a client said something: a call where nobody spoke has no project. */
export function hasDialogue(turns: readonly Turn[]): boolean {
  return turns.some((turn) => turn.role === 'client' && turn.text.trim() !== '')
}
