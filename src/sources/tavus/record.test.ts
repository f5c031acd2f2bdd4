import { expect, test } from 'vitest'
import { transcriptEvent } from '../testing/tavus-bodies.ts'
import { parseTavusRecord } from './record.ts'

test('finds the transcript and the shutdown among the events, in any order', () => {
  const record = parseTavusRecord({
    conversation_id: 'c1',
    conversation_name: ' Bookings ',
    status: 'ended',
    persona_id: 'p1',
    events: [
      null,
      transcriptEvent([{ role: 'user', content: 'Old.' }]),
      transcriptEvent([{ role: 'user', content: 'Hi.' }]),
      transcriptEvent('broken'),
      {
        event_type: 'system.shutdown',
        properties: { shutdown_reason: 'max_call_duration reached' },
      },
      { event_type: 'application.memory_consolidation' },
    ],
  })
  expect(record).toEqual({
    conversationId: 'c1',
    status: 'ended',
    name: 'Bookings',
    transcript: [{ id: 't1', speaker: 'user', role: 'client', text: 'Hi.' }],
    shutdownReason: 'max_call_duration',
  })
})

test('takes no transcript from where Tavus never puts one', () => {
  const record = parseTavusRecord({
    conversation_id: 'c1',
    status: 'dreaming',
    transcript: [{ role: 'user', content: 'Hi.' }],
    events: 'none',
  })
  expect(record).toEqual({ conversationId: 'c1', status: 'unknown' })
})

test.each([[undefined], [null], [[]], [{}], [{ conversation_id: 7 }]])(
  'takes %j for no conversation',
  (value) => expect(parseTavusRecord(value)).toBeUndefined(),
)
