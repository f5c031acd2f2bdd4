import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { type AgentOutcome, whenStopped } from '../agents/agent-driver.ts'
import { explainTurn } from '../agents/acp-failures.ts'
import type { TickedTasks } from '../tasks/ticked-tasks.ts'
import { explainLoss, type Lost } from './kiro-failures.ts'
import { type KiroConnection, openKiro } from './kiro-connection.ts'
import type { KiroRun, WayOutcome } from './kiro-run.ts'
import { inRounds } from './rounds.ts'
import { type SpecCalls, specCalls } from './spec-calls.ts'
import { readTaskChanges } from './spec-messages.ts'
import { followHints, type SpecProgress } from './spec-progress.ts'
import { takeSession, type SessionMemory } from './spec-session.ts'

/** V3, whose login stays within kiro-cli. */
export const v3Args = ['acp', '--agent-engine', 'v3', '--auth-method', 'cli'] as const

/** What the processes of one build share. */
interface Build {
  run: KiroRun
  tasks: TickedTasks
  progress: SpecProgress
  session: SessionMemory
  /** Kiro has begun to work: there is no other way from here on. */
  began: boolean
}

const ended: AgentOutcome = { type: 'ended', stopReason: 'end_turn' }

/**
 * Has Kiro run the tasks of its spec by itself (`runAllTasks`), in as many turns and processes as it
 * takes. What it says of its tasks decides when the runner looks, never what counts.
 */
export async function driveSpec(run: KiroRun): Promise<WayOutcome> {
  const tasks = await run.job.openTickedTasks()
  const progress = followHints(tasks, run.observer.log)
  const build: Build = { run, tasks, progress, session: { loadable: true }, began: false }
  const outcome = await untilDone(build)
  if (build.began && outcome.type !== 'stopped') {
    await tasks.finish(progress.agrees, progress.reason)
  }
  return outcome
}

/** Starts Kiro again when it is lost, as long as that helps. */
async function untilDone(build: Build): Promise<WayOutcome> {
  const { tasks, run } = build
  const { restarts: max } = run.settings
  let openBefore = Number.POSITIVE_INFINITY
  for (let restarts = 1; ; restarts += 1) {
    const end = await oneProcess(build)
    if (end.type !== 'lost') return end
    const open = (await tasks.open()).length
    if (open === 0) return ended
    if (open < openBefore) restarts = 1
    openBefore = open
    if (restarts > max) return end.outcome
    run.observer.log(
      'runner',
      `${end.outcome.message} It is started again (${restarts} of ${max}).`,
    )
  }
}

async function oneProcess(build: Build): Promise<WayOutcome | Lost> {
  const { run, tasks, progress } = build
  const tasksFile = path.join(specFolder(run), 'tasks.md')
  await using kiro = openKiro(run, v3Args, {
    taskStatus: (params) => progress.take(readTaskChanges(params, tasksFile)),
    // Kiro rests while it waits for the answer: nothing is half written, and nothing new gets in.
    settled: () => {
      tasks.keep(progress.succeeded)
      return tasks.settled()
    },
  })
  return await Promise.race([talk(kiro, build), kiro.loginAsked, whenStopped(run.signal)])
}

const specFolder = ({ job }: KiroRun) => path.join(job.workspace, '.kiro/specs', job.feature)

async function talk(kiro: KiroConnection, build: Build): Promise<WayOutcome | Lost> {
  const { run, tasks, session, progress } = build
  let answers = false
  try {
    const { namespace, loadsSessions } = await kiro.start()
    answers = true
    const spec = specCalls(kiro.agent, namespace, specFolder(run), run.job, await documentsOf(run))
    const sessionId = await takeSession(kiro, spec, loadsSessions, session, run.observer.log)
    const { ids, hints } = await spec.taskStatuses()
    if (ids.size === 0 && !build.began) {
      return { type: 'unable', reason: 'it finds no tasks in tasks.md', answers }
    }
    progress.take(hints)
    const turns = await inRounds({
      open: () => tasks.open(),
      max: run.settings.rounds,
      log: run.observer.log,
      turn: (open) =>
        takeTurn(kiro, spec, sessionId, build, {
          required: open.some(({ optional }) => !optional),
          optional: open.flatMap(({ number, optional }) =>
            optional ? (ids.get(number) ?? []) : [],
          ),
        }),
    })
    return turns ?? (await howItEnded(kiro, tasks))
  } catch (error) {
    return explainLoss(error, kiro, { began: build.began, answers })
  }
}

/** Kiro's turns are over; when tasks are open because of an error that it showed, that is the end. */
async function howItEnded(kiro: KiroConnection, tasks: TickedTasks): Promise<AgentOutcome> {
  const trouble = kiro.trouble()
  if (trouble === '' || (await tasks.open()).length === 0) return ended
  return { type: 'failed', code: 'agent_error', message: `Kiro could not go on: ${trouble}` }
}

/** What a turn is to be about: all required tasks, or, with none of those open, the optional ones. */
interface OpenWork {
  required: boolean
  /** As Kiro names them. */
  optional: readonly string[]
}

async function takeTurn(
  kiro: KiroConnection,
  spec: SpecCalls,
  sessionId: string,
  build: Build,
  open: OpenWork,
): Promise<AgentOutcome | undefined> {
  const starts = open.required
    ? [() => spec.runAllTasks(sessionId)]
    : open.optional.map((id) => () => spec.executeTask(sessionId, id))
  for (const start of starts) {
    kiro.beginTurn()
    const executing = await start()
    build.began = true
    const stopReason = await kiro.untilTurnEnds(new Set([sessionId, executing]))
    build.progress.take((await spec.taskStatuses()).hints)
    build.tasks.keep(build.progress.agrees)
    await build.tasks.settled()
    const outcome = explainTurn(stopReason)
    if (outcome.type !== 'ended' || stopReason === 'cancelled') return outcome
  }
  return undefined
}

const documentNames = new Set(['requirements.md', 'bugfix.md', 'design.md', 'tasks.md'])

async function documentsOf(run: KiroRun): Promise<string[]> {
  return (await readdir(specFolder(run))).filter((name) => documentNames.has(name))
}
