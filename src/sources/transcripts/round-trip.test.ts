import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../domain/errors.ts'
import { cleanText } from '../clean-text.ts'
import { parseTranscript } from './parse.ts'

const name = fc
  .tuple(
    fc.constantFrom('Ada', 'Ben', 'Élodie', 'Zoë', 'Interviewer', 'Client'),
    fc.constantFrom('', ' Example', ' van Example', ' (Guild)', ' 2', '-Marie', " O'Hara"),
  )
  .map((parts) => parts.join(''))

/** Any visible text of one line without runs of white space, as speech is written down. */
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  .map((text) => cleanText(text).replace(/\s+/g, ' ').trim())
  .filter((text) => text !== '' && text === cleanText(text).trim())

const said = fc.array(fc.record({ speaker: name, text: words }), { minLength: 1, maxLength: 20 })
type Said = { speaker: string; text: string }[]

/** Far enough apart that no two cues are one turn. */
const startOf = (index: number) => index * 20 + 0.25

function clock(seconds: number, mark: string): string {
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const thousandths = String(Math.round((seconds % 1) * 1000)).padStart(3, '0')
  return `${part(seconds / 3600)}:${part((seconds / 60) % 60)}:${part(seconds % 60)}${mark}${thousandths}`
}

function cues(turns: Said, mark: string, render: (turn: Said[number]) => string): string {
  return turns
    .map((turn, index) => {
      const start = startOf(index)
      return `${index + 1}\r\n${clock(start, mark)} --> ${clock(start + 2, mark)}\r\n${render(turn)}\r\n`
    })
    .join('\r\n')
}

function escapeMarks(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function expectRoundTrip(render: (turns: Said) => string, timed: boolean): void {
  fc.assert(
    fc.property(said, (turns) => {
      const parsed = parseTranscript(render(turns)).turns
      expect(parsed.map(({ speaker, text, start }) => ({ speaker, text, start }))).toEqual(
        turns.map((turn, index) => ({ ...turn, start: timed ? startOf(index) : undefined })),
      )
    }),
  )
}

test('plain text comes back as it was said', () => {
  expectRoundTrip(
    (turns) => turns.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n'),
    false,
  )
})

test('text with times comes back as it was said', () => {
  const line = ({ speaker, text }: Said[number], index: number) =>
    `[${clock(startOf(index), '.')}] ${speaker}: ${text}`
  expectRoundTrip((turns) => turns.map(line).join('\n\n'), true)
})

test('WebVTT with names comes back as it was said', () => {
  const render = ({ speaker, text }: Said[number]) => `${speaker}: ${escapeMarks(text)}`
  expectRoundTrip((turns) => `WEBVTT\r\n\r\n${cues(turns, '.', render)}`, true)
})

test('WebVTT with voices comes back as it was said', () => {
  const render = ({ speaker, text }: Said[number]) => `<v ${speaker}>${escapeMarks(text)}</v>`
  expectRoundTrip((turns) => `WEBVTT\r\n\r\n${cues(turns, '.', render)}`, true)
})

test('SRT comes back as it was said', () => {
  const render = ({ speaker, text }: Said[number]) => `${speaker}: ${escapeMarks(text)}`
  expectRoundTrip((turns) => cues(turns, ',', render), true)
})

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        'WEBVTT',
        '\n',
        '\r\n',
        '\n\n',
        '00:01.000 --> 00:02.000',
        '00:00:01,000 --> 00:00:02,000',
        '[0:00:01] ',
        'Client',
        ': ',
        '**',
        '<v ',
        '<v.',
        '>',
        '<',
        '</v>',
        '&lt;',
        '{\\',
        '}',
        '[',
        '{"events":[',
        '"',
        '\ud800',
        '\u2028',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
  fc.json(),
  fc.json().map((text) => `{"meeting_transcripts":${text}}`),
  fc
    .json()
    .map(
      (text) =>
        `{"event_type":"application.transcription_ready","properties":{"transcript":[${text}]}}`,
    ),
  fc.json().map((text) => `{"conversation_id":"c1","events":[${text}]}`),
)

test('no text makes the parser throw anything but an AppError, or give a turn without words', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      try {
        const { turns } = parseTranscript(text)
        expect(turns.length).toBeGreaterThan(0)
        expect(turns.filter((turn) => turn.text.trim() === '')).toEqual([])
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(AppError)
      }
    }),
    { numRuns: 500 },
  )
})
