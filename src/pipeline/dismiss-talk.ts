import { AppError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import { dismissConversation, lockConversation } from '../store/conversations.ts'
import type { PipelineDeps } from './deps.ts'
import { transact } from './transact.ts'

/**
 * Takes a talk that has no project off the list of those that wait for one; done again, it stays as
 * it is. Nothing else becomes of it: if its transcript still comes, it begins a project.
 *
 * @throws AppError `has_project` when it has led to one
 */
export async function dismissTalk(
  deps: PipelineDeps,
  principal: Principal,
  id: string,
): Promise<void> {
  const workspaceId = await transact(deps, async (tx) => {
    const talk = await lockConversation(tx, id)
    if (talk.status === 'transcribed' || talk.continues !== null) {
      throw new AppError('has_project', 'This talk belongs to a project: cancel that instead.', {
        status: 409,
      })
    }
    if (talk.dismissed_at !== null) return talk.workspace_id
    await dismissConversation(tx, id, principal.userId, deps.clock())
    await audit(tx, {
      id: deps.id(),
      workspaceId: talk.workspace_id,
      actor: principal.userId,
      action: 'conversation.dismiss',
      target: id,
      details: { title: talk.title, status: talk.status },
    })
    return talk.workspace_id
  })
  deps.changed(workspaceId)
}
