import { expect, it } from 'vitest'
import { answersFrom } from './answers.ts'

const question = { id: 'O1', words: 'How long?', why: '', sides: [] }
const sides = [
  { turn: 't3', quote: 'Members can cancel.' },
  { turn: 't8', quote: 'Members cannot cancel.' },
]
const torn = { id: 'K1', words: 'Can they cancel?', why: '', sides }

it('sends what was answered and nothing else', () => {
  expect(answersFrom([question, torn], new Map())).toEqual([])
  expect(answersFrom([question], new Map([['O1', { text: '  \n' }]]))).toEqual([])
  expect(answersFrom([question, torn], new Map([['O1', { text: ' Three weeks. ' }]]))).toEqual([
    { question: 'O1', text: 'Three weeks.' },
  ])
})

it('takes the statement that holds for the answer, unless there are other words', () => {
  expect(answersFrom([torn], new Map([['K1', { text: '', holds: 't8' }]]))).toEqual([
    { question: 'K1', text: 'Members cannot cancel.', holds: 't8' },
  ])
  expect(answersFrom([torn], new Map([['K1', { text: 'Staff may.', holds: 't3' }]]))).toEqual([
    { question: 'K1', text: 'Staff may.', holds: 't3' },
  ])
})
