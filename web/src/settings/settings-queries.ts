import { queryOptions } from '@tanstack/react-query'
import type {
  InvitationListView,
  InvitationView,
  InvitedView,
  KeyCreatedView,
  KeyListView,
  KeyView,
  WorkspaceListView,
  WorkspaceView,
} from '../../../src/http/access-views.ts'
import { isBoolean, isString, listOf, nullable, oneOf, shapeOf } from '../api/guards.ts'
import { getView } from '../api/http.ts'
import { membersQuery, meQuery } from '../api/queries.ts'
import { isBudget } from '../api/usage-views.ts'
import { roles } from '../../../src/domain/role-order.ts'

/** Others change settings too: what is looked at is asked for again this often. */
const refetchInterval = 3_000

export const settingsKey = ['settings'] as const

function part<T>(name: string, path: string, guard: (value: unknown) => value is T) {
  return queryOptions({
    queryKey: [...settingsKey, name],
    queryFn: ({ signal }) => getView(path, guard, signal),
    refetchInterval,
  })
}

const isRole = oneOf(...roles)

export const isWorkspace = shapeOf<WorkspaceView>({
  id: isString,
  name: isString,
  role: isRole,
  fourEyes: isBoolean,
  secondFactor: isBoolean,
  current: isBoolean,
})

export const workspacesQuery = part(
  'workspaces',
  '/v1/workspaces',
  shapeOf<WorkspaceListView>({ items: listOf(isWorkspace) }),
)

const isInvitation = shapeOf<InvitationView>({
  id: isString,
  name: isString,
  role: isRole,
  createdBy: isString,
  expiresAt: isString,
})

export const invitationsQuery = part(
  'invitations',
  '/v1/invitations',
  shapeOf<InvitationListView>({ items: listOf(isInvitation) }),
)

export const isInvited = shapeOf<InvitedView>({ id: isString, link: isString, expiresAt: isString })

const isKey = shapeOf<KeyView>({
  id: isString,
  name: isString,
  prefix: isString,
  role: isRole,
  createdBy: isString,
  createdAt: isString,
  expiresAt: nullable(isString),
  revokedAt: nullable(isString),
  lastUsedAt: nullable(isString),
})

export const keysQuery = part('keys', '/v1/keys', shapeOf<KeyListView>({ items: listOf(isKey) }))

export const isKeyCreated = shapeOf<KeyCreatedView>({
  id: isString,
  key: isString,
  expiresAt: nullable(isString),
})

export const budgetQuery = part('budget', '/v1/budget', isBudget)

/** The members, as they are while somebody looks after them. */
export const watchedMembersQuery = { ...membersQuery, refetchInterval }

/** Who looks: what they may do here can change while they look. */
export const watchedMeQuery = { ...meQuery, refetchInterval }
