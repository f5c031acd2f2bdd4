import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { BuildEventBody, CriterionEvidence } from '../domain/build.ts'
import type { Rig } from './testing/rig.ts'
import { orderWithCriteria, startTaskRig } from './testing/task-rig.ts'

/** What was told of the criteria, event by event. */
function evidenceTold(rig: Rig): (readonly CriterionEvidence[])[] {
  return rig.receiver
    .taken()
    .flatMap(({ data: { event } }) => (event.type === 'build.evidence' ? [event.criteria] : []))
}

function lastProgress(rig: Rig): Extract<BuildEventBody, { type: 'build.progress' }> | undefined {
  return rig.receiver
    .taken()
    .map(({ data }) => data.event)
    .findLast((event) => event.type === 'build.progress')
}

const first = {
  ref: '1.1',
  result: 'passed',
  test: '1.1 THE Library SHALL keep the title of each book',
}
const second = {
  ref: '1.2',
  result: 'passed',
  test: '1.2 WHEN a book is added, THE Library SHALL show the book',
}

test('tells for each criterion the test that shows it, or that none does', async () => {
  await using rig = await startTaskRig({ '2': Array(4).fill('untested') })
  const { id, last } = await rig.build(await orderWithCriteria())
  expect(last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 4 })
  expect(evidenceTold(rig)).toEqual([
    ['1.1', '1.2', '2.1'].map((ref) => ({ ref, result: 'not_shown' })),
    [first],
    [second],
  ])
  const { evidence, tasks } = await rig.status(id)
  expect(evidence).toEqual([first, second, { ref: '2.1', result: 'not_shown' }])
  expect(tasks.find((task) => task.id === '2')?.reason).toBe(
    'The tests pass, but none is about 2.1.',
  )
})

test('states the task, its details and its criteria to the agent', async () => {
  await using rig = await startTaskRig({ '1.2': ['untested'] })
  const { id } = await rig.build(await orderWithCriteria())
  const { folder = '' } = await rig.status(id)
  const prompts = readFileSync(path.join(folder, '../home/prompts.txt'), 'utf8').split('\n----\n')
  expect(prompts[0]).toContain('The task: Keep books\n- Use a file\n')
  expect(prompts[0]).toContain('\n- 1.1: THE Library SHALL keep the title of each book\n')
  expect(prompts[2]).toContain('Task 1.2 is not done yet')
  expect(prompts[2]).toContain('The tests pass, but none is about 1.2.')
  // Nobody works on a checkpoint: the tests are run, and that is all.
  expect(prompts.filter((text) => text.includes('task 3'))).toEqual([])
})

test('shows the output of failed tests to the agent that has to mend them', async () => {
  await using rig = await startTaskRig({ '1.2': ['breaks'] })
  const { id, last } = await rig.build(await orderWithCriteria())
  expect(last.data.event).toMatchObject({ type: 'build.completed', done: 4, total: 4 })
  const { folder = '', evidence } = await rig.status(id)
  const prompts = readFileSync(path.join(folder, '../home/prompts.txt'), 'utf8').split('\n----\n')
  expect(prompts[2]).toContain('✖ 1.2 WHEN a book is added')
  expect(prompts[2]).toContain('1 failed, 1 passed')
  // What failed was mended before it was committed, so nobody is told that it failed.
  expect(evidence.map(({ result }) => result)).toEqual(['passed', 'passed', 'passed'])
})

test('tells the time and the cost so far, and no cost when the agent tells none', async () => {
  await using silent = await startTaskRig({})
  await silent.build()
  expect(lastProgress(silent)).toEqual({
    type: 'build.progress',
    done: 3,
    total: 3,
    elapsed_ms: expect.any(Number),
  })
  await using rig = await startTaskRig({ '1.2': ['costs'] })
  const { id } = await rig.build()
  expect(lastProgress(rig)).toMatchObject({ done: 3, cost: { amount: 0.5, currency: 'USD' } })
  expect((await rig.status(id)).progress).toMatchObject({
    done: 3,
    total: 3,
    cost: { amount: 0.5, currency: 'USD' },
  })
})

test('hides the agent’s key in the name of a test', async () => {
  await using rig = await startTaskRig({ '1.1': ['tells-secret'] })
  const { id } = await rig.build(await orderWithCriteria())
  const { evidence } = await rig.status(id)
  expect(evidence[0]?.test).toBe('1.1 THE Library SHALL keep the title of each book with [secret]')
  expect(JSON.stringify(rig.receiver.taken())).not.toContain('s3cret-value')
})
