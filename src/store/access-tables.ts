import type { ColumnType, Generated } from 'kysely'
import type { Principal, Role } from '../domain/principal.ts'
import type { NullableTimestamp, Timestamp } from './columns.ts'

/** Who may do what: people, workspaces, and what lets people in. */
export interface AccessSchema {
  people: PeopleTable
  workspaces: WorkspacesTable
  memberships: MembershipsTable
  invitations: InvitationsTable
  api_keys: ApiKeysTable
  sign_in_links: SignInLinksTable
  sessions: SessionsTable
  identities: IdentitiesTable
  live_tickets: LiveTicketsTable
}

interface PeopleTable {
  id: string
  name: string | null
  email: string | null
  created_at: Timestamp
}

interface WorkspacesTable {
  id: string
  name: string
  four_eyes: Generated<boolean>
  second_factor: Generated<boolean>
  created_at: Timestamp
}

interface MembershipsTable {
  workspace_id: string
  user_id: string
  role: Role
  created_at: Timestamp
}

export interface InvitationsTable {
  id: string
  workspace_id: string
  name: string
  role: Role
  hash: string
  created_by: string
  created_at: Timestamp
  expires_at: Timestamp
  accepted_at: NullableTimestamp
  accepted_by: ColumnType<string | null, string | null | undefined, string | null>
  revoked_at: NullableTimestamp
}

export interface ApiKeysTable {
  id: string
  workspace_id: string
  name: string
  prefix: string
  hash: string
  role: Role
  created_by: string
  created_at: Timestamp
  expires_at: NullableTimestamp
  revoked_at: NullableTimestamp
  last_used_at: NullableTimestamp
}

interface SignInLinksTable {
  hash: string
  workspace_id: string
  user_id: string
  expires_at: Timestamp
  used_at: NullableTimestamp
}

interface SessionsTable {
  hash: string
  user_id: string
  workspace_id: string | null
  second_factor: boolean
  created_at: Timestamp
  expires_at: Timestamp
}

interface IdentitiesTable {
  issuer: string
  subject: string
  user_id: string
  created_at: Timestamp
}

/** The rows of `live_tickets`, which are written once and removed. */
interface LiveTicketsTable {
  hash: string
  workspace_id: string
  user_id: string
  role: Role
  via: Principal['via']
  key_id: string | null
  session_hash: string | null
  until: Date | null
  expires_at: Date
}
