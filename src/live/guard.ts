import type { Log } from '../domain/log.ts'
import type { Grant } from '../store/live.ts'

export interface GuardOptions {
  /** Which of these hold no more, by their index; one query for all. */
  lost: (grants: readonly Grant[]) => Promise<readonly number[]>
  /** How often it looks, milliseconds: rights that were taken away end a subscription this late. */
  everyMs: number
  log: Log
}

/** Looks again and again whether those who follow still may. */
export interface Guard {
  /** Calls `revoked` once the grant holds no more; gives the function that ends the watch. */
  watch(grant: Grant, revoked: () => void): () => void
  close(): void
}

interface Group {
  grant: Grant
  members: Set<() => void>
}

/** Everyone with the same grant is one group, so that a look costs as much as there are people. */
export function createGuard({ lost, everyMs, log }: GuardOptions): Guard {
  const groups = new Map<string, Group>()
  let looking = false
  const timer = setInterval(() => {
    if (!looking && groups.size > 0) void look()
  }, everyMs)

  async function look(): Promise<void> {
    looking = true
    try {
      const watched = [...groups.values()]
      for (const index of await lost(watched.map(({ grant }) => grant))) {
        for (const revoked of watched[index]?.members ?? []) revoked()
      }
    } catch (error) {
      // While the database is away no events come either.
      log.warn({ error: String(error) }, 'live.guard_failed')
    } finally {
      looking = false
    }
  }

  return {
    watch(grant, revoked) {
      const { workspaceId, userId, keyId, sessionHash, until } = grant
      const key = JSON.stringify([workspaceId, userId, keyId, sessionHash, until])
      const group = groups.get(key) ?? { grant, members: new Set() }
      // Wrapped, so that one function may be given for several grants.
      const member = () => revoked()
      group.members.add(member)
      groups.set(key, group)
      return () => {
        group.members.delete(member)
        if (group.members.size === 0 && groups.get(key) === group) groups.delete(key)
      }
    },
    close: () => clearInterval(timer),
  }
}
