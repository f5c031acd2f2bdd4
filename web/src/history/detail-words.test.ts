import { expect, it } from 'vitest'
import { detailWords } from './detail-words.ts'

it('says what the audit log notes, hashes short', () => {
  const details = {
    planHash: '0123456789abcdef'.repeat(4),
    includeOptional: false,
    questions: ['O1', 'K1'],
    reason: null,
  }
  expect(detailWords(details)).toBe(
    'plan hash 0123456789ab, include optional false, questions O1, K1',
  )
  expect(detailWords({})).toBe('')
})
