import type { Queryable } from './database.ts'
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

/**
 * Whether a person asked for a project's plan: they brought one of its talks in, or wrote a version
 * of it. Any version: the brief keeps what they wrote, and a plan that is made anew says it again.
 */
export async function askedFor(
  db: Queryable,
  project: Pick<ProjectRow, 'id' | 'conversation_id'>,
  userId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('conversations')
    .select('id')
    .where((eb) =>
      eb.or([eb('id', '=', project.conversation_id), eb('continues', '=', project.id)]),
    )
    .where('created_by', '=', userId)
    .unionAll((eb) =>
      eb
        .selectFrom('plans')
        .select('project_id as id')
        .where('project_id', '=', project.id)
        .where('edited_by', '=', userId),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
