import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TaskHint } from './spec-messages.ts'
import { readTaskChanges, readTaskStatuses, readTurnNews } from './spec-messages.ts'
import { noHints, takeHints } from './task-hints.ts'

const hint = fc.record({
  number: fc.constantFrom('1', '1.1', '2'),
  status: fc.constantFrom('queued', 'running', 'succeed', 'failed', 'aborted'),
  execution: fc.constantFrom('a', 'b'),
})

test('changes nothing when told the same again, at once or later', () => {
  fc.assert(
    fc.property(fc.array(hint), fc.array(fc.nat(50)), (hints, repeats) => {
      const first = takeHints(noHints, hints)
      const again = repeats.flatMap((at) => hints[at] ?? [])
      const second = takeHints(first.hints, again)
      expect(second.news).toEqual([])
      expect(second.hints.byNumber).toEqual(first.hints.byNumber)
    }),
  )
})

test('comes to the same in one go and one by one', () => {
  fc.assert(
    fc.property(fc.array(hint), (hints) => {
      const oneByOne = hints.reduce((known, next) => takeHints(known, [next]).hints, noHints)
      expect(takeHints(noHints, hints).hints).toEqual(oneByOne)
    }),
  )
})

test('goes only forward within one execution, and anew in the next', () => {
  const say = (status: TaskHint['status'], execution = 'a'): TaskHint => ({
    number: '1',
    status,
    execution,
  })
  const all = [
    say('running'),
    say('succeed'),
    say('queued'),
    say('queued', 'b'),
    say('running', 'b'),
  ]
  const { hints, news } = takeHints(noHints, all)
  expect(news.map(({ status, execution }) => `${execution} ${status}`)).toEqual([
    'a running',
    'a succeed',
    'b queued',
    'b running',
  ])
  expect(hints.byNumber.get('1')).toEqual(say('running', 'b'))
})

test('reads the number of a task from its line, and nothing from what is no task', () => {
  const changes = [
    { taskId: '1. Fix it', executionStatus: 'running', lastExecutionId: 'e' },
    { taskId: '2.10 Then that', executionStatus: 'succeed' },
    { taskId: '12', executionStatus: 'queued', lastExecutionId: null },
    { taskId: '1x', executionStatus: 'queued' },
    { taskId: 'Fix it', executionStatus: 'queued' },
    { taskId: '3. Known, state not', executionStatus: 'thinking' },
    undefined,
  ]
  expect(readTaskChanges({ tasksFilePath: '/w/tasks.md', changes }, '/w/tasks.md')).toEqual([
    { number: '1', status: 'running', execution: 'e' },
    { number: '2.10', status: 'succeed', execution: '' },
    { number: '12', status: 'queued', execution: '' },
  ])
  expect(readTaskChanges({ tasksFilePath: '/w/other.md', changes }, '/w/tasks.md')).toEqual([])
})

test('reads the states of sub-tasks, and how Kiro names each task', () => {
  const answer = {
    tasks: [
      {
        taskId: '1. Parent',
        markdownStatus: 'not_started',
        subTasks: [{ taskId: '1.1 Child', executionStatus: 'queued', subTasks: [] }],
      },
    ],
  }
  expect(readTaskStatuses(answer)).toEqual({
    ids: new Map([
      ['1', '1. Parent'],
      ['1.1', '1.1 Child'],
    ]),
    hints: [{ number: '1.1', status: 'queued', execution: '' }],
  })
})

test('reads whatever comes without an error', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(readTaskChanges(value, '/w/tasks.md')).toEqual([])
      expect(readTaskStatuses(value).hints).toEqual([])
      expect(readTurnNews(value)).toEqual({ type: 'none' })
    }),
  )
})

test('sums up what a turn cost, and knows an error that a login would mend', () => {
  const news = (kind: string, details: object) =>
    readTurnNews({
      sessionId: 's',
      update: { sessionUpdate: 'session_info_update', _meta: { kiro: { kind, ...details } } },
    })
  const summaries = [
    { usage: 1.25, unit: 'credit' },
    { usage: 0.5, unit: 'credit' },
  ]
  expect(news('turn_completion', { promptTurnSummaries: summaries })).toEqual({
    type: 'spent',
    credits: 1.75,
    unit: 'credit',
  })
  expect(news('turn_completion', { promptTurnSummaries: [] })).toEqual({ type: 'none' })
  expect(news('turn_end', {})).toEqual({ type: 'ended', sessionId: 's', stopReason: 'unknown' })
  expect(news('display_error', { message: 'No.', errorType: 'TokenExpired' })).toMatchObject({
    login: true,
  })
  expect(news('display_error', { message: 'Token limit.' })).toMatchObject({ login: false })
})
