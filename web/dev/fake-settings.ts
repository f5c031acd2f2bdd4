import type {
  InvitationListView,
  KeyListView,
  WorkspaceListView,
} from '../../src/http/access-views.ts'
import type { BudgetView } from '../../src/http/usage-views.ts'

/** Made-up settings of a workspace. */

const day = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()

const workspaces: WorkspaceListView = {
  items: [
    {
      id: 'w1',
      name: 'First workspace',
      role: 'owner',
      fourEyes: true,
      secondFactor: false,
      current: true,
    },
    {
      id: 'w2',
      name: 'Library',
      role: 'viewer',
      fourEyes: false,
      secondFactor: false,
      current: false,
    },
  ],
}

const invitations: InvitationListView = {
  items: [{ id: 'i1', name: 'Ben', role: 'member', createdBy: 'u1', expiresAt: inDays(3) }],
}

const key = { createdBy: 'u1', createdAt: inDays(-40), role: 'viewer', lastUsedAt: null } as const

const keys: KeyListView = {
  items: [
    {
      ...key,
      id: 'k1',
      name: 'Reports',
      prefix: 'tw_4fQx1b',
      expiresAt: inDays(50),
      revokedAt: null,
      lastUsedAt: inDays(-1),
    },
    { ...key, id: 'k2', name: 'Old', prefix: 'tw_9aZc2d', expiresAt: null, revokedAt: inDays(-2) },
  ],
}

const budget: BudgetView = {
  scope: 'workspace',
  period: new Date().toISOString().slice(0, 7),
  limitUsd: '50.00',
  spentUsd: '12.40',
  unknownCalls: 0,
  unknownUsd: '0.00',
  leftUsd: '37.60',
  state: 'ok',
}

const answers: Readonly<Record<string, unknown>> = {
  '/v1/workspaces': workspaces,
  '/v1/invitations': invitations,
  '/v1/keys': keys,
  '/v1/budget': budget,
}

/** What the settings page is answered; undefined for other addresses. */
export function settingsAnswer(path: string): unknown {
  return answers[path]
}
