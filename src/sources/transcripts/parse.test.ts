import { describe, expect, test } from 'vitest'
import { AppError } from '../../domain/errors.ts'
import { tavusEvent, transcriptEvent } from '../testing/tavus-bodies.ts'
import { parseTranscript } from './parse.ts'

/** Turns as `speaker/role: text @start`. */
function turnsOf(text: string): string[] {
  return parseTranscript(text).turns.map(
    ({ speaker, role, text, start }) =>
      `${speaker}/${role}: ${text}${start === undefined ? '' : ` @${start}`}`,
  )
}

function errorOf(text: string, filename?: string): AppError {
  try {
    parseTranscript(text, filename === undefined ? {} : { filename })
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
  }
  throw new Error('an AppError was expected')
}

describe('text with names', () => {
  test('keeps a sentence with a colon in it with the turn before', () => {
    const text = [
      'Client: I want the following: a list.',
      'it should have: colours',
      '',
      'Note: not too many',
      'And at 12:30 it closes. See https://example.com',
      'Agent:',
      'What else?',
    ].join('\n')
    expect(turnsOf(text)).toEqual([
      'Client/client: I want the following: a list.\nit should have: colours\nNote: not too many\n' +
        'And at 12:30 it closes. See https://example.com',
      'Agent/agent: What else?',
    ])
  })

  test('reads Markdown names, small names and names of several words', () => {
    expect(turnsOf('**Ada van Example:** Hi.\n**Ben**: Hello.')).toEqual([
      'Ada van Example/client: Hi.',
      'Ben/client: Hello.',
    ])
    expect(turnsOf('ada: hi\nben: hello')).toEqual(['ada/client: hi', 'ben/client: hello'])
    expect(turnsOf('the boss: hi\nwell\nmore\nand more\nthe boss: hello')).toHaveLength(2)
  })

  test('takes the title from the heading and leaves the rest of it out', () => {
    const heading = 'Meeting: Bookings\nDate: 10 March\nAttendees: two\n\nClient: Hi.\nTitle: no'
    expect(parseTranscript(heading)).toMatchObject({ title: 'Bookings', turns: { length: 2 } })
    expect(parseTranscript('# Bookings\n\nClient: Hi.')).toMatchObject({ title: 'Bookings' })
    expect(parseTranscript('Client: Hi.')).not.toHaveProperty('title')
  })

  test('does not take a page of prose with one name at its end for a talk', () => {
    expect(errorOf(`${'A line of prose.\n'.repeat(11)}Client: Hi.`).code).toBe(
      'transcript_unreadable',
    )
  })
})

test('reads times in every usual writing', () => {
  const text = [
    '[0:00:04] spk_0: one',
    '[1:02:03.5] spk_1: two',
    '[62:04 - 62:09] spk_0: three',
    '(62:05) spk_1: four',
    '62:06 spk_0: five',
    '[1:02:07] six',
  ].join('\r\n\r\n')
  expect(turnsOf(text)).toEqual([
    'spk_0/client: one @4',
    'spk_1/client: two @3723.5',
    'spk_0/client: three @3724',
    'spk_1/client: four @3725',
    'spk_0/client: five @3726',
    'Unknown/client: six @3727',
  ])
  expect(parseTranscript(text).format).toBe('timed_text')
})

describe('captions', () => {
  test('merges the cues of one speaker until a pause, another speaker or a long turn', () => {
    const cue = (from: string, to: string, text: string) => `${from} --> ${to}\r\n${text}\r\n\r\n`
    const long = 'word '.repeat(395).trim()
    const text =
      'WEBVTT - Bookings\r\n\r\nNOTE\r\nClient: not a cue\r\n\r\n' +
      cue('00:01.000', '00:02.000', 'Client: I want') +
      cue('00:03.000', '00:04.000', 'Client: a list,') +
      cue('00:05.000', '00:06.000 align:start', 'and\r\na diary.') +
      cue('00:17.000', '00:18.000', 'Client: After a pause.') +
      cue('00:00:18.500', '00:00:19.000', 'Agent: Why?') +
      cue('00:00:20.000', '00:00:21.000', `Client: ${long}`) +
      cue('00:00:22.000', '00:00:23.000', 'Client: A sentence that would make it longer still.')
    expect(turnsOf(text)).toEqual([
      'Client/client: I want a list, and a diary. @1',
      'Client/client: After a pause. @17',
      'Agent/agent: Why? @18.5',
      `Client/client: ${long} @20`,
      'Client/client: A sentence that would make it longer still. @22',
    ])
  })

  test('reads voices, marks and entities', () => {
    const text = [
      'WEBVTT',
      '',
      '1',
      '00:00:01.000 --> 00:00:02.000',
      '<v.loud Ada Example>Costs: <i>5 &lt; 6</i> &amp;&nbsp;so on</v> <v Host>Is 1 < 2 > 0?</v>',
      '',
      '00:00:03.000 --> 00:00:04.000',
      '<00:00:03.100><c.red>nobody</c>',
    ].join('\n')
    expect(turnsOf(text)).toEqual([
      'Ada Example/client: Costs: 5 < 6 & so on @1',
      'Host/agent: Is 1 < 2 > 0? nobody @1',
    ])
  })

  test('reads SRT, also where the speaker is missing', () => {
    const text =
      '\ufeff1\n00:00:01,500 --> 00:00:02,000\n{\\an8}<b>No name</b>\n\n2\n00:00:13,000 --> 00:00:14,000\nterence: Hi.'
    expect(turnsOf(text)).toEqual(['Unknown/client: No name @1.5', 'terence/client: Hi. @13'])
    expect(parseTranscript(text).format).toBe('srt')
  })
})

