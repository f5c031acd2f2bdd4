import type { Log } from '../domain/log.ts'
import type { ProjectEvent } from '../domain/event.ts'
import { type Cursor, ProjectCursor } from './cursor.ts'
import type { EventLog } from './event-log.ts'
import { followCursor } from './follow.ts'
import { Pump } from './pump.ts'
import { createReader } from './reader.ts'
import { WorkspaceHub } from './workspace-hub.ts'
import { WorkspaceCursor, type WorkspaceSince } from './workspace-cursor.ts'

export interface FeedOptions {
  events: EventLog
  /** How often the feed looks by itself, for what no poke told of; milliseconds. */
  sweepMs: number
  log: Log
}

/** Tells followers of projects' logs about new events; the database stays the only record. */
export interface Feed {
  /** These projects may have new events: call after a commit, and for what other processes say. */
  poke(...projectIds: readonly string[]): void
  /** Looks at everything that is followed: pokes may have been lost. */
  sweep(): void
  /**
   * Every event of a project with a seq above `after`, in order, each once, without end until the
   * signal is aborted.
   *
   * @throws AppError `position_unknown` when the log does not go on from there.
   */
  follow(projectId: string, after: number, signal: AbortSignal): AsyncIterable<ProjectEvent>
  /** A place above which the events of a project come; `wake` is called whenever some may have. */
  open(projectId: string, after: number, wake: () => void): Cursor
  /** The events of all projects of a workspace, from now on or from where a client has been. */
  openWorkspace(
    workspaceId: string,
    since: WorkspaceSince | undefined,
    wake: () => void,
  ): Promise<WorkspaceCursor>
  /** Ends all followers. */
  close(): void
}

/** Starts a feed; close it to stop its timer. */
export function createFeed({ events, sweepMs, log }: FeedOptions): Feed {
  const pumps = new Map<string, Pump>()
  const hubs = new Map<string, WorkspaceHub>()
  const closing = new AbortController()
  const reader = createReader(events, log)
  const timer = setInterval(sweep, sweepMs)

  function sweep(): void {
    for (const pump of pumps.values()) pump.poke()
    for (const hub of hubs.values()) hub.sweep()
  }

  function open(projectId: string, after: number, wake: () => void): ProjectCursor {
    const pump = pumps.get(projectId) ?? new Pump(projectId, reader)
    pumps.set(projectId, pump)
    return new ProjectCursor(pump, after, wake, () => {
      if (pumps.get(projectId) === pump) pumps.delete(projectId)
    })
  }

  return {
    poke(...projectIds) {
      for (const projectId of projectIds) pumps.get(projectId)?.poke()
      for (const hub of hubs.values()) hub.poke(projectIds)
    },
    sweep,
    follow: (projectId, after, signal) =>
      followCursor(
        (wake) => open(projectId, after, wake),
        AbortSignal.any([signal, closing.signal]),
      ),
    open,
    async openWorkspace(workspaceId, since, wake) {
      const hub = hubs.get(workspaceId) ?? new WorkspaceHub(workspaceId, events, log)
      hubs.set(workspaceId, hub)
      const cursor = new WorkspaceCursor({
        hub,
        open,
        headOf: (projectId) => pumps.get(projectId)?.head,
        wake,
        left: () => {
          if (hubs.get(workspaceId) === hub) hubs.delete(workspaceId)
        },
      })
      await cursor.begin(since)
      return cursor
    },
    close: () => {
      clearInterval(timer)
      closing.abort()
      reader.close()
    },
  }
}
