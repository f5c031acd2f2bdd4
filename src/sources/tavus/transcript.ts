import { z } from 'zod'
import type { TurnRole } from '../../domain/turn.ts'
import type { Utterance } from '../turns.ts'
import { epochSeconds } from './instant.ts'

const Entry = z.object({
  role: z.string().max(100),
  content: z.unknown().optional(),
  timestamp: z.unknown().optional(),
  seconds_from_start: z.unknown().optional(),
})
type Entry = z.infer<typeof Entry>

const TextPart = z.object({ type: z.literal('text'), text: z.string() })

/** The event that carries a transcript, as a webhook body and in a conversation's record. */
export const TranscriptionEvent = z.object({
  event_type: z.literal('application.transcription_ready'),
  properties: z.object({ transcript: z.array(z.unknown()) }),
})

/**
 * Who speaks under a role of Tavus: live messages say `pal` or `replica` where transcripts say
 * `assistant`. Undefined for what nobody said: the prompt, retrieved passages, tool results, and
 * roles that are not known, which must never pass for a client.
 */
function spokenRole(role: string): Extract<TurnRole, 'client' | 'agent'> | undefined {
  switch (role.toLowerCase()) {
    case 'user':
      return 'client'
    case 'assistant':
    case 'replica':
    case 'face':
    case 'pal':
    case 'persona':
      return 'agent'
    default:
      return undefined
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) => TextPart.safeParse(part).data?.text ?? '')
    .filter((text) => text !== '')
    .join('\n')
}

function givenStart(entry: Entry): number | undefined {
  const seconds = entry.seconds_from_start
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0
    ? seconds
    : undefined
}

/** The epoch second at which the talk began: that of the first entry which has a time. */
function beginning(entries: readonly Entry[]): number | undefined {
  for (const entry of entries) {
    const at = epochSeconds(entry.timestamp)
    if (at !== undefined) return at - (givenStart(entry) ?? 0)
  }
  return undefined
}

/** What was said in a Tavus `transcript[]`, in its order; everything that nobody said is left out. */
export function spokenEntries(transcript: readonly unknown[]): Utterance[] {
  const entries = transcript.flatMap((raw) => Entry.safeParse(raw).data ?? [])
  const began = beginning(entries)
  return entries.flatMap((entry) => {
    const role = spokenRole(entry.role)
    if (role === undefined) return []
    const at = epochSeconds(entry.timestamp)
    const measured = at === undefined || began === undefined ? undefined : at - began
    const start = givenStart(entry) ?? measured
    const text = textOf(entry.content)
    return [{ speaker: entry.role, role, text, ...(start !== undefined && { start }) }]
  })
}