describe('JSON', () => {
  test('reads both bodies of Tavus by role', () => {
    const event = transcriptEvent([
      { role: 'system', content: 'Prompt.' },
      { role: 'assistant', content: 'Hm?' },
      { role: 'user', content: 'Client: a list.\u2028Soon.', seconds_from_start: 2 },
    ])
    const turns = ['assistant/agent: Hm?', 'user/client: Client: a list.\nSoon. @2']
    expect(turnsOf(JSON.stringify(event))).toEqual(turns)
    const record = { conversation_id: 'c1', conversation_name: 'Bookings', events: [event] }
    expect(turnsOf(`\ufeff${JSON.stringify(record, null, 2)}`)).toEqual(turns)
    expect(parseTranscript(JSON.stringify(record)).title).toBe('Bookings')
  })

  test('cleans the marks of meeting corpora and keeps the words', () => {
    const list = [
      { speaker: 'A', content: '{vocalsound} Okay , so our {disfmarker} T_V_ remote .' },
      { speaker: 'B', content: '{gap}' },
      { speaker: 'B', content: 'A :-) and ...   a_b ?' },
    ]
    const turns = ['A/client: Okay, so our TV remote.', 'B/client: A :-) and ... a_b?']
    expect(turnsOf(JSON.stringify(list))).toEqual(turns)
    expect(turnsOf(JSON.stringify({ meeting_transcripts: list, topic_list: [] }))).toEqual(turns)
  })

  test.each([
    ['another event', tavusEvent('system.shutdown')],
    ['an invented shape', { event_type: 'conversation_ended', data: { transcript: [] } }],
    ['a conversation without a transcript', { conversation_id: 'c1', events: [] }],
    ['anything else', { hello: 'world' }],
    ['a list of anything else', [1, 2]],
  ])('cannot read %s', (_what, value) => {
    expect(errorOf(JSON.stringify(value)).code).toBe('transcript_unreadable')
  })
})

describe('files that are wrong', () => {
  test('are told which formats exist', () => {
    const error = errorOf('Once upon a time.')
    expect(error).toMatchObject({ code: 'transcript_unreadable', status: 422, retryable: false })
    expect(error.message).toMatch(/WebVTT.*SRT.*Tavus.*speaker/)
  })

  test.each(['%PDF-1.7\nClient: hi', 'PK\u0003\u0004Client: hi', 'Client: hi\u0000'])(
    'are no text: %j',
    (text) => expect(errorOf(text).message).toContain('not text'),
  )

  test('are JSON that breaks off', () => {
    expect(errorOf('[{"speaker": "A", "content": "x"', 'talk.JSON').message).toContain('valid JSON')
  })

  test.each([
    ['nothing', ''],
    ['invisible text', '\ufeff \u200b\n'],
    ['a header alone', 'WEBVTT\n'],
    ['names alone', 'Client:\nAgent:\n'],
    ['an empty list', '[]'],
    ['a talk without words', JSON.stringify(transcriptEvent([{ role: 'system', content: 'x' }]))],
  ])('have nothing said in them: %s', (_what, text) => {
    expect(errorOf(text)).toMatchObject({ code: 'transcript_empty', status: 422 })
  })

  test.each([
    ['in characters', `Client: ${'a'.repeat(5 * 1024 * 1024)}`],
    ['in bytes', `Client: ${'€'.repeat(2 * 1024 * 1024)}`],
    ['in turns', 'Client: a\n'.repeat(20_001)],
    ['in one turn', `Client: ${'a'.repeat(100_001)}`],
  ])('are too large %s', (_what, text) => {
    expect(errorOf(text)).toMatchObject({ code: 'transcript_too_large', status: 413 })
  })
})
