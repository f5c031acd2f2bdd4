import { describe, expect, it } from 'vitest'
import { readEvent } from './read-event.ts'

const row = (body: unknown) => JSON.stringify({ seq: 3, at: '2026-05-01T10:00:00.000Z', body })

describe('reading an event', () => {
  it('gives the event', () => {
    const body = { type: 'build.log', build: 'b', kind: 'agent', text: 'hello' }
    expect(readEvent(row(body))).toEqual({ seq: 3, at: '2026-05-01T10:00:00.000Z', body })
  })

  it('knows what is shown of criteria', () => {
    const body = {
      type: 'build.evidence',
      build: 'b',
      criteria: [{ ref: '1.1', result: 'passed', test: '1.1 keeps books' }],
    }
    expect(readEvent(row(body))?.body).toEqual(body)
    const unknown = { ...body, criteria: [{ ref: '1.1', result: 'believed' }] }
    expect(readEvent(row(unknown))).toBeUndefined()
  })

  it('passes over a type that this page does not know', () => {
    expect(readEvent(row({ type: 'build.sneezed', build: 'b' }))).toBeUndefined()
    expect(readEvent(row({ type: 'toString' }))).toBeUndefined()
  })

  it('passes over an event that lacks a field', () => {
    expect(readEvent(row({ type: 'build.log', build: 'b', kind: 'agent' }))).toBeUndefined()
    expect(readEvent(row({ type: 'build.task', build: 'b', task: { id: '1' } }))).toBeUndefined()
  })

  it('passes over what is no event at all', () => {
    for (const data of ['', '{', 'null', '[]', '{"seq":1}']) expect(readEvent(data)).toBeUndefined()
  })
})
