import { expect, it } from 'vitest'
import type { EventBody } from '../../../src/domain/event.ts'
import { eventKinds, filterEvents } from './event-filter.ts'

const bodies: readonly EventBody[] = [
  { type: 'conversation.received', source: 'upload', turns: 3 },
  { type: 'stage.started', stage: 'plan', attempt: 1 },
  { type: 'comment.added', comment: 'c', document: 'tasks.md', ref: '1', by: 'u' },
  { type: 'build.started', build: 'b', agent: 'Scaffolder' },
  { type: 'build.log', build: 'b', kind: 'agent', text: 'Writes the store' },
]
const events = bodies.map((body, index) => ({ seq: index + 1, at: '2026-05-01T10:00:00Z', body }))
const seqs = (...wanted: Parameters<typeof filterEvents>) =>
  filterEvents(...wanted).map(({ seq }) => seq)

it('shows every event in one kind beside all', () => {
  expect(seqs(events, 'all', '')).toEqual([1, 2, 3, 4])
  const single = eventKinds.filter((kind) => kind !== 'all')
  expect(single.flatMap((kind) => seqs(events, kind, '')).toSorted((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5,
  ])
})

it('finds words of the sentence and of the type', () => {
  expect(seqs(events, 'all', ' TASKS.md')).toEqual([3])
  expect(seqs(events, 'all', 'build.started')).toEqual([4])
  expect(seqs(events, 'log', 'the store')).toEqual([5])
  expect(seqs(events, 'log', 'nothing')).toEqual([])
})
