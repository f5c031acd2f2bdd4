import { dollars, type MicroDollars } from '../domain/money.ts'
import type { Principal } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import { setBudget } from '../store/budgets.ts'
import type { PipelineDeps } from './deps.ts'
import { transact } from './transact.ts'

/**
 * Sets the budget of the caller's workspace, or of one of its projects, or takes it away (null). It
 * holds from the next model call on; what is under way goes on, and a project that is paused stays
 * so until it is retried.
 */
export async function changeBudget(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string | null,
  amount: MicroDollars | null,
): Promise<void> {
  const { workspaceId, userId } = principal
  await transact(deps, async (tx) => {
    await setBudget(tx, { workspaceId, projectId }, amount)
    await audit(tx, {
      id: deps.id(),
      workspaceId,
      actor: userId,
      action: amount === null ? 'budget.remove' : 'budget.set',
      target: projectId ?? workspaceId,
      ...(amount !== null && { details: { limitUsd: dollars(amount) } }),
    })
  })
}
