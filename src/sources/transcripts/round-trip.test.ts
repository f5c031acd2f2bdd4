import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from '../clean-text.ts'
import { readingOf } from '../testing/reading.ts'
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

const named = ({ speaker, text }: Said[number]) => `${speaker}: ${text}`
const escaped = ({ speaker, text }: Said[number]) => `${speaker}: ${escapeMarks(text)}`
const voiced = ({ speaker, text }: Said[number]) => `<v ${speaker}>${escapeMarks(text)}</v>`
const stamped = (turn: Said[number], index: number) =>
  `[${clock(startOf(index), '.')}] ${named(turn)}`

test.each<[string, { timed: boolean; render: (turns: Said) => string }]>([
  ['plain text', { timed: false, render: (turns) => turns.map(named).join('\n') }],
  ['text with times', { timed: true, render: (turns) => turns.map(stamped).join('\n\n') }],
  [
    'WebVTT with names',
    { timed: true, render: (turns) => `WEBVTT\r\n\r\n${cues(turns, '.', escaped)}` },
  ],
  [
    'WebVTT with voices',
    { timed: true, render: (turns) => `WEBVTT\r\n\r\n${cues(turns, '.', voiced)}` },
  ],
  ['SRT', { timed: true, render: (turns) => cues(turns, ',', escaped) }],
])('%s comes back as it was said', (_format, { timed, render }) => {
  fc.assert(
    fc.property(said, (turns) => {
      const parsed = parseTranscript(render(turns)).turns
      expect(parsed.map(({ speaker, text, start }) => ({ speaker, text, start }))).toEqual(
        turns.map((turn, index) => ({ ...turn, start: timed ? startOf(index) : undefined })),
      )
    }),
  )
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
      expect(['read', 'refused']).toContain(readingOf(text))
    }),
    { numRuns: 500 },
  )
})
