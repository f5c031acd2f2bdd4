import { AppError, invalidInput } from '../../domain/errors.ts'

export type TranscriptFormat =
  | 'plain_text'
  | 'timed_text'
  | 'webvtt'
  | 'srt'
  | 'tavus_webhook'
  | 'tavus_conversation'
  | 'speaker_json'
  | 'qmsum_json'

const formats =
  'text with `Name: what was said` or `[h:mm:ss] name: what was said` on each line, WebVTT, SRT, ' +
  'a Tavus application.transcription_ready body, a Tavus conversation with events, ' +
  'or JSON as [{"speaker", "content"}] or {"meeting_transcripts": [{"speaker", "content"}]}'

/** `transcript_unreadable`: the text is in none of the formats, which the message lists. */
export function unreadable(why: string): AppError {
  return invalidInput(
    'transcript_unreadable',
    `${why} Formats that can be read: ${formats}. docs/transcripts.md shows each.`,
  )
}

/** `transcript_empty`: the format is known, and nobody said a word. */
export function emptyTranscript(): AppError {
  return invalidInput('transcript_empty', 'Nothing was said in this transcript.')
}

/** `transcript_too_large`: the whole, or one part of it, is above a limit. */
export function tooLarge(message: string): AppError {
  return new AppError('transcript_too_large', message, { status: 413 })
}
