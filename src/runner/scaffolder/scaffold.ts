import { realpath } from 'node:fs/promises'
import { AppError } from '../../domain/errors.ts'
import { setTaskState, tickTask } from '../../kiro/tasks.ts'
import { readConfined, writeConfined } from '../workspace/confined-files.ts'
import { appModel } from './app-model.ts'
import type { Claim } from './acceptance-tests.ts'
import { testName } from './acceptance-tests.ts'
import type { Model } from './app-schema.ts'
import { assess } from './assess.ts'
import { claimedModel } from './claimed-model.ts'
import { renderReport } from './build-record.ts'
import type { CriterionRecord, ScaffoldResult, TaskRecord } from './build-record.ts'
import type { ReportProgress } from './progress-report.ts'
import { renderApp } from './render-app.ts'
import type { Template } from './render-app.ts'
import { taskSubject } from '../tasks/task-subject.ts'
import { commitAll } from './repository.ts'
import { readSpec } from './spec.ts'
import type { Spec, SpecTask } from './spec.ts'
import { loadTemplate } from './template.ts'
import { runNodeTests } from './test-run.ts'
import type { RunTests, TestRun } from './test-run.ts'

export interface ScaffoldOptions {
  /** The workspace: a git repository that holds the spec. */
  cwd: string
  feature: string
  includeOptional: boolean
  report: ReportProgress
  signal: AbortSignal
  runTests?: RunTests
}

/** What stays the same during one build, and what has been built so far. */
interface Build {
  workspace: string
  spec: Spec
  model: Model
  template: Template
  options: ScaffoldOptions & { runTests: RunTests }
  claims: Claim[]
  /** The app's files as they were last written. */
  written: ReadonlyMap<string, string>
  records: TaskRecord[]
  passed: boolean
}

/**
 * Carries out the plan of a feature, task by task, each with its tests and a commit of its own. What
 * it cannot build or verify stays open with a reason. Rejects with the signal's reason when stopped.
 * @throws AppError `spec_missing`, `git_failed`
 */
export async function scaffold(options: ScaffoldOptions): Promise<ScaffoldResult> {
  const workspace = await realpath(options.cwd)
  const spec = await readSpec(workspace, options.feature)
  const build: Build = {
    workspace,
    spec,
    model: { app: appModel(spec.reading.models), design: spec.reading.models },
    template: await loadTemplate(),
    options: { ...options, runTests: options.runTests ?? runNodeTests },
    claims: [],
    written: new Map(),
    records: [],
    passed: false,
  }
  await tellPlan(build)
  if (spec.wishes.length > 0) {
    const text = `The plan asks for ${spec.wishes.join('; ')}. The built-in builder uses Node.js, a JSON file and a plain page instead; the README says so.`
    await options.report({ type: 'said', text })
  }
  for (const task of spec.tasks) {
    options.signal.throwIfAborted()
    const record = await carryOut(build, task)
    build.records.push(record)
    if (record.reason !== undefined && !(task.optional && !options.includeOptional)) {
      await options.report({
        type: 'said',
        text: `Task ${task.number} stays open. ${record.reason}`,
      })
    }
    await tellPlan(build)
  }
  return finish(build)
}

async function carryOut(build: Build, task: SpecTask): Promise<TaskRecord> {
  if (task.done) return recordOf(task, 'completed', {})
  if (task.optional && !build.options.includeOptional) {
    return recordOf(task, 'not_started', { reason: 'Optional, and not asked for.' })
  }
  const assessment = assess(task, build.spec, build.model, build.claims)
  if (assessment.type === 'open') {
    return recordOf(task, 'not_started', { reason: assessment.reason })
  }
  await markTask(build, task, 'in_progress')
  await tellPlan(build, task)
  const claims = assessment.type === 'claims' ? assessment.claims : []
  const before = build.written
  try {
    return await buildTask(build, task, claims)
  } catch (error) {
    await writeApp(build, task, before).catch(() => undefined)
    await markTask(build, task, 'not_started')
    throw error
  }
}

/** Writes the app with the new claims, runs all tests, and commits if they hold. */
async function buildTask(
  build: Build,
  task: SpecTask,
  claims: readonly Claim[],
): Promise<TaskRecord> {
  const { spec, model, template, options } = build
  const before = build.written
  const all = mergedClaims(build.claims, claims)
  if (claims.length === 0 && before.size === 0) {
    await markTask(build, task, 'not_started')
    return recordOf(task, 'not_started', { reason: 'Nothing was built, so there are no tests.' })
  }
  const { title, feature, wishes } = spec
  const abilities = all.map(({ capability }) => capability)
  const built = claimedModel(model, spec.reading.added, abilities)
  const files = renderApp({ title, feature, model: built, wishes, claims: all }, template)
  await writeApp(build, task, files)
  await options.report({ type: 'tests_started', task: task.number })
  const run = await options.runTests(build.workspace, options.signal)
  const criteria = claims.map((claim) => criterionRecord(claim, run))
  const holds = run.passed && criteria.every(({ passed }) => passed === true)
  const summary = summaryOf(run)
  await options.report({ type: 'tests_finished', task: task.number, passed: holds, summary })
  if (!holds) {
    await writeApp(build, task, before)
    await markTask(build, task, 'not_started')
    const failed = criteria.filter(({ passed }) => passed !== true).map(({ ref }) => ref)
    const which = failed.length > 0 ? `the test of ${failed.join(', ')}` : 'an earlier test'
    return recordOf(task, 'not_started', { reason: `It was built, but ${which} failed.`, criteria })
  }
  build.claims = all
  build.passed = true
  await changeTasks(build, (text) => tickTask(text, task.number))
  const subject = taskSubject(task.number, task.title)
  const commit = await commitAll(build.workspace, subject, options.signal)
  return recordOf(task, 'completed', { commit, criteria })
}

