/** Why a call ended, as Tavus documents it; `unknown` for anything else. */
const shutdownReasons = [
  'max_call_duration',
  'participant_left_timeout',
  'participant_absent_timeout',
  'bot_could_not_join_meeting',
  'daily_room_has_been_deleted',
  'exception_encountered_during_conversation_startup',
  'end_conversation_endpoint_hit',
  'internal_error',
] as const
export type ShutdownReason = (typeof shutdownReasons)[number] | 'unknown'

/**
 * The documented reason that a raw one begins with: Tavus's list says
 * `participant_left_timeout reached`, its own example leaves ` reached` out.
 */
export function shutdownReason(raw: string): ShutdownReason {
  const name = raw.trim().toLowerCase().replaceAll(' ', '_')
  return shutdownReasons.find((reason) => name.startsWith(reason)) ?? 'unknown'
}
