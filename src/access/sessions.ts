import type { Queryable } from '../store/database.ts'
import {
  chooseWorkspace,
  deleteSession,
  deleteSessionsOf,
  findSession,
  insertSession,
} from '../store/sessions.ts'
import { randomToken, tokenHash } from './random-token.ts'

/** Whom a session signs in, and how. */
export interface SessionSubject {
  userId: string
  /** The workspace that the person has chosen. */
  workspaceId: string | null
  /** Whether the sign-in had one. */
  secondFactor: boolean
}

/** Makes, reads and ends the sessions behind the cookie's value. */
export interface Sessions {
  /** The value for the cookie. */
  issue(
    subject: { userId: string; workspaceId: string | null; secondFactor?: boolean },
    now: Date,
  ): Promise<string>
  /** Undefined when it is none, was ended, or is too old. */
  read(value: string, now: Date): Promise<SessionSubject | undefined>
  choose(value: string, workspaceId: string): Promise<void>
  end(value: string): Promise<void>
  /** Ends all sessions of a person. */
  endAll(userId: string): Promise<void>
}

export const sessionSeconds = 7 * 24 * 60 * 60

/** Sessions in the database: only a hash of each value is stored. */
export function createSessions(db: Queryable): Sessions {
  return {
    async issue({ secondFactor = false, ...subject }, now) {
      const value = randomToken()
      const expiresAt = new Date(now.getTime() + sessionSeconds * 1000)
      const times = { now, expiresAt }
      await insertSession(db, await tokenHash(value), { ...subject, secondFactor }, times)
      return value
    },
    read: async (value, now) => findSession(db, await tokenHash(value), now),
    choose: async (value, workspaceId) => chooseWorkspace(db, await tokenHash(value), workspaceId),
    end: async (value) => deleteSession(db, await tokenHash(value)),
    endAll: (userId) => deleteSessionsOf(db, userId),
  }
}
