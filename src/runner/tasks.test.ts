import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { logTexts, type Rig } from './testing/rig.ts'
import { startTaskRig } from './testing/task-rig.ts'

/** The build of the demo plan, and what is in its workspace. */
async function built(rig: Rig) {
  const { id, last } = await rig.build()
  const { tasks, folder = '' } = await rig.status(id)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
  return {
    last: last.data.event,
    folder,
    git,
    states: Object.fromEntries(tasks.map((task) => [task.id, task.reason ?? task.state])),
    subjects: git('log', '--reverse', '--format=%s', 'main').trim().split('\n').slice(1),
    prompts: readFileSync(path.join(folder, '../home/prompts.txt'), 'utf8')
      .split('\n----\n')
      .slice(0, -1),
    said: logTexts(rig.receiver.taken(), 'runner'),
  }
}

const tasksOf = ['task 1.1: Set up the project', 'task 1.2: Write the page', 'task 2: Send mail']

test('carries out one task after the other, and commits and ticks each itself', async () => {
  await using rig = await startTaskRig({})
  const { last, states, subjects, prompts, git } = await built(rig)
  expect(last).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(subjects).toEqual(tasksOf)
  expect(states).toEqual({
    '1.1': 'completed',
    '1.2': 'completed',
    '2': 'completed',
    '3': 'Optional, and not ordered.',
  })
  expect(prompts.map((text) => text.split('\n')[0])).toEqual([
    'Carry out task 1.1 of the spec `demo` in this workspace, and nothing beyond it.',
    'Carry out task 1.2 of the spec `demo` in this workspace, and nothing beyond it.',
    'Carry out task 2 of the spec `demo` in this workspace, and nothing beyond it.',
  ])
  expect(git('status', '--porcelain')).toBe('')
  expect(git('show', 'HEAD:.kiro/specs/demo/tasks.md')).toContain('- [x] 1.2 Write the page')
})

test('gives a task back whose tests fail, with their output, until they pass', async () => {
  await using rig = await startTaskRig({ '1.2': ['breaks', 'breaks', 'works'] })
  const { last, subjects, prompts } = await built(rig)
  expect(last).toMatchObject({ type: 'build.completed', done: 3 })
  expect(subjects).toEqual(tasksOf)
  expect(prompts.filter((text) => text.startsWith('Task 1.2 is not done yet'))).toHaveLength(2)
})

test('leaves a task open that never passes, and goes on from a green tree', async () => {
  await using rig = await startTaskRig({ '1.2': ['breaks', 'breaks', 'breaks', 'breaks'] })
  const { last, states, subjects, folder, git } = await built(rig)
  expect(last).toMatchObject({ type: 'build.completed', done: 2, total: 3 })
  expect(states['1.2']).toMatch(/1 failed, 1 passed/)
  expect(subjects).toEqual(tasksOf.filter((subject) => !subject.includes('1.2')))
  expect(existsSync(path.join(folder, 'broken.js'))).toBe(false)
  expect(git('stash', 'list')).toContain('task 1.2: left open')
})

test('leaves a task open for which the agent changed nothing', async () => {
  await using rig = await startTaskRig({ '1.2': ['nothing'], '2': ['refuses'] })
  const { last, states } = await built(rig)
  expect(last).toMatchObject({ type: 'build.completed', done: 1, total: 3 })
  expect(states['1.2']).toBe('The agent changed nothing for this task.')
  expect(states['2']).toBe('The agent refused to carry out this task.')
})

test('tries nothing as long as there is no ground to build on', async () => {
  await using rig = await startTaskRig({ '1.1': ['nothing'] })
  const { last, states, prompts } = await built(rig)
  expect(last).toMatchObject({ type: 'build.failed', code: 'nothing_built' })
  expect(states['2']).toBe('Nothing is verified that it could build on: task 1.1 is open.')
  expect(prompts).toHaveLength(1)
})

test('takes apart commits that the agent makes, and makes its own', async () => {
  await using rig = await startTaskRig({ '1.1': ['commits'] })
  const { subjects, said } = await built(rig)
  expect(subjects).toEqual(tasksOf)
  expect(said).toContain('The agent committed by itself: its commits are undone.')
})

test('refuses a repository within the repository until it is none', async () => {
  await using rig = await startTaskRig({ '1.1': ['nests', 'unnests'] })
  const { last, git, prompts } = await built(rig)
  expect(last).toMatchObject({ type: 'build.completed', done: 3 })
  expect(prompts[1]).toContain('inner/ is a git repository of its own')
  expect(git('ls-files', 'inner')).toBe('inner/a.js\n')
})

test('undoes what the agent does to the spec, and says so', async () => {
  await using rig = await startTaskRig({ '1.1': ['edits-spec'] })
  const { subjects, said, git, folder } = await built(rig)
  expect(subjects).toEqual(tasksOf)
  expect(said.find((text) => text.startsWith('The agent changed the spec'))).toBe(
    'The agent changed the spec; undone: .kiro/specs/demo/design.md, .kiro/hooks/evil.json, .kiro/specs/demo/tasks.md.',
  )
  expect(existsSync(path.join(folder, '.kiro/hooks'))).toBe(false)
  expect(git('show', 'HEAD:.kiro/specs/demo/tasks.md')).not.toContain('Another task')
})

test('starts an agent that dies again a few times, then fails and keeps what was verified', async () => {
  await using rig = await startTaskRig({ '1.2': ['dies', 'dies', 'dies', 'dies'] })
  const { last, states, said } = await built(rig)
  expect(last).toMatchObject({ type: 'build.failed', code: 'agent_died' })
  expect(states['1.1']).toBe('completed')
  expect(states['1.2']).toMatch(/ended with exit code 7/)
  expect(said.filter((text) => text.includes('It is started again'))).toHaveLength(3)
})

test.each(['resumes', 'loads'])('goes on in the session of an agent that %s it', async (memory) => {
  await using rig = await startTaskRig({ '1.2': ['dies', 'works'] }, memory)
  const { last, prompts } = await built(rig)
  expect(last).toMatchObject({ type: 'build.completed', done: 3 })
  expect(prompts[2]).toMatch(/^You were interrupted/)
  expect(logTexts(rig.receiver.taken(), 'agent')).not.toContain('said before')
})

test('tells a new session what was handed out in the one that was lost', async () => {
  await using rig = await startTaskRig({ '1.2': ['breaks', 'dies', 'works'] })
  const { last, subjects, prompts } = await built(rig)
  expect(last).toMatchObject({ type: 'build.completed', done: 3 })
  expect(subjects).toEqual(tasksOf)
  expect(prompts[3]).toContain('- 1.1 Set up the project\n- 1.2 Write the page\n')
  expect(prompts[3]).toContain('Carry out task 1.2 of the spec')
  expect(prompts[3]).toContain('Task 1.2 is not done yet')
  expect(prompts[4]).toMatch(/^Carry out task 2 of/)
})
