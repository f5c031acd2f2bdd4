import type { ProjectEvent } from '../domain/event.ts'
import { isSettled, type ProjectStatus } from '../domain/status.ts'
import { readEvents } from '../store/events.ts'
import { seqAt } from '../store/live.ts'
import { getProject } from '../store/projects.ts'
import type { Context } from './context.ts'
import { makeProgress, type Progress } from './progress.ts'
import type { System } from './system.ts'

/** Shows the events of projects at the terminal. */
export interface ProjectShow {
  /** Something of this project was committed here; not shown before the beginning. */
  arrived: (projectId: string) => void
  /** From now on there is something to read from. */
  begin: (system: ShownSystem) => void
}

type ShownSystem = Pick<System, 'feed' | 'startedAt'> & {
  database: Pick<System['database'], 'db'>
}

/** A project that was shown, and how far. */
interface Shown {
  id: string
  progress: Progress
  /** The last seq that was shown; below 0 before the first look. */
  after: number
  isRunning: boolean
  /** Something was committed since the last look. */
  isWanted: boolean
}

/** Events read at a time. */
const page = 500

/** Whether nothing more happens by itself. */
function isAtRest(status: ProjectStatus): boolean {
  return isSettled(status) || status === 'awaiting_approval' || status === 'paused'
}

/** Shows what there is, and what comes for as long as work is under way. */
async function showNews(system: ShownSystem, shown: Shown, stopped: AbortSignal): Promise<void> {
  const { db } = system.database
  const show = (event: ProjectEvent) => {
    shown.progress.show(event)
    shown.after = event.seq
  }
  const { status } = await getProject(db, shown.id)
  if (!isAtRest(status)) {
    for await (const event of system.feed.follow(shown.id, shown.after, stopped)) {
      show(event)
      if (event.body.type === 'project.status' && isAtRest(event.body.to)) break
    }
  }
  // What came in the same commit, and what comes while it rests.
  for (let read = page; read === page && !stopped.aborted;) {
    const events = await readEvents(db, shown.id, shown.after, page)
    events.forEach(show)
    read = events.length
  }
}

/**
 * Shows each project of which something was committed here: it is followed while work is under way
 * and not while it rests, or a server would follow every project that it ever had.
 */
export function makeProjectShow(context: Pick<Context, 'output' | 'log' | 'stopped'>): ProjectShow {
  const known = new Map<string, Shown>()
  let system: ShownSystem | undefined

  function add(id: string): Shown {
    const name = known.size === 0 ? '' : `${id.slice(0, 8)} `
    const progress = makeProgress(context.output, name)
    const shown = { id, progress, after: -1, isRunning: false, isWanted: false }
    known.set(id, shown)
    return shown
  }

  async function run(from: ShownSystem, shown: Shown): Promise<void> {
    shown.isRunning = true
    try {
      // What was already there when this process started is not shown again.
      if (shown.after < 0) shown.after = await seqAt(from.database.db, shown.id, from.startedAt)
      while (shown.isWanted && !context.stopped.aborted) {
        shown.isWanted = false
        await showNews(from, shown, context.stopped)
      }
    } catch (error) {
      context.log.error({ error: String(error) }, 'terminal.failed')
    } finally {
      shown.progress.end()
      shown.isRunning = false
    }
  }

  return {
    arrived: (projectId) => {
      if (system === undefined) return
      const shown = known.get(projectId) ?? add(projectId)
      shown.isWanted = true
      if (!shown.isRunning) void run(system, shown)
    },
    begin: (from) => {
      system = from
    },
  }
}
