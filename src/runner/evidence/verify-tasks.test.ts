import { expect, test } from 'vitest'
import type { TaskState } from '../../domain/build.ts'
import { taskLeaves } from './task-leaves.ts'
import { taskCommits, verifyTasks, type Evidence } from './verify-tasks.ts'

const planned = [{ number: '1.1', title: 'Set up', optional: false }]
const hash = 'a'.repeat(40)

function evidence(state: TaskState, change: Partial<Evidence> = {}): Evidence {
  return {
    ticked: [{ number: '1.1', title: 'Set up', state, optional: false }],
    commits: new Map([['1.1', hash]]),
    reasons: new Map(),
    final: true,
    known: [],
    ...change,
  }
}

test('counts a task with a tick and a commit as completed', () => {
  const [task] = verifyTasks(planned, evidence('completed'))
  expect(task).toEqual({
    id: '1.1',
    title: 'Set up',
    optional: false,
    state: 'completed',
    commit: hash,
  })
})

test('waits for the commit of a ticked task while the agent works', () => {
  const [task] = verifyTasks(planned, evidence('completed', { commits: new Map(), final: false }))
  expect(task?.state).toBe('in_progress')
})

test('opens a ticked task without a commit when the turn is over', () => {
  const [task] = verifyTasks(planned, evidence('completed', { commits: new Map() }))
  expect(task).toMatchObject({
    state: 'not_started',
    reason: expect.stringMatching(/not verified/),
  })
})

test('takes the reason of an open task from the report', () => {
  const reasons = new Map([['1.1', 'No network.']])
  const [task] = verifyTasks(planned, evidence('in_progress', { reasons }))
  expect(task).toMatchObject({ state: 'not_started', reason: 'No network.' })
})

test('keeps what is known of a task while tasks.md is half written', () => {
  const done = { id: '1.1', title: 'Set up', optional: false, state: 'completed', commit: hash }
  const known = [{ ...done, state: 'completed' as const }]
  const cutShort = [{ number: '1.1', title: 'Set', state: 'completed' as const, optional: false }]
  for (const ticked of [[], cutShort]) {
    const half = evidence('completed', { ticked, known })
    expect(verifyTasks(planned, { ...half, final: false })).toEqual([done])
    expect(verifyTasks(planned, half)[0]?.reason).toMatch(/removed or rewrote/)
  }
})

test('does not count a commit without a tick', () => {
  const [task] = verifyTasks(planned, evidence('not_started'))
  expect(task).not.toHaveProperty('commit')
})

test('knows the newest commit of each task by its subject alone', () => {
  const entry = (letter: string, subject: string, file = 'a.js') =>
    `\0${letter.repeat(40)} ${subject}\n\n${file}\n`
  const log = [
    entry('b', 'task 2: Send mail'),
    entry('c', 'task 1.1: Set up again'),
    entry('d', 'task 1.1: Set up'),
    entry('e', 'fix: task 3: not a task'),
    entry('f', 'task 4 Without a colon'),
    entry('a', 'task 5: Changes nothing', ''),
  ].join('')
  expect([...taskCommits(log)]).toEqual([
    ['2', 'b'.repeat(40)],
    ['1.1', 'c'.repeat(40)],
  ])
})

test('takes the leaves of a plan, once each, optional below an optional task', () => {
  const leaves = taskLeaves(`## Tasks

- [x] 1. Parent
  - [ ] 1.1 Child
- [ ]* 2. Optional parent
  - [-] 2.1 Its child
- [ ] 3. Alone
- [ ] 3. Again
`)
  expect(leaves.map(({ number, state, optional }) => [number, state, optional])).toEqual([
    ['1.1', 'not_started', false],
    ['2.1', 'in_progress', true],
    ['3', 'not_started', false],
  ])
})
