import { z } from 'zod'
import { isDeeperThan } from '../json-depth.ts'
import { parseTavusRecord } from '../tavus/record.ts'
import { spokenEntries, TranscriptionEvent } from '../tavus/transcript.ts'
import { numberTurns } from '../turns.ts'
import { tooLarge, unreadable } from './format.ts'
import { cleanMeetingText } from './meeting-text.ts'
import type { ParsedTranscript } from './parsed.ts'
import { turnsOfSpeeches } from './turns-of-speeches.ts'

const SpokenList = z.array(z.object({ speaker: z.string(), content: z.string() }))
const Meeting = z.object({ meeting_transcripts: SpokenList })
const AnyEvent = z.object({ event_type: z.string() })
const AnyRecord = z.object({ events: z.array(z.unknown()) })

const maxDepth = 64

/** The value of a JSON text, or undefined when the text is no JSON object or list. */
export function jsonValue(text: string): object | undefined {
  if (!/^\s{0,1000}[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? value : undefined
  } catch {
    return undefined
  }
}

function spokenList(list: z.infer<typeof SpokenList>) {
  return turnsOfSpeeches(
    list.map(({ speaker, content }) => ({ speaker, text: cleanMeetingText(content) })),
  )
}

function conversation(value: object): ParsedTranscript {
  const record = parseTavusRecord(value)
  if (record?.transcript === undefined) {
    throw unreadable('This Tavus conversation has no transcript among its events.')
  }
  return {
    format: 'tavus_conversation',
    turns: record.transcript,
    ...(record.name !== undefined && { title: record.name }),
  }
}

/**
 * Reads a transcript that is JSON.
 *
 * @throws AppError `transcript_unreadable`, `transcript_too_large`
 */
export function parseJson(value: object): ParsedTranscript {
  if (isDeeperThan(value, maxDepth)) {
    throw unreadable(`This JSON nests deeper than ${maxDepth} levels.`)
  }
  const list = SpokenList.safeParse(value)
  if (list.success) return { format: 'speaker_json', turns: spokenList(list.data) }
  const meeting = Meeting.safeParse(value)
  if (meeting.success) {
    return { format: 'qmsum_json', turns: spokenList(meeting.data.meeting_transcripts) }
  }
  const transcription = TranscriptionEvent.safeParse(value)
  if (transcription.success) {
    const spoken = spokenEntries(transcription.data.properties.transcript)
    return { format: 'tavus_webhook', turns: numberTurns(spoken, tooLarge) }
  }
  if (AnyRecord.safeParse(value).success) return conversation(value)
  throw unreadable(
    AnyEvent.safeParse(value).success
      ? 'This event of Tavus holds no transcript.'
      : 'This JSON holds no transcript.',
  )
}
