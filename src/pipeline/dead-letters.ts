import { sql } from 'kysely'
import { nextStatus } from '../domain/status.ts'
import type { PipelineDeps } from './deps.ts'
import { act, withProject } from './project-log.ts'
import { deadLetterQueue } from './queue.ts'

/**
 * Fails the projects whose job ended as a dead letter without a word, because its process died each
 * time it was tried. Gives how many it failed.
 */
export async function failDeadLetters(deps: PipelineDeps): Promise<number> {
  const rows = await deps.database.db
    .selectFrom('projects')
    .select('id')
    .where('status', 'in', ['received', 'analysing', 'planning', 'building'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('processing_queue')
          .select('processing_queue.id')
          .where('stage', '=', deadLetterQueue)
          .where('project_id', '=', sql<string>`projects.id::text`)
          .whereRef('processing_queue.created_at', '>=', 'projects.updated_at'),
      ),
    )
    .limit(50)
    .execute()
  for (const { id } of rows) {
    await withProject(deps, id, async (tx, project) => {
      if (nextStatus(project.status, { type: 'fail' }) === undefined) return
      const reason =
        'A step ended without an answer each time it was tried. Retry it, or look at the log.'
      await act(tx, project, { type: 'fail' }, { reason })
    })
  }
  return rows.length
}
