import { type ConnectionKind, connectionKinds, type Connections } from '../domain/connections.ts'
import { AppError } from '../domain/errors.ts'

/** Whose a connection is: each part counts it for itself. */
export type ConnectionOwner = Readonly<Partial<Record<ConnectionKind, string | undefined>>>

/** Live connections that are open in this process. */
export interface ConnectionLimits {
  /** @throws AppError `too_many_connections` when there is no place for one more */
  check(owner: ConnectionOwner): void
  /**
   * Takes a place; gives what gives it back, once however often it is called.
   *
   * @throws AppError `too_many_connections`
   */
  take(owner: ConnectionOwner): () => void
}

/** A client that waits this long finds out soon enough, and costs nothing. */
const retryAfterSeconds = 10

const words: Readonly<Record<ConnectionKind, string>> = {
  key: 'this key',
  user: 'this person',
  address: 'this address',
}

function tooMany(kind: ConnectionKind, limit: number): AppError {
  return new AppError(
    'too_many_connections',
    `There are ${limit} live connections of ${words[kind]} already. Close one, or follow more over each.`,
    { status: 429, retryable: true, details: { retryAfterSeconds } },
  )
}

/** Counts connections by who holds them. */
export function createConnectionLimits(limits: Connections): ConnectionLimits {
  const open = new Map<string, number>()

  function limited(owner: ConnectionOwner) {
    return connectionKinds.flatMap((kind) => {
      const limit = limits[kind]
      const who = owner[kind]
      return limit === undefined || who === undefined
        ? []
        : [{ kind, limit, key: `${kind} ${who}` }]
    })
  }
  function check(owner: ConnectionOwner): void {
    for (const { kind, limit, key } of limited(owner)) {
      if ((open.get(key) ?? 0) >= limit) throw tooMany(kind, limit)
    }
  }
  return {
    check,
    take(owner) {
      check(owner)
      let keys = limited(owner).map(({ key }) => key)
      for (const key of keys) open.set(key, (open.get(key) ?? 0) + 1)
      return () => {
        for (const key of keys) {
          const left = (open.get(key) ?? 0) - 1
          if (left > 0) open.set(key, left)
          else open.delete(key)
        }
        keys = []
      }
    },
  }
}
