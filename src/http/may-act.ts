import { requireRole } from '../access/authenticate.ts'
import { notFound } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { asCaller } from '../store/caller.ts'
import type { Database } from '../store/database.ts'
import { getProject } from '../store/projects.ts'

/**
 * A member may act on what they can see in the workspace that their role holds in.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function mayAct(
  { db }: Database,
  principal: Principal,
  projectId: string,
): Promise<void> {
  const project = await asCaller(db, principal, (tx) => getProject(tx, projectId))
  // Row-level security shows a person all of their workspaces, also by a key of another one.
  if (project.workspace_id !== principal.workspaceId) throw notFound('project')
  requireRole(principal, 'member')
}
