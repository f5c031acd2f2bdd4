import { expect, test } from 'vitest'
import { criterionTexts } from './criterion-texts.ts'

test('numbers the criteria of requirements by their requirement', () => {
  const document = [
    '### Requirement 1: Keep books',
    '#### Acceptance Criteria',
    '1. THE System SHALL keep books',
    '2. WHEN a book is added, THE System SHALL store it',
    '### Requirement 2: Lend books',
    '1. THE System SHALL lend books',
  ].join('\n')
  expect([...criterionTexts(document)]).toEqual([
    ['1.1', 'THE System SHALL keep books'],
    ['1.2', 'WHEN a book is added, THE System SHALL store it'],
    ['2.1', 'THE System SHALL lend books'],
  ])
})

test('takes the statements of a bugfix by their own numbers', () => {
  const document = '### Expected Behavior (Correct)\n2.1 WHEN x THEN the system SHALL y\n'
  expect([...criterionTexts(document)]).toEqual([['2.1', 'WHEN x THEN the system SHALL y']])
})
