import type { BuildCost, BuildEventBody, BuildRate } from '../../domain/build.ts'
import type { AgentDriver } from '../agents/agent-driver.ts'
import type { DeliverySettings } from '../deliver/deliver-build.ts'
import type { Resolve } from '../egress/guarded-http.ts'
import { createCostMeter, type CostMeter } from '../evidence/cost-meter.ts'
import { followProgress, type Progress } from '../evidence/progress.ts'
import type { BuildLimits } from '../options.ts'
import type { StartProgram } from '../process/child-process.ts'
import { buildEnvironment } from '../process/environment.ts'
import type { Mask, Secret } from '../process/secrets.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { together, type ProgramGroup } from '../sandbox/together.ts'
import { gitIn, type Git } from '../workspace/git.ts'
import { createBuildLog, type WriteLog } from './build-log.ts'
import { joinLog, type Flow } from './log-joiner.ts'
import type { Build } from './build.ts'
import type { Ask } from './questions.ts'
import { createUsedNote, type Used } from './usage.ts'
import type { Watch } from './watch.ts'

export interface RunBuildOptions {
  driver: AgentDriver
  limits: BuildLimits
  /** Search path for git and npm. */
  path: string
  /** Where the build's programs run. */
  sandbox: Sandbox
  resolve: Resolve
  /** Hides secrets in log lines. */
  mask: Mask
  /** What the work must not hold. */
  secrets: readonly Secret[]
  watch: Watch
  /** What a task costs, where it is known before. */
  rate: BuildRate | undefined
  /** Asks a person. */
  ask: Ask
  delivery: DeliverySettings
  /** How far what is told has got on its way. */
  flow: Flow
  clock: () => Date
}

/** Everything that the steps of one run share. */
export interface Run extends RunBuildOptions {
  build: Build
  env: Record<string, string>
  start: StartProgram
  /** All that runs for the build. */
  programs: ProgramGroup[]
  git: Git
  log: WriteLog
  /** Tells what of the log is held back. */
  flushLog: () => void
  progress: Progress
  cost: CostMeter
  /** What the agent has taken of its limits, but for the time of this attempt. */
  used: Used
  noteUsed: (now: Used) => Promise<void>
}

/** What a build that costs nothing has cost from its beginning; of others nobody knows it yet. */
function costAtStart({ rate }: Pick<RunBuildOptions, 'rate'>): BuildCost | undefined {
  return rate?.high === 0 ? { amount: 0, currency: rate.currency } : undefined
}

/** Sets up one run of a build. */
export function prepare(build: Build, options: RunBuildOptions, used: Used): Run {
  const { order, folder } = build
  const env = buildEnvironment(options.path, folder.home, order.build_id)
  const own = together(options.sandbox.inside(folder))
  const { start } = own
  const git = gitIn(folder.workspace, env, start)
  const { emit, log, flushLog } = openTelling(build, options)
  const cost = createCostMeter(build.status().progress?.cost ?? costAtStart(options))
  const startedAt = options.clock().getTime() - (build.status().progress?.elapsed_ms ?? 0)
  const progress = followProgress({
    order,
    workspace: folder.workspace,
    git,
    emit,
    elapsedMs: () => Math.max(0, options.clock().getTime() - startedAt),
    cost: () => cost.total(),
  })
  const told = { log, flushLog, progress, cost }
  const spent = { used, noteUsed: createUsedNote(folder) }
  return { ...options, ...told, ...spent, build, env, start, programs: [own], git }
}

/** How a run tells of itself: events in their order, lines of the log together when they come fast. */
function openTelling(
  build: Build,
  { mask, limits, flow }: RunBuildOptions,
): { emit: (event: BuildEventBody) => void; log: WriteLog; flushLog: () => void } {
  let written: Promise<unknown> = Promise.resolve()
  let writing = 0
  const record = (event: BuildEventBody) => {
    writing += 1
    // A failed write fails every later one too, so the last event's write tells.
    written = build.record(event).catch(() => undefined)
    void written.then(() => (writing -= 1))
  }
  const joiner = joinLog((kind, text) => record({ type: 'build.log', kind, text }), {
    isBehind: () => writing > 0 || flow.isBehind(),
    caughtUp: () => written.then(() => flow.caughtUp()),
  })
  const emit = (event: BuildEventBody) => {
    joiner.flush()
    record(event)
  }
  return {
    emit,
    log: createBuildLog(joiner.write, mask, limits.logLines),
    flushLog: joiner.flush,
  }
}
