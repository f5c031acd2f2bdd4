import { AppError, notFound } from '../domain/errors.ts'
import type { Principal, Role } from '../domain/principal.ts'
import { hasRole, lesserRole } from '../domain/role-order.ts'
import { useApiKey } from '../store/credentials.ts'
import type { Queryable } from '../store/database.ts'
import {
  firstOwner,
  firstWorkspace,
  type Membership,
  membership,
  membershipsOf,
} from '../store/workspaces.ts'
import { sameSecret } from './digest.ts'
import { tokenHash } from './random-token.ts'
import type { Sessions } from './sessions.ts'
import { ownWorkspace, type SignUp } from './sign-up.ts'
import type { TokenVerifier } from './tokens.ts'

export interface AuthenticationDeps {
  db: Queryable
  sessions: Sessions
  /** `TALKWRIGHT_ADMIN_KEY`, when it is set. */
  adminKey?: string
  clock: () => Date
  /** A new UUID. */
  id: () => string
  /** Reads the tokens of a sign-in service, where one is named. */
  tokens?: TokenVerifier
  signUp: SignUp
}

/** What a request brings along to prove who asks. */
export interface Credentials {
  bearer?: string | undefined
  session?: string | undefined
  /** The workspace that the request is about; the one that the sign-in has chosen without it. */
  workspace?: string | undefined
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

/** Somebody who has shown who they are. */
interface Identified {
  userId: string
  /** The workspace that they have chosen. */
  workspaceId: string | undefined
  secondFactor: boolean
}

/** A person's part in the workspace that is wanted, or else chosen, or else their first one. */
async function memberOf(
  { db }: AuthenticationDeps,
  { userId, workspaceId: chosen }: Identified,
  wanted: string | undefined,
): Promise<Membership | undefined> {
  const id = wanted ?? chosen
  const member = id === undefined ? undefined : await membership(db, id, userId)
  if (member !== undefined) return member
  if (wanted !== undefined) throw notFound('workspace')
  const [first] = await membershipsOf(db, userId)
  return first
}

/** A principal's part in one of their workspaces, with what it wants of their sign-in. */
export function inWorkspace(
  who: Pick<Principal, 'userId' | 'via'> & { shown: boolean },
  { role, workspace }: Membership,
): Principal {
  const { userId, via, shown } = who
  const principal = { userId, workspaceId: workspace.id, role, via }
  if (shown) return { ...principal, secondFactor: 'shown' }
  return workspace.secondFactor ? { ...principal, secondFactor: 'missing' } : principal
}

/** The membership is read at every request, so that taking it away ends all sessions at once. */
async function byPerson(
  deps: AuthenticationDeps,
  who: Identified,
  wanted: string | undefined,
): Promise<Principal | undefined> {
  const member = await memberOf(deps, who, wanted)
  const { userId, secondFactor: shown } = who
  return member && inWorkspace({ userId, via: 'session', shown }, member)
}

async function byToken(
  deps: AuthenticationDeps,
  token: string,
  wanted: string | undefined,
): Promise<Principal | undefined> {
  const subject = await deps.tokens?.read(token, deps.clock())
  if (subject === undefined) return undefined
  const { userId, email, secondFactor, expiresAt: until } = subject
  const who = { userId, workspaceId: undefined, secondFactor }
  let principal = await byPerson(deps, who, wanted)
  if (principal === undefined && deps.signUp !== 'invited') {
    await ownWorkspace(deps.db, { id: userId, name: null, email }, deps.id)
    principal = await byPerson(deps, who, wanted)
  }
  return principal && { ...principal, until }
}

async function byKey(
  deps: AuthenticationDeps,
  key: string,
  wanted: string | undefined,
): Promise<Principal | undefined> {
  const { adminKey } = deps
  const isAdminKey = adminKey !== undefined && sameSecret(key, adminKey)
  const principal = await (isAdminKey ? byAdminKey(deps) : byApiKey(deps, key))
  const elsewhere = wanted !== undefined && principal?.workspaceId !== wanted
  if (principal !== undefined && elsewhere) throw notFound('workspace')
  return principal
}

/** Three parts with dots between: what a signed token looks like, and no key of ours does. */
export const tokenShape = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** The person who brings a session or a token along, whether they belong to a workspace or not. */
export async function identify(
  deps: AuthenticationDeps,
  { bearer, session }: Credentials,
): Promise<{ userId: string; email: string | null } | undefined> {
  const now = deps.clock()
  if (bearer !== undefined) return deps.tokens?.read(bearer, now)
  const subject = session === undefined ? undefined : await deps.sessions.read(session, now)
  return subject && { userId: subject.userId, email: null }
}

/**
 * Who asks; undefined when the request brings nothing that holds. A bad bearer key never falls back.
 *
 * @throws AppError `not_found` for a workspace that they do not belong to
 */
export async function authenticate(
  deps: AuthenticationDeps,
  { bearer, session, workspace }: Credentials,
): Promise<Principal | undefined> {
  if (bearer !== undefined) {
    const isToken = deps.tokens !== undefined && tokenShape.test(bearer)
    return isToken ? byToken(deps, bearer, workspace) : byKey(deps, bearer, workspace)
  }
  if (session === undefined) return undefined
  const subject = await deps.sessions.read(session, deps.clock())
  if (subject === undefined) return undefined
  const { userId, workspaceId, secondFactor } = subject
  const who = { userId, workspaceId: workspaceId ?? undefined, secondFactor }
  const principal = await byPerson(deps, who, workspace)
  return principal && { ...principal, sessionHash: await tokenHash(session) }
}

/**
 * @throws AppError `forbidden` when the role stands below the needed one, `second_factor_required`
 * when it is an admin's and the workspace wants more of them than this sign-in has shown.
 */
export function requireRole(principal: Principal, needed: Role): void {
  if (!hasRole(principal.role, needed)) {
    throw new AppError('forbidden', `This needs the role ${needed}; you have ${principal.role}.`, {
      status: 403,
    })
  }
  if (principal.secondFactor === 'missing' && hasRole(needed, 'admin')) {
    throw new AppError(
      'second_factor_required',
      'This workspace wants a second factor for what admins do. Sign in again with one.',
      { status: 403 },
    )
  }
}

/**
 * What is handed out outlasts whoever handed it out: a key that was lost or has expired would go on
 * in the keys and invitations that it made. `what` says what a key does not do.
 *
 * @throws AppError `person_required` for an API key
 */
export function requirePerson({ via }: Principal, what: string): void {
  if (via !== 'api_key') return
  throw new AppError('person_required', `An API key ${what}. Sign in and do it as yourself.`, {
    status: 403,
  })
}
