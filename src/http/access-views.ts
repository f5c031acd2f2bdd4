import { z } from '@hono/zod-openapi'
import { Role } from '../domain/principal.ts'
import type { ApiKeyRow } from '../store/credentials.ts'
import type { InvitationRow } from '../store/invitations.ts'
import type { Member } from '../store/members.ts'
import type { Membership } from '../store/workspaces.ts'

/** The shapes of workspaces, members and keys; the page imports their types. */

const Name = z.string().trim().min(1).max(120)

export const WorkspaceView = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** Whoever asked for a plan may not approve it. */
  fourEyes: z.boolean(),
  /** What admins do takes a sign-in with a second factor. */
  secondFactor: z.boolean(),
  /** Whether it is the one that requests without a `Talkwright-Workspace` header are about. */
  current: z.boolean(),
})
export type WorkspaceView = z.infer<typeof WorkspaceView>
export const WorkspaceListView = z.object({ items: z.array(WorkspaceView) })
export type WorkspaceListView = z.infer<typeof WorkspaceListView>

export const ChangeWorkspace = z
  .strictObject({
    name: Name.optional(),
    fourEyes: z.boolean().optional(),
    secondFactor: z.boolean().optional(),
  })
  .refine((wanted) => Object.keys(wanted).length > 0, 'must name something to change')

export const MemberView = z.object({
  userId: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: Role,
  since: z.iso.datetime(),
})
export type MemberView = z.infer<typeof MemberView>
export const MemberListView = z.object({ items: z.array(MemberView) })
export type MemberListView = z.infer<typeof MemberListView>
export const ChangeMember = z.object({ role: Role })
export const ChangeMe = z.object({ name: Name.describe('What others know the caller by') })

export const InvitationView = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  createdBy: z.string(),
  expiresAt: z.iso.datetime(),
})
export type InvitationView = z.infer<typeof InvitationView>
export const InvitationListView = z.object({ items: z.array(InvitationView) })
export type InvitationListView = z.infer<typeof InvitationListView>
export const Invite = z.object({ name: Name.describe('For whom it is'), role: Role })
export const InvitedView = z.object({
  id: z.string(),
  /** The one-time link to hand over; it is not shown again. */
  link: z.string(),
  expiresAt: z.iso.datetime(),
})
export type InvitedView = z.infer<typeof InvitedView>

export const KeyView = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first characters, to recognise it by. */
  prefix: z.string(),
  role: Role,
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** Null for one that holds until it is revoked. */
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  /** To the minute. */
  lastUsedAt: z.iso.datetime().nullable(),
})
export type KeyView = z.infer<typeof KeyView>
export const KeyListView = z.object({ items: z.array(KeyView) })
export type KeyListView = z.infer<typeof KeyListView>
export const CreateKey = z.object({
  name: Name,
  role: Role,
  /** How many days it holds; without it, until it is revoked. */
  days: z.int().min(1).max(3_650).optional(),
})
export const KeyCreatedView = z.object({
  id: z.string(),
  /** The key itself; it is not shown again. */
  key: z.string(),
  expiresAt: z.iso.datetime().nullable(),
})
export type KeyCreatedView = z.infer<typeof KeyCreatedView>

export function workspaceView({ role, workspace }: Membership, currentId: string): WorkspaceView {
  return { ...workspace, role, current: workspace.id === currentId }
}

export function memberView({ since, ...member }: Member): MemberView {
  return { ...member, since: since.toISOString() }
}

export function invitationView(row: InvitationRow): InvitationView {
  const { id, name, role, created_by: createdBy, expires_at: expiresAt } = row
  return { id, name, role, createdBy, expiresAt: expiresAt.toISOString() }
}

export function keyView(row: ApiKeyRow): KeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
