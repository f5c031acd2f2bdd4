import { AppError } from '../domain/errors.ts'
import { hasRole, lesserRole, type Principal, type Role } from '../domain/principal.ts'
import { useApiKey } from '../store/credentials.ts'
import type { Queryable } from '../store/database.ts'
import { firstOwner, firstWorkspace, membership } from '../store/workspaces.ts'
import { sameSecret } from './digest.ts'
import { tokenHash } from './random-token.ts'
import type { Sessions } from './sessions.ts'

export interface AuthenticationDeps {
  db: Queryable
  sessions: Sessions
  /** `TALKWRIGHT_ADMIN_KEY`, when it is set. */
  adminKey?: string
  clock: () => Date
}

/** What a request brings along to prove who asks. */
export interface Credentials {
  bearer?: string | undefined
  session?: string | undefined
}

export const apiKeyPrefix = 'tw_'

async function byAdminKey(deps: AuthenticationDeps): Promise<Principal | undefined> {
  const workspace = await firstWorkspace(deps.db)
  if (workspace === undefined) return undefined
  const userId = await firstOwner(deps.db, workspace.id)
  if (userId === undefined) return undefined
  return { userId, workspaceId: workspace.id, role: 'admin', via: 'admin_key' }
}

async function byApiKey(deps: AuthenticationDeps, key: string): Promise<Principal | undefined> {
  if (!key.startsWith(apiKeyPrefix) || key.length > 100) return undefined
  const row = await useApiKey(deps.db, await tokenHash(key), deps.clock())
  if (row === undefined) return undefined
  return {
    userId: row.created_by,
    workspaceId: row.workspace_id,
    // A key never outlasts what its maker may do themselves.
    role: lesserRole(row.role, row.maker_role),
    via: 'api_key',
    keyId: row.id,
  }
}

async function bySession(deps: AuthenticationDeps, value: string): Promise<Principal | undefined> {
  const subject = await deps.sessions.read(value, deps.clock())
  if (subject === undefined) return undefined
  // The membership is read at every request, so that taking it away ends the session at once.
  const member = await membership(deps.db, subject.workspaceId, subject.userId)
  if (member === undefined) return undefined
  return { ...subject, role: member.role, via: 'session' }
}

/** Who asks; undefined when the request brings nothing that holds. A bad bearer key never falls back. */
export async function authenticate(
  deps: AuthenticationDeps,
  credentials: Credentials,
): Promise<Principal | undefined> {
  const { bearer, session } = credentials
  if (bearer !== undefined) {
    const { adminKey } = deps
    if (adminKey !== undefined && sameSecret(bearer, adminKey)) return byAdminKey(deps)
    return byApiKey(deps, bearer)
  }
  return session === undefined ? undefined : bySession(deps, session)
}

/** @throws AppError `forbidden` when the role stands below the needed one. */
export function requireRole(principal: Principal, needed: Role): void {
  if (hasRole(principal.role, needed)) return
  throw new AppError('forbidden', `This needs the role ${needed}; you have ${principal.role}.`, {
    status: 403,
  })
}
