import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { leafTasks, parseTasks } from '../../kiro/tasks.ts'
import { workshopBrief } from '../../planning/testing/briefs.ts'
import type { ScaffoldEvent } from './progress-report.ts'
import { chooseFeature, scaffold } from './scaffold.ts'
import { plannedWorkspace } from './testing/workspace.ts'

const run = promisify(execFile)
const never = new AbortController().signal

async function leavesOf(folder: string, feature: string) {
  const file = path.join(folder, '.kiro', 'specs', feature, 'tasks.md')
  return leafTasks(parseTasks(await readFile(file, 'utf8')).tasks)
}

it('builds what it understands, with a commit for each task, and says why the rest is open', async () => {
  await using workspace = await plannedWorkspace(workshopBrief())
  const { folder, feature, git } = workspace
  const events: ScaffoldEvent[] = []
  const report = (event: ScaffoldEvent): void => {
    events.push(event)
  }
  const options = { cwd: folder, feature, includeOptional: false, report, signal: never }
  const { tasks, passed } = await scaffold(options)

  expect(passed).toBe(true)
  const ticked = (await leavesOf(folder, feature)).filter(({ state }) => state === 'completed')
  const done = tasks.filter(({ state }) => state === 'completed')
  expect(ticked.map(({ number }) => number)).toEqual(done.map(({ number }) => number))
  const log = await git('log', '--format=%H %s')
  for (const { number, title, commit, criteria } of done) {
    expect(log).toContain(`${commit} task ${number}: ${title}\n`)
    expect(criteria.every((one) => one.passed === true && one.test?.startsWith(one.ref))).toBe(true)
  }
  const open = tasks.filter(({ state }) => state !== 'completed')
  expect(open.every(({ reason }) => (reason ?? '').length > 10)).toBe(true)
  expect(open.filter(({ optional }) => !optional).map(({ title }) => title)).toEqual([
    'Send customers a text message when the bike is ready',
    'The pages load in less than two seconds',
  ])
  expect(tasks.find(({ optional }) => optional)?.reason).toBe('Optional, and not asked for.')
  expect(await git('status', '--porcelain')).toBe('')

  const stored = await readFile(
    path.join(folder, '.kiro/specs', feature, 'build-report.json'),
    'utf8',
  )
  expect(JSON.parse(stored)).toEqual({ tasks: JSON.parse(JSON.stringify(tasks)) })
  const readme = await readFile(path.join(folder, 'README.md'), 'utf8')
  expect(readme).toContain('- The plan asks for Storage: PostgreSQL.')
  const { stdout } = await run('npm', ['test', '--silent'], { cwd: folder })
  expect(stdout).toMatch(/^(?:ℹ|#) fail 0$/mu)
  const last = events.findLast(({ type }) => type === 'plan')
  expect(last?.type === 'plan' && last.tasks.every(({ state }) => state !== 'in_progress')).toBe(
    true,
  )
})

it('carries out optional tasks when asked to', async () => {
  await using workspace = await plannedWorkspace(workshopBrief())
  const { folder: cwd, feature } = workspace
  const options = { cwd, feature, includeOptional: true, report: () => undefined, signal: never }
  const { tasks } = await scaffold(options)
  const checks = tasks.filter(({ title }) => title.startsWith('Refuse incomplete or wrong'))
  expect(checks.length).toBe(3)
  const properties = tasks.filter(({ title }) => title.startsWith('Write property test'))
  expect(properties.length).toBeGreaterThan(3)
  const open = [...checks, ...properties].filter(({ state }) => state !== 'completed')
  expect(open).toEqual([])
})

it('leaves a task open whose tests fail, and goes on without it', async () => {
  await using workspace = await plannedWorkspace(workshopBrief())
  const { folder: cwd, feature, git } = workspace
  const result = await scaffold({
    cwd,
    feature,
    includeOptional: false,
    report: () => undefined,
    signal: never,
    async runTests(folder) {
      const bikes = await readFile(path.join(folder, 'test/bikes.test.js'), 'utf8')
      const refs = [...bikes.matchAll(/^test\("(\d+\.\d+) /gm)].map((match) => match[1] ?? '')
      const bad = bikes.includes('NEEDLE')
      const criteria = new Map(
        ['1.1', '2.1', '3.1', ...refs].map((ref) => [ref, { test: ref, passed: !bad }]),
      )
      return { passed: !bad, criteria, tail: '' }
    },
  })
  const search = result.tasks.find(({ title }) => title === 'Search bikes')
  expect(search).toMatchObject({ state: 'not_started', reason: expect.stringContaining('failed') })
  expect(result.tasks.find(({ title }) => title === 'Delete a bike')?.state).toBe('completed')
  expect(await readFile(path.join(cwd, 'test/bikes.test.js'), 'utf8')).not.toContain('NEEDLE')
  expect(await git('status', '--porcelain')).toBe('')
})

it('stops at once when the signal is raised, and leaves no task in progress', async () => {
  await using workspace = await plannedWorkspace(workshopBrief())
  const { folder: cwd, feature } = workspace
  const stop = new AbortController()
  const report = (event: ScaffoldEvent): void => {
    if (event.type === 'tests_started' && event.task === '2.1') stop.abort()
  }
  const options = { cwd, feature, includeOptional: false, report, signal: stop.signal }
  await expect(scaffold(options)).rejects.toThrow('aborted')
  const states = (await leavesOf(cwd, feature)).map(({ state }) => state)
  expect(states.filter((state) => state !== 'not_started')).toEqual(['completed'])
})

it('names what is missing when there is no spec', async () => {
  await using workspace = await plannedWorkspace(workshopBrief())
  const { folder: cwd } = workspace
  const options = { cwd, includeOptional: false, report: () => undefined, signal: never }
  const expected = { code: 'spec_missing', message: expect.stringContaining('requirements.md') }
  await expect(scaffold({ ...options, feature: 'other' })).rejects.toMatchObject(expected)
})

it('takes the only spec, or the one that the prompt names', () => {
  expect(chooseFeature(['one'], '')).toBe('one')
  expect(chooseFeature(['one', 'two'], 'Carry out `two`.')).toBe('two')
  expect(() => chooseFeature(['one', 'two'], '')).toThrow('several specs')
  expect(() => chooseFeature([], '')).toThrow('no spec')
})
