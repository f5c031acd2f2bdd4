import type { Queryable } from './database.ts'
import type { PlanRow } from './plans.ts'
import type { ProjectRow } from './projects.ts'

/** Whether a workspace wants somebody else to approve than who asked. */
export async function wantsFourEyes(db: Queryable, workspaceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('workspaces')
    .select('four_eyes')
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return row?.four_eyes ?? false
}

/** Whether a person asked for a plan: they brought one of its talks in, or wrote this version. */
export async function askedFor(
  db: Queryable,
  project: Pick<ProjectRow, 'id' | 'conversation_id'>,
  plan: Pick<PlanRow, 'edited_by'>,
  userId: string,
): Promise<boolean> {
  if (plan.edited_by === userId) return true
  const row = await db
    .selectFrom('conversations')
    .select('id')
    .where((eb) =>
      eb.or([eb('id', '=', project.conversation_id), eb('continues', '=', project.id)]),
    )
    .where('created_by', '=', userId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
