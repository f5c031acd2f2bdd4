import type { Log } from '../domain/log.ts'
import type { Principal } from '../domain/principal.ts'
import { asCaller } from '../store/caller.ts'
import type { Queryable } from '../store/database.ts'
import { lostGrants } from '../store/live.ts'
import { getProject } from '../store/projects.ts'
import { type Bus, type BusListener, noBus } from './bus.ts'
import { databaseLog } from './event-log.ts'
import { createFeed, type Feed } from './feed.ts'
import { createGuard, type Guard } from './guard.ts'
import { createNews, type News } from './news.ts'
import { createSockets, type Sockets } from './sockets.ts'

export interface LiveOptions {
  db: Queryable
  clock: () => Date
  /** How the processes of one database tell each other of news; none when there is one process. */
  bus?: (listener: BusListener) => Bus
  log: Log
  /** Times and sizes, where a test wants others. */
  tuning?: Partial<typeof usualTuning>
}

const usualTuning = {
  sweepMs: 1_000,
  guardMs: 500,
  newsMs: 500,
  heartbeatMs: 25_000,
  highWater: 1024 * 1024,
  slowMs: 15_000,
}

/** The live room of a process: one feed, one watch over rights, and the connections. */
export interface Live {
  feed: Feed
  guard: Guard
  sockets: Sockets
  news: News
  /** A commit here has added events to this project's log: tells everyone, here and elsewhere. */
  committed(projectId: string): void
  close(): Promise<void>
}

/** Runs what is asked for at the same time with the same key once. */
function shareBy<T>(run: (principal: Principal, id: string) => Promise<T>): typeof run {
  const running = new Map<string, Promise<T>>()
  return (principal, id) => {
    const { userId, workspaceId, via, role } = principal
    const key = [userId, workspaceId, via, role, id].join(' ')
    const found = running.get(key) ?? run(principal, id).finally(() => void running.delete(key))
    running.set(key, found)
    return found
  }
}

/** Starts the live room on a database; close it to end every follower. */
export function createLive({ db, clock, log, tuning, bus: openBus }: LiveOptions): Live {
  const { sweepMs, guardMs, newsMs, ...limits } = { ...usualTuning, ...tuning }
  const feed = createFeed({ events: databaseLog(db), sweepMs, log })
  const news = createNews({ pauseMs: newsMs, pass: (workspaceId) => bus.poke(`w${workspaceId}`) })
  const listener: BusListener = {
    onPoke: (ids) => {
      feed.poke(...ids.filter((id) => !id.startsWith('w')))
      for (const id of ids) if (id.startsWith('w')) news.heard(id.slice(1))
    },
    onGap: () => {
      feed.sweep()
      news.missed()
    },
  }
  const bus = openBus?.(listener) ?? noBus
  const guard = createGuard({
    lost: (grants) => lostGrants(db, grants, clock()),
    everyMs: guardMs,
    log,
  })
  const findProject = shareBy(async (principal, id) => {
    const project = await asCaller(db, principal, (tx) => getProject(tx, id))
    return { workspaceId: project.workspace_id }
  })
  const sockets = createSockets({ feed, guard, news, findProject, ...limits, clock, log })
  return {
    feed,
    guard,
    sockets,
    news,
    committed(projectId) {
      feed.poke(projectId)
      bus.poke(projectId)
    },
    async close() {
      await sockets.close()
      guard.close()
      news.close()
      feed.close()
      await bus.close()
    },
  }
}
