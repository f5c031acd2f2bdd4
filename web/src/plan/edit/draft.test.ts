import { describe, expect, it } from 'vitest'
import { type DraftStore, dropDraft, keepDraft, readDraft } from './draft.ts'

function makeStore(room = 1_000): DraftStore {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
    removeItem: (key) => kept.delete(key),
  }
}

describe('drafts', () => {
  it('come back as they were typed, each by its document', () => {
    const store = makeStore()
    const draft = { version: 12, text: '# A\n\n  b\r\n' }
    expect(keepDraft(store, 'p', 'design.md', draft)).toBe(true)
    expect(readDraft(store, 'p', 'design.md')).toEqual(draft)
    expect(readDraft(store, 'p', 'tasks.md')).toBeUndefined()
    expect(readDraft(store, 'q', 'design.md')).toBeUndefined()
    dropDraft(store, 'p', 'design.md')
    expect(readDraft(store, 'p', 'design.md')).toBeUndefined()
  })

  it('say so when there is no room for them', () => {
    expect(keepDraft(makeStore(3), 'p', 'design.md', { version: 1, text: 'long' })).toBe(false)
  })

  it('are passed over where they cannot be read', () => {
    const store = makeStore()
    store.setItem('talkwright.draft.p.design.md', 'something else')
    expect(readDraft(store, 'p', 'design.md')).toBeUndefined()
  })
})
