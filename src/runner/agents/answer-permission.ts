import type { RequestPermissionResponse } from '@agentclientprotocol/sdk'
import type { Permissions, Permit } from './permissions.ts'
import type { SessionFollower } from './session-follower.ts'
import { PermissionRequest } from './session-update.ts'

const cancelled: RequestPermissionResponse = { outcome: { outcome: 'cancelled' } }

/** The agent's own option that says it; never one that would hold for longer than this once. */
function choose({ options }: PermissionRequest, permit: Permit): RequestPermissionResponse {
  if (permit.type === 'withdrawn') return cancelled
  const wanted = permit.type === 'allowed' ? 'allow_once' : 'reject_once'
  const option = options.find(({ kind }) => kind === wanted)
  return option ? { outcome: { outcome: 'selected', optionId: option.optionId } } : cancelled
}

/** Answers `session/request_permission`. */
export async function answerPermission(
  params: unknown,
  follower: SessionFollower,
  permissions: Permissions,
): Promise<RequestPermissionResponse> {
  const request = PermissionRequest.safeParse(params)
  if (!request.success) return cancelled
  const call = follower.toolCall(request.data.toolCall)
  return choose(request.data, await permissions.permit(call))
}
