import { cleanText } from '../clean-text.ts'
import { speechesOfCues } from './cue-speech.ts'
import { beginsWithCues, parseCues } from './cues.ts'
import { emptyTranscript, tooLarge, unreadable } from './format.ts'
import { jsonValue, parseJson } from './json.ts'
import { parseLines } from './lines.ts'
import type { ParsedTranscript } from './parsed.ts'
import { turnsOfSpeeches } from './turns-of-speeches.ts'

const maxBytes = 5 * 1024 * 1024
const maxTitle = 200

/** Beginnings of files that hold no text: PDF, and ZIP, which Word files are. */
const binaryStarts: readonly string[] = ['%PDF-', 'PK\u0003\u0004']

function assertText(text: string): void {
  if (text.length > maxBytes || new TextEncoder().encode(text).byteLength > maxBytes) {
    throw tooLarge('The transcript is larger than 5 MiB. Split it into parts.')
  }
  if (text.includes('\0') || binaryStarts.some((start) => text.startsWith(start))) {
    throw unreadable('This file is not text. Export the transcript as text first.')
  }
}

function parseText(text: string): ParsedTranscript {
  const isWebVtt = text.startsWith('WEBVTT')
  if (isWebVtt || beginsWithCues(text)) {
    const turns = turnsOfSpeeches(speechesOfCues(parseCues(text)))
    return { format: isWebVtt ? 'webvtt' : 'srt', turns }
  }
  const { title, speeches, timed } = parseLines(text)
  return {
    format: timed ? 'timed_text' : 'plain_text',
    turns: turnsOfSpeeches(speeches),
    ...(title && { title: title.slice(0, maxTitle).toWellFormed() }),
  }
}

/**
 * Reads a transcript in any of the formats of docs/transcripts.md, which it finds by looking at the
 * text; the file's name only serves to say more about a file that cannot be read.
 *
 * @throws AppError `transcript_unreadable` when it is in none of them, `transcript_empty` when
 *   nobody said anything, `transcript_too_large` above 5 MiB, 20,000 turns, or 100,000 characters
 *   in one turn
 */
export function parseTranscript(text: string, hint: { filename?: string } = {}): ParsedTranscript {
  assertText(text)
  const plain = cleanText(text).trim()
  if (plain === '') throw emptyTranscript()
  // JSON is read as it came: a line separator may stand raw in its strings, a line end may not.
  const json = jsonValue(text.replace(/^\ufeff/, ''))
  if (json === undefined && hint.filename?.toLowerCase().endsWith('.json')) {
    throw unreadable('This file is not valid JSON.')
  }
  const parsed = json === undefined ? parseText(plain) : parseJson(json)
  if (parsed.turns.length === 0) throw emptyTranscript()
  return parsed
}
