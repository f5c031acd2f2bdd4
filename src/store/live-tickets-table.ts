import type { Principal, Role } from '../domain/principal.ts'

/** The rows of `live_tickets`, which are written once and removed. */
export interface LiveTicketsTable {
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
