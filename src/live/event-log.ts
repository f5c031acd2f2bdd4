import type { ProjectEvent } from '../domain/event.ts'
import type { Queryable } from '../store/database.ts'
import { readEvents } from '../store/events.ts'
import { changedProjects, eventsAfterEach, headsOf, seqAt } from '../store/live.ts'

/** Where a project's log ends. */
export interface Head {
  projectId: string
  workspaceId: string
  seq: number
}

/** A place in a project's log: everything up to `after` is known. */
export interface Position {
  projectId: string
  after: number
}

/** The record that live views read; it alone says what has happened. */
export interface EventLog {
  /** A project's events above a seq, in order, at most `limit`, however old they are. */
  history(position: Position, limit: number): Promise<ProjectEvent[]>
  /** What is new in several projects, in one go; at most `limit` events of each, in order. */
  news(positions: readonly Position[], limit: number): Promise<ProjectEvent[]>
  /** The ends of these logs; a project that is not there is left out. */
  heads(projectIds: readonly string[]): Promise<Head[]>
  /** The projects of a workspace that changed later than a time, if one is given, and the time of this look. */
  changed(workspaceId: string, later: Date | undefined): Promise<{ at: Date; heads: Head[] }>
  /** The seq that a project's log had reached at a time. */
  seqAt(projectId: string, at: Date): Promise<number>
}

/** The logs of the projects in a database. */
export function databaseLog(db: Queryable): EventLog {
  return {
    history: ({ projectId, after }, limit) => readEvents(db, projectId, after, limit),
    news: (positions, limit) => eventsAfterEach(db, positions, limit),
    heads: (projectIds) => headsOf(db, projectIds),
    changed: (workspaceId, later) => changedProjects(db, workspaceId, later),
    seqAt: (projectId, at) => seqAt(db, projectId, at),
  }
}
