import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Role } from '../../../src/domain/principal.ts'
import type { InvitedView, KeyCreatedView, WorkspaceView } from '../../../src/http/access-views.ts'
import type { BudgetView } from '../../../src/http/usage-views.ts'
import { patchForView, postForView, postJson, putForView, sendDelete } from '../api/http.ts'
import { membersQuery, meQuery } from '../api/queries.ts'
import { isBudget } from '../api/usage-views.ts'
import { isMe, isMember } from '../api/views.ts'
import { isInvited, isKeyCreated, isWorkspace, settingsKey } from './settings-queries.ts'

/** Reads again all that a change of access may have changed. */
function useReadAgain(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    const keys = [settingsKey, membersQuery.queryKey, meQuery.queryKey]
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
  }
}

/** What of a workspace is changed; the rest stays. */
export type WorkspaceChange = Partial<Pick<WorkspaceView, 'name' | 'fourEyes' | 'secondFactor'>>

export function useChangeWorkspace() {
  return useMutation({
    mutationFn: (change: WorkspaceChange): Promise<WorkspaceView> =>
      patchForView('/v1/workspace', change, isWorkspace),
    onSettled: useReadAgain(),
  })
}

/** Sets the workspace's budget of a month in US dollars; null takes it away. */
export function useChangeBudget() {
  return useMutation({
    mutationFn: (limitUsd: string | null): Promise<BudgetView> =>
      putForView('/v1/budget', { limitUsd }, isBudget),
    onSettled: useReadAgain(),
  })
}

/** Changes what the others know the reader by. */
export function useRename() {
  return useMutation({
    mutationFn: (name: string) => patchForView('/v1/me', { name }, isMe),
    onSettled: useReadAgain(),
  })
}

export function useChangeRole() {
  return useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: Role }) =>
      patchForView(`/v1/members/${userId}`, { role }, isMember),
    onSettled: useReadAgain(),
  })
}

/** Ends a membership; who ends their own sees this workspace no more. */
export function useRemoveMember() {
  return useMutation({
    mutationFn: (userId: string) => sendDelete(`/v1/members/${userId}`),
    onSettled: useReadAgain(),
  })
}

// Links and keys are shown once and kept nowhere: not among the answers that the page remembers either.
const forgetful = { gcTime: 0 } as const

export function useInvite() {
  return useMutation({
    mutationFn: (wanted: { name: string; role: Role }): Promise<InvitedView> =>
      postForView('/v1/invitations', wanted, isInvited),
    onSettled: useReadAgain(),
    ...forgetful,
  })
}

export function useWithdraw() {
  return useMutation({
    mutationFn: (id: string) => sendDelete(`/v1/invitations/${id}`),
    onSettled: useReadAgain(),
  })
}

export function useCreateKey() {
  return useMutation({
    mutationFn: (wanted: { name: string; role: Role; days?: number }): Promise<KeyCreatedView> =>
      postForView('/v1/keys', wanted, isKeyCreated),
    onSettled: useReadAgain(),
    ...forgetful,
  })
}

export function useRevokeKey() {
  return useMutation({
    mutationFn: (id: string) => sendDelete(`/v1/keys/${id}`),
    onSettled: useReadAgain(),
  })
}

/** Where somebody goes who has left, or is somebody else from now on: all of the page is read anew. */
function startAnew(): void {
  window.location.assign('/')
}

export function useOpenWorkspace() {
  return useMutation({
    mutationFn: (id: string) => postJson(`/v1/workspaces/${id}/open`, {}),
    onSuccess: startAnew,
  })
}

/** Ends this browser's session, or all of the person's. */
export function useSignOut() {
  return useMutation({
    mutationFn: (where: 'here' | 'everywhere') =>
      postJson(where === 'here' ? '/sign-out' : '/sign-out/everywhere', {}),
    onSuccess: startAnew,
  })
}
