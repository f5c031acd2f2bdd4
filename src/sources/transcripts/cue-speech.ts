import type { Cue } from './cues.ts'
import { isSpeaker, splitLabel } from './speaker-label.ts'
import { type Speech, unknownSpeaker } from './speech.ts'

/** The marks of WebVTT and SRT; anything else in angle brackets is text. */
const mark = /(<\/?(?:b|c|font|i|lang|rt|ruby|s|u|v)(?=[\s.>])[^<>]*>|<\d[\d:.]{4,15}>)/i
const voice = /^<v[.\s]/i
const position = /\{\\[^{}]*\}/g

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&gt;': '>',
  '&lrm;': '',
  '&lt;': '<',
  '&nbsp;': ' ',
  '&rlm;': '',
}

function decode(text: string): string {
  return text.replace(/&(?:amp|gt|lrm|lt|nbsp|rlm);/g, (entity) => entities[entity] ?? entity)
}

/** The name in `<v Name>` or `<v.loud Name>`. */
function voiceName(tag: string): string {
  const gap = tag.search(/\s/)
  return gap < 0 ? '' : decode(tag.slice(gap, -1)).trim()
}

interface Span {
  /** From a voice mark. */
  speaker?: string
  text: string
}

/** The parts of a cue by voice, without marks, in one line each. */
function spansOf(payload: string): Span[] {
  const spans: { speaker?: string; parts: string[] }[] = [{ parts: [] }]
  payload
    .replace(position, '')
    .split(mark)
    .forEach((part, index) => {
      const isMark = index % 2 === 1
      if (!isMark) spans.at(-1)?.parts.push(part)
      else if (voice.test(part)) spans.push({ speaker: voiceName(part), parts: [] })
      else if (part.toLowerCase() === '</v>') spans.push({ parts: [] })
    })
  return spans
    .map(({ parts, ...span }) => ({
      ...span,
      text: decode(parts.join('')).replace(/\s+/g, ' ').trim(),
    }))
    .filter(({ text }) => text !== '')
}

/** A span's speaker: its voice, else the name before a colon, else whoever spoke before. */
function speechOf(span: Span, before: string): Speech {
  if (span.speaker) return { speaker: span.speaker, text: span.text }
  const labelled = splitLabel(span.text)
  return labelled && isSpeaker(labelled.label, { times: 1, marked: true })
    ? { speaker: labelled.label, text: labelled.text }
    : { speaker: before, text: span.text }
}

/** A pause longer than this begins a new turn, as does a turn that has become this long. */
const maxPause = 10
const maxMerged = 2_000

/**
 * What cues say, by turns: the cues of one speaker that follow each other within ten seconds become
 * one turn of at most 2,000 characters with the start of the first, for captions break sentences
 * where a line is full.
 */
export function speechesOfCues(cues: readonly Cue[]): Speech[] {
  const turns: { speaker: string; start: number; end: number; parts: string[]; length: number }[] =
    []
  for (const { start, end, payload } of cues) {
    for (const span of spansOf(payload)) {
      const last = turns.at(-1)
      const { speaker, text } = speechOf(span, last?.speaker ?? unknownSpeaker)
      const goesOn =
        last?.speaker === speaker &&
        start - last.end <= maxPause &&
        last.length + text.length < maxMerged
      if (goesOn) {
        last.parts.push(text)
        last.length += text.length + 1
        last.end = end
      } else {
        turns.push({ speaker, start, end, parts: [text], length: text.length })
      }
    }
  }
  return turns.map(({ speaker, start, parts }) => ({ speaker, start, text: parts.join(' ') }))
}
