import { mkdir } from 'node:fs/promises'
import { toAppError } from '../../domain/errors.ts'
import type { AgentJob, AgentOutcome } from '../agents/agent-driver.ts'
import { deliverBuild } from '../deliver/deliver-build.ts'
import type { StartProgram } from '../process/child-process.ts'
import { sumOfUse } from '../process/process-tree.ts'
import { openAgentRoom } from '../sandbox/agent-room.ts'
import { openWorkbench, type WorkbenchOptions } from '../tasks/open-workbench.ts'
import { removeTree } from '../workspace/remove-tree.ts'
import { planTasks, readSpecFiles } from '../tasks/plan-task.ts'
import { openTickedTasks } from '../tasks/ticked-tasks.ts'
import { endOfStopped, endWithoutTests, type LastEvent } from './build-outcome.ts'
import type { Build } from './build.ts'
import { guardResources } from './guard-resources.ts'
import { noteKept } from './kept-commit.ts'
import { observerOf } from './observe-agent.ts'
import { criteriaAsOpen, tasksInScope } from './order.ts'
import { prepare, type Run, type RunBuildOptions } from './run.ts'
import { takeUp } from './take-up.ts'
import { readUsed } from './usage.ts'
import { test, verify } from './verify.ts'

/**
 * Carries a build out from its first event to its last. A build that is stopped because the
 * runner closes gets no last event: the next start tells.
 */
export async function runBuild(build: Build, options: RunBuildOptions): Promise<void> {
  const run = prepare(build, options, await readUsed(build.folder))
  await mkdir(build.folder.tmp, { recursive: true })
  const attempt = build.starts() + 1
  const agent = options.driver.name.slice(0, 120)
  await build.record({ type: 'build.started', agent, ...(attempt > 1 && { attempt }) })
  sayWhere(run)
  const last = await begin(run, attempt)
    .then((done) => carryOut(run, done))
    .then((end) => (end?.type === 'build.completed' ? handOver(run, end) : end))
    .catch(explainBroken)
  await leaveNothing(run)
  run.flushLog()
  if (last) await build.record(last)
}

/** Delivers a completed build; whether that succeeds makes it neither better nor worse. */
async function handOver(
  run: Run,
  completed: Extract<LastEvent, { type: 'build.completed' }>,
): Promise<LastEvent | undefined> {
  const { build, git, env, watch, delivery } = run
  const event = await deliverBuild({ build, completed, git, env, signal: watch.signal }, delivery)
  const stopped = watch.cause()
  // What was pushed before somebody cancelled is there all the same.
  if (event && (!stopped || event.type === 'build.delivered')) await build.record(event)
  return stopped ? endOfStopped(stopped) : completed
}

/** Nothing runs on when a build has ended, and what it left in its `/tmp` goes. */
async function leaveNothing({ sandbox, log, build: { order, folder } }: Run): Promise<void> {
  await sandbox.clear(order.build_id)
  await removeTree(folder.tmp).catch((error: unknown) =>
    log('runner', `What the build left in its /tmp stays there: ${toAppError(error).message}`),
  )
}

/** Says in the log that nothing but the agent's manners keeps it in its folder. */
function sayWhere({ sandbox: { state }, log }: Run): void {
  if (state.kind === 'none') log('runner', `No sandbox: ${state.reason}`)
}

function explainBroken(error: unknown): LastEvent {
  const { code, message } = toAppError(error)
  const type = 'build.failed'
  if (code === 'git_failed') return { type, code: 'workspace_broken', message }
  if (code === 'runner_restarted') return { type, code, message: message.slice(0, 2_000) }
  return { type, code: 'runner_error', message: message.slice(0, 2_000) }
}

/** Gives the numbers of the tasks that an earlier attempt has carried out. */
async function begin(run: Run, attempt: number): Promise<ReadonlySet<string>> {
  const { build, driver, git, log, progress } = run
  if (attempt === 1) {
    progress.begin()
    return new Set()
  }
  const goesOn = await takeUp(build, git, driver.afterRestart)
  const shown = goesOn ? build.status().evidence : criteriaAsOpen(build.order)
  const tasks = await progress.resume(shown)
  const done = new Set(tasks.filter(({ state }) => state === 'completed').map(({ id }) => id))
  log(
    'runner',
    `The runner was restarted: the build goes on with ${done.size} of ${tasks.length} tasks done.`,
  )
  return done
}

