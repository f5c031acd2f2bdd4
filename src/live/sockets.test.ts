import { describe, expect, it } from 'vitest'
import type { Principal } from '../domain/principal.ts'
import { silentLog } from '../domain/log.ts'
import { createFeed } from './feed.ts'
import { createGuard } from './guard.ts'
import { createNews } from './news.ts'
import type { LiveSession } from './session.ts'
import { createSockets, type Sockets } from './sockets.ts'
import { makeMemoryLog } from './testing/memory-log.ts'

const principal: Principal = { userId: 'u', workspaceId: 'w', role: 'viewer', via: 'session' }

function makeSockets(heartbeatMs: number) {
  const feed = createFeed({ events: makeMemoryLog(), sweepMs: 60_000, log: silentLog })
  const guard = createGuard({ lost: async () => [], everyMs: 60_000, log: silentLog })
  const findProject = async () => ({ workspaceId: 'w' })
  const limits = { highWater: 1, slowMs: 1_000, clock: () => new Date(), log: silentLog }
  const news = createNews({ pauseMs: 1, pass: () => undefined })
  const sockets = createSockets({ feed, guard, news, findProject, heartbeatMs, ...limits })
  return {
    sockets,
    stop: async () => {
      await sockets.close()
      guard.close()
      feed.close()
    },
  }
}

/** A connection without a network; `answers` says whether the other side lives. */
function connect(sockets: Sockets, answers: boolean) {
  const state: { session?: LiveSession } = {}
  const gone = Promise.withResolvers<void>()
  let pings = 0
  const leave = () => {
    if (state.session !== undefined) sockets.ended(state.session)
    gone.resolve()
  }
  const socket = {
    buffered: 0,
    send: () => undefined,
    flushed: (done: () => void) => done(),
    ping: () => {
      pings += 1
      if (answers && state.session !== undefined) state.session.heard = true
    },
    close: leave,
    terminate: leave,
  }
  state.session = sockets.accept(socket, principal)
  return { gone: gone.promise, pings: () => pings }
}

describe('live connections', () => {
  it('are cut when they miss one sign of life, and kept while they give it', async () => {
    const { sockets, stop } = makeSockets(5)
    const silent = connect(sockets, false)
    const living = connect(sockets, true)
    await silent.gone
    expect(silent.pings()).toBe(1)
    await expect.poll(living.pings).toBeGreaterThan(3)
    expect(sockets.count()).toBe(1)
    await stop()
    expect(sockets.count()).toBe(0)
  })
})
