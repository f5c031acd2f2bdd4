import { notFound } from '../domain/errors.ts'
import type { Principal, Role } from '../domain/principal.ts'
import { asCaller } from '../store/caller.ts'
import type { Queryable } from '../store/database.ts'
import {
  acceptInvitation,
  insertInvitation,
  type InvitationRow,
  lockInvitation,
  openInvitations,
  revokeInvitation,
} from '../store/invitations.ts'
import { type Person, putPerson } from '../store/people.ts'
import { requirePerson, requireRole } from './authenticate.ts'
import { randomToken, tokenHash } from './random-token.ts'

const dayMs = 24 * 60 * 60_000
/** Long enough for a person who is away for a weekend. */
const invitationDays = 7

export interface Invited {
  token: string
  expiresAt: Date
}

/**
 * Makes the token of a link that lets one person into the caller's workspace, once. Nobody hands out
 * a higher role than their own, and it holds while whoever made it may still make it.
 *
 * @throws AppError `forbidden`, `person_required`
 */
export async function invite(
  db: Queryable,
  principal: Principal,
  wanted: { id: string; name: string; role: Role },
  now: Date,
): Promise<Invited> {
  requireRole(principal, 'admin')
  requireRole(principal, wanted.role)
  requirePerson(principal, 'hands out no invitations')
  const token = randomToken()
  const hash = await tokenHash(token)
  const expiresAt = new Date(now.getTime() + invitationDays * dayMs)
  const { workspaceId, userId: createdBy } = principal
  await asCaller(db, principal, (tx) =>
    insertInvitation(tx, { ...wanted, workspaceId, hash, createdBy, expiresAt }),
  )
  return { token, expiresAt }
}

/** The invitations that can still be accepted. @throws AppError `forbidden` */
export async function invitationsOf(
  db: Queryable,
  principal: Principal,
  now: Date,
): Promise<InvitationRow[]> {
  requireRole(principal, 'admin')
  return asCaller(db, principal, (tx) => openInvitations(tx, principal.workspaceId, now))
}

/** Takes an invitation back. @throws AppError `forbidden`, `not_found` */
export async function withdrawInvitation(
  db: Queryable,
  principal: Principal,
  id: string,
  now: Date,
): Promise<void> {
  requireRole(principal, 'admin')
  const revoked = await asCaller(db, principal, (tx) =>
    revokeInvitation(tx, principal.workspaceId, id, now),
  )
  if (!revoked) throw notFound('invitation')
}

/**
 * Lets a person in by an invitation's token: somebody who is known, or a new person under the name
 * that they were invited by. Written by the server, because whoever comes in is nobody here yet.
 * Undefined when the invitation is unknown, used, withdrawn or too old, or its maker has lost the right.
 */
export async function join(
  db: Queryable,
  token: string,
  who: { known: string } | { fresh: string },
  now: Date,
): Promise<{ userId: string; workspaceId: string } | undefined> {
  const hash = await tokenHash(token)
  return db.transaction().execute(async (tx) => {
    const invitation = await lockInvitation(tx, hash, now)
    if (invitation === undefined) return undefined
    const userId = 'known' in who ? who.known : who.fresh
    if ('fresh' in who) {
      const person: Person = { id: userId, name: invitation.name, email: null }
      await putPerson(tx, person)
    }
    await acceptInvitation(tx, invitation, userId, now)
    return { userId, workspaceId: invitation.workspace_id }
  })
}