async function carryOut(run: Run, done: ReadonlySet<string>): Promise<LastEvent | undefined> {
  const { watch, build } = run
  await using _ = guard(run)
  // A runner that was cut off after the last task has only to show that the whole works.
  const isDone = tasksInScope(build.order).every(({ number }) => done.has(number))
  const agent: AgentOutcome = isDone
    ? { type: 'ended', stopReason: 'end_turn' }
    : await driveAgent(run, done)
  await run.sandbox.clear(build.order.build_id)
  const stopped = watch.cause()
  if (stopped) {
    await run.progress.finish().catch(() => undefined)
    return endOfStopped(stopped)
  }
  const counts = await run.progress.finish()
  if (agent.type === 'ended' && agent.stopReason !== 'end_turn') {
    run.log('runner', `The agent stopped early: ${agent.stopReason}.`)
  }
  return endWithoutTests(agent, counts) ?? (await verify(run, counts))
}

/** Has the agent work within the limits; when it resolves, nothing of the agent's runs any more. */
async function driveAgent(run: Run, done: ReadonlySet<string>): Promise<AgentOutcome> {
  const { watch, driver, limits, build, sandbox } = run
  await using room = await openAgentRoom({
    sandbox,
    folder: build.folder,
    exposed: driver.exposed,
    resolve: run.resolve,
    refused: (reason) => run.log('runner', `Refused a connection: ${reason}`),
  })
  run.programs.push(room)
  const wallMs = Math.max(0, limits.wallMs - run.used.wallMs)
  watch.start({ wallMs, idleMs: limits.idleMs })
  try {
    return await driver.run(jobOf(run, done, room.start), observerOf(run), watch.signal)
  } finally {
    watch.rest()
    await keepUsed(run)
  }
}

/** Notes what the agent has taken, so that the next attempt has only the rest of it. */
function keepUsed({ watch, used, noteUsed }: Run): Promise<void> {
  return noteUsed({ ...used, wallMs: used.wallMs + watch.passed() })
}

/** Stops the build when it takes too much of the machine. */
function guard(run: Run): AsyncDisposable {
  const { build, limits, watch, programs } = run
  const { folder } = build
  const use = async () => sumOfUse(await Promise.all(programs.map((group) => group.use())))
  const folders = [folder.workspace, folder.home, folder.tmp]
  return guardResources({ folders, limits, use, watch, looked: () => keepUsed(run) })
}

function jobOf(run: Run, done: ReadonlySet<string>, start: StartProgram): AgentJob {
  const { build, limits, sandbox } = run
  const { order, folder } = build
  return {
    name: order.name,
    feature: order.feature,
    planHash: order.plan_hash,
    includeOptional: order.include_optional,
    workspace: folder.workspace,
    home: folder.home,
    env: run.env,
    start,
    isConfined: sandbox.state.kind !== 'none',
    resumed: build.starts() > 1,
    openWorkbench: async () => openWorkbench(await benchOptions(run, done)),
    openTickedTasks: async () => {
      const options = await benchOptions(run, done)
      return openTickedTasks({ ...options, includeOptional: order.include_optional })
    },
    maxReturns: limits.returns,
  }
}

async function benchOptions(run: Run, done: ReadonlySet<string>): Promise<WorkbenchOptions> {
  const { git, build, log, progress } = run
  const { feature, base_commit: baseCommit } = build.order
  return {
    tasks: planTasks(await readSpecFiles(git, baseCommit, feature)),
    criteria: build.order.criteria,
    workspace: build.folder.workspace,
    home: build.folder.home,
    feature,
    done,
    git,
    log,
    runTests: () => test(run),
    committed: (commit) => noteKept(build.folder, commit),
    changed: () => progress.look(),
    explain: (number, reason) => progress.explain(number, reason),
    show: (results) => progress.show(results),
  }
}
