import type { Turn } from '../../../src/domain/turn.ts'

/** Names that a source gives to a speaker whose name it does not know. */
const nameless: Readonly<Record<string, string>> = {
  user: 'Client',
  assistant: 'Agent',
  replica: 'Agent',
}

/** A speaker's name for people. */
export function speakerName(speaker: Turn['speaker']): string {
  const key = speaker.toLowerCase()
  return (Object.hasOwn(nameless, key) ? nameless[key] : undefined) ?? speaker
}
