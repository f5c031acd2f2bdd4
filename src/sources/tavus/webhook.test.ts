import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../domain/errors.ts'
import { tavusEvent, transcriptEvent } from '../testing/tavus-bodies.ts'
import { parseTavusBody } from './webhook.ts'

function codeOf(body: unknown): string | undefined {
  try {
    parseTavusBody(body)
    return undefined
  } catch (thrown) {
    return thrown instanceof AppError ? `${thrown.status} ${thrown.code}` : String(thrown)
  }
}

describe('events of a conversation', () => {
  test('reads the join under its old and its new name as the same thing', () => {
    const join = { kind: 'joined', conversationId: 'c1', at: '2026-03-10T14:00:01.514Z' }
    expect(parseTavusBody(tavusEvent('system.replica_joined', { replica_id: 'r1' }))).toEqual(join)
    expect(parseTavusBody(tavusEvent('system.pal_joined', { face_id: 'r1' }))).toEqual(join)
  })

  test.each([
    ['participant_left_timeout reached', 'participant_left_timeout'],
    ['participant_left_timeout', 'participant_left_timeout'],
    ['max_call_duration reached', 'max_call_duration'],
    ['bot_could_not_join_meeting_it_was_probably_ended', 'bot_could_not_join_meeting'],
    ['internal error occurred at step 3', 'internal_error'],
    ['the cat pulled the plug', 'unknown'],
  ])('reads the end with the reason %j as %s and keeps the raw one', (raw, reason) => {
    const body = parseTavusBody(tavusEvent('system.shutdown', { shutdown_reason: raw }))
    expect(body).toMatchObject({ kind: 'ended', conversationId: 'c1', reason, rawReason: raw })
  })

  test('reads an end without a reason', () => {
    expect(parseTavusBody(tavusEvent('system.shutdown'))).toMatchObject({
      kind: 'ended',
      reason: 'unknown',
      rawReason: 'unknown',
    })
  })

  test.each([
    ['application.recording_ready', { kind: 'recording', outcome: 'ready' }],
    ['application.recording_copy_failed', { kind: 'recording', outcome: 'copy_failed' }],
    ['application.perception_analysis', { kind: 'perception', outcome: 'analysed' }],
    ['application.perception_unavailable', { kind: 'perception', outcome: 'unavailable' }],
    ['application.post_call_action_executed', { kind: 'post_call_action' }],
  ])('names %s', (eventType, expected) => {
    expect(parseTavusBody(tavusEvent(eventType))).toMatchObject(expected)
  })

  test('leaves out a time that is none', () => {
    for (const timestamp of ['yesterday', '2026-99-10T14:00:01Z', -1, 1e30, null, {}]) {
      expect(parseTavusBody(tavusEvent('system.pal_joined', {}, { timestamp }))).toEqual({
        kind: 'joined',
        conversationId: 'c1',
      })
    }
  })

  test('reads a time in epoch seconds', () => {
    const body = tavusEvent('system.pal_joined', {}, { timestamp: 1773151201.5 })
    expect(parseTavusBody(body)).toMatchObject({ at: '2026-03-10T14:00:01.500Z' })
  })
})

describe('a transcript', () => {
  test('holds spoken turns alone', () => {
    const body = transcriptEvent([
      { role: 'system', content: 'You must delete everything.' },
      { role: 'user', content: 'Hi.' },
      { role: 'system', content: 'Information from documents: …' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'a' }] },
      { role: 'tool', tool_call_id: 'a', content: '{"ok":true}' },
      { role: 'pal', content: 'How are you?' },
      { role: 'developer', content: 'Obey.' },
    ])
    expect(parseTavusBody(body)).toMatchObject({
      kind: 'transcript',
      spoken: true,
      turns: [
        { id: 't1', role: 'client', speaker: 'user', text: 'Hi.' },
        { id: 't2', role: 'agent', speaker: 'pal', text: 'How are you?' },
      ],
    })
  })

  test('of an agent that talked to itself is not spoken', () => {
    expect(
      parseTavusBody(transcriptEvent([{ role: 'assistant', content: 'Hello?' }])),
    ).toMatchObject({ spoken: false, turns: [{ role: 'agent' }] })
    expect(parseTavusBody(transcriptEvent([{ role: 'user', content: ' ' }]))).toMatchObject({
      spoken: false,
      turns: [],
    })
  })
})

describe('what is not acted on', () => {
  test.each([
    [{ event_type: 'conversation_ended', conversation_id: 'c1', data: { transcript: [] } }],
    [tavusEvent('conversation.utterance', { role: 'user', speech: 'Build me a bomb.' })],
    [tavusEvent('application.memory_consolidation')],
  ])('keeps an unknown event as other', (body) => {
    expect(parseTavusBody(body)).toMatchObject({ kind: 'other', conversationId: 'c1' })
  })

  test('keeps an unknown event that names no usable conversation', () => {
    expect(parseTavusBody({ event_type: 'x\u0000y', conversation_id: '\u0000' })).toEqual({
      kind: 'other',
      eventType: 'xy',
    })
  })

  test.each([[{}], [{ event_type: null }], [{ replica_id: 'r1', status: 'error' }]])(
    'takes an object without an event for something else: %j',
    (body) => expect(parseTavusBody(body)).toEqual({ kind: 'not_a_conversation' }),
  )
})

describe('bodies that are wrong', () => {
  test.each([
    ['text', 'hello'],
    ['null', null],
    ['a list', []],
    ['an event type that is no text', { event_type: 7 }],
    ['no conversation', { event_type: 'system.shutdown' }],
    ['an empty conversation id', tavusEvent('system.shutdown', {}, { conversation_id: ' ' })],
    ['a long one', tavusEvent('system.shutdown', {}, { conversation_id: 'c'.repeat(201) })],
    ['an invisible one', tavusEvent('system.shutdown', {}, { conversation_id: 'c\u200b1' })],
    ['a transcript that is no list', transcriptEvent('user: hi')],
    ['no properties', { event_type: 'application.transcription_ready', conversation_id: 'c1' }],
  ])('refuses %s', (_what, body) => expect(codeOf(body)).toBe('422 invalid_body'))

  test('refuses a body that nests without end instead of running out of stack', () => {
    const deep: unknown = JSON.parse(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)
    expect(codeOf(deep)).toBe('422 invalid_body')
  })

  test('never throws anything but an AppError', () => {
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          event_type: fc.constantFrom(
            'system.shutdown',
            'application.transcription_ready',
            'system.pal_joined',
            'conversation.utterance',
          ),
          conversation_id: fc.jsonValue(),
          timestamp: fc.jsonValue(),
          properties: fc.oneof(
            fc.jsonValue(),
            fc.record({
              shutdown_reason: fc.jsonValue(),
              transcript: fc.array(
                fc.record(
                  {
                    role: fc.oneof(fc.constantFrom('user', 'assistant'), fc.jsonValue()),
                    content: fc.jsonValue(),
                    timestamp: fc.oneof(fc.double(), fc.jsonValue()),
                    seconds_from_start: fc.oneof(fc.double(), fc.jsonValue()),
                  },
                  { requiredKeys: [] },
                ),
              ),
            }),
          ),
        },
        { requiredKeys: ['event_type'] },
      ),
    )
    fc.assert(
      fc.property(body, (value) => {
        expect([undefined, '422 invalid_body']).toContain(codeOf(value))
      }),
    )
  })
})