/** Writes what is new or changed, and empties what an earlier state of the app did not have. */
async function writeApp(
  build: Build,
  task: SpecTask,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const changed = [...files].filter(([path, content]) => build.written.get(path) !== content)
  for (const [path, content] of changed) {
    await writeConfined(build.workspace, path, content, false)
  }
  for (const path of build.written.keys()) {
    // A test file without tests passes; removing it is git's business in the next commit.
    if (!files.has(path)) await writeConfined(build.workspace, path, '', false)
  }
  build.written = files
  const paths = changed.map(([path]) => path)
  if (paths.length > 0) await build.options.report({ type: 'files', task: task.number, paths })
}

async function finish(build: Build): Promise<ScaffoldResult> {
  const { spec, workspace, options } = build
  const order = new Map(spec.tasks.map(({ number }, index) => [number, index]))
  const tasks = [...build.records].sort(
    (a, b) =>
      byNumber(a.number, b.number) || (order.get(a.number) ?? 0) - (order.get(b.number) ?? 0),
  )
  const path = `.kiro/specs/${spec.feature}/build-report.json`
  await writeConfined(workspace, path, renderReport({ tasks }), false)
  await commitAll(workspace, 'chore: report what is built and what is open', options.signal)
  const done = tasks.filter(({ state }) => state === 'completed').length
  const text = `${done} of ${tasks.length} tasks are done; build-report.json says why the others are open.`
  await options.report({ type: 'said', text })
  return { tasks, passed: build.passed }
}

async function changeTasks(build: Build, change: (text: string) => string): Promise<void> {
  const file = build.spec.tasksPath
  const text = (await readConfined(build.workspace, file, 2_000_000)).toString('utf8')
  await writeConfined(build.workspace, file, change(text), false)
}

function markTask(
  build: Build,
  task: SpecTask,
  state: 'in_progress' | 'not_started',
): Promise<void> {
  return changeTasks(build, (text) => setTaskState(text, task.number, state))
}

/** All leaf tasks with where they stand; a full replacement each time. */
async function tellPlan(build: Build, current?: SpecTask): Promise<void> {
  const states = new Map(build.records.map(({ number, state }) => [number, state]))
  const tasks = build.spec.tasks.map((task) => ({
    number: task.number,
    title: task.title,
    optional: task.optional,
    state: task === current ? ('in_progress' as const) : (states.get(task.number) ?? 'not_started'),
  }))
  await build.options.report({ type: 'plan', tasks })
}

function recordOf(
  task: SpecTask,
  state: TaskRecord['state'],
  more: Partial<Pick<TaskRecord, 'reason' | 'commit' | 'criteria'>>,
): TaskRecord {
  const { number, title, optional } = task
  const criteria = task.refs.map((ref): CriterionRecord => ({ ref }))
  return { number, title, state, optional, criteria, ...more }
}

function criterionRecord(claim: Claim, run: TestRun): CriterionRecord {
  const result = run.criteria.get(claim.ref)
  return { ref: claim.ref, test: testName(claim), passed: result?.passed === true }
}

function summaryOf({ passed, criteria, tail }: TestRun): string {
  if (passed) return `All tests passed; ${criteria.size} criteria have one.`
  return `Tests failed.\n${tail}`
}

/** One claim for each criterion; a property that was held once is held on. */
function mergedClaims(built: readonly Claim[], added: readonly Claim[]): Claim[] {
  const byNumber = new Map(built.map((claim) => [claim.ref, claim]))
  for (const claim of added) byNumber.set(claim.ref, { ...byNumber.get(claim.ref), ...claim })
  return [...byNumber.values()].sort(byRef)
}

function byRef(a: Claim, b: Claim): number {
  return byNumber(a.ref, b.ref)
}

/** `2.9` before `2.10`. */
function byNumber(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number))
  for (let index = 0; index < 4; index += 1) {
    const difference = (left?.[index] ?? -1) - (right?.[index] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

/** @throws AppError `spec_missing` when the workspace holds no spec, or several and none is named */
export function chooseFeature(features: readonly string[], prompt: string): string {
  const named = features.filter((feature) => prompt.includes(`\`${feature}\``))
  const [only, ...others] = named.length > 0 ? named : features
  if (only !== undefined && others.length === 0) return only
  throw new AppError(
    'spec_missing',
    features.length === 0
      ? 'There is no spec in .kiro/specs of this workspace.'
      : 'There are several specs in .kiro/specs: name one in back quotes in the prompt.',
    { status: 422 },
  )
}
