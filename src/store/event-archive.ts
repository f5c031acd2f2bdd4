import { sql } from 'kysely'
import { z } from 'zod'
import type { EventBody, ProjectEvent } from '../domain/event.ts'
import type { Queryable, Tx } from './database.ts'

/** As lenient as the table itself: what events may say grows, and old ones stay as they were. */
const Line = z.object({
  seq: z.number().int(),
  at: z.iso.datetime(),
  body: z.custom<EventBody>((body) => z.looseObject({ type: z.string() }).safeParse(body).success),
})

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Response> {
  return new Response(new Blob([bytes]).stream().pipeThrough(stream))
}

/** Events as JSON lines in gzip, as the archive keeps them. */
async function packEvents(events: readonly Omit<ProjectEvent, 'projectId'>[]): Promise<Uint8Array> {
  const lines = events.map(({ seq, at, body }) => `${JSON.stringify({ seq, at, body })}\n`)
  const bytes = new TextEncoder().encode(lines.join(''))
  return (await through(bytes, new CompressionStream('gzip'))).bytes()
}

/** The events of a piece of the archive, in order. */
export async function unpackEvents(projectId: string, packed: Uint8Array): Promise<ProjectEvent[]> {
  const text = await (await through(new Uint8Array(packed), new DecompressionStream('gzip'))).text()
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ projectId, ...Line.parse(JSON.parse(line)) }))
}

/** Every archived event of a project, piece by piece. */
export async function* archivedEvents(
  db: Queryable,
  projectId: string,
): AsyncGenerator<ProjectEvent> {
  for (let after = 0; ;) {
    const piece = await db
      .selectFrom('event_archive')
      .select(['last_seq', 'lines'])
      .where('project_id', '=', projectId)
      .where('last_seq', '>', after)
      .orderBy('last_seq')
      .limit(1)
      .executeTakeFirst()
    if (piece === undefined) return
    yield* await unpackEvents(projectId, piece.lines)
    after = piece.last_seq
  }
}

const settled = ['completed', 'failed', 'cancelled'] as const

async function projectToArchive(
  tx: Tx,
  before: Date,
): Promise<{ id: string; workspace_id: string } | undefined> {
  return (
    tx
      .selectFrom('projects')
      .select(['id', 'workspace_id'])
      .where('settled_at', '<', before)
      .where('archived_at', 'is', null)
      .where('status', 'in', settled)
      .where('updated_at', '<', before)
      .orderBy('settled_at')
      .limit(1)
      // The lock that appendEvents takes, so that no event comes in while the others move.
      .forNoKeyUpdate()
      .skipLocked()
      .executeTakeFirst()
  )
}

/**
 * Moves up to `limit` events of one project, its oldest, into the archive; the project is done with
 * once none is left. Only a project that came to rest before `before`, and got no event since, is
 * taken. Undefined when there is none.
 */
export async function archiveSomeEvents(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<{ workspaceId: string; count: number } | undefined> {
  const project = await projectToArchive(tx, before)
  if (project === undefined) return undefined
  const rows = await tx
    .selectFrom('project_events')
    .select(['seq', 'at', 'body'])
    .where('project_id', '=', project.id)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const first = rows.at(0)
  const last = rows.at(-1)
  if (first !== undefined && last !== undefined) {
    const lines = await packEvents(rows.map((row) => ({ ...row, at: row.at.toISOString() })))
    await tx
      .insertInto('event_archive')
      .values({
        project_id: project.id,
        first_seq: first.seq,
        last_seq: last.seq,
        workspace_id: project.workspace_id,
        lines,
      })
      .execute()
    await tx
      .deleteFrom('project_events')
      .where('project_id', '=', project.id)
      .where('seq', '<=', last.seq)
      .execute()
  }
  if (rows.length < limit) {
    await tx
      .updateTable('projects')
      .set({ archived_at: sql<Date>`clock_timestamp()` })
      .where('id', '=', project.id)
      .execute()
  }
  return { workspaceId: project.workspace_id, count: rows.length }
}

/** How many events the archive would take in. */
export async function countEventsToArchive(db: Queryable, before: Date): Promise<number> {
  const row = await db
    .selectFrom('project_events')
    .innerJoin('projects', 'projects.id', 'project_events.project_id')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('projects.settled_at', '<', before)
    .where('projects.archived_at', 'is', null)
    .where('projects.status', 'in', settled)
    .where('projects.updated_at', '<', before)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}
