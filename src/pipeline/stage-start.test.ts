import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterEach, expect, it } from 'vitest'
import { onEveryDatabase, onPostgres } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { AppError } from '../domain/errors.ts'
import type { Database } from '../store/database.ts'
import { readEvents } from '../store/events.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { createStarts, type Start } from './stage-start.ts'
import { uploadTranscript } from './upload.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

/** Projects that nobody has begun to work on. */
async function uploads({ pipeline, workspaceId }: TestServer, count: number): Promise<string[]> {
  const projects: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { projectId } = await uploadTranscript(pipeline, { workspaceId, transcript })
    projects.push(projectId ?? '')
  }
  return projects
}

function startOf(projectId: string, signal = new AbortController().signal): Start {
  const attempt = { stage: 'analyse', id: randomUUID(), data: { projectId }, number: 1 } as const
  return { attempt: { ...attempt, signal }, action: { type: 'start_analysis' } }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

onEveryDatabase('an attempt that was ended before it began', (database) => {
  let server: TestServer | undefined
  afterEach(() => server?.stop())

  it('writes nothing and says what ended it', async () => {
    server = await startTestServer(database(), { worker: false })
    const [projectId = ''] = await uploads(server, 1)
    const lost = AbortSignal.abort(new AppError('lease_lost', 'Another worker has it.'))
    const starts = createStarts(server.pipeline)
    await expect(starts.ask(startOf(projectId, lost))).rejects.toMatchObject({ code: 'lease_lost' })
    const log = await readEvents(database().db, projectId, 0, 100)
    expect(log.map(({ body }) => body.type)).not.toContain('stage.started')
  })
})

onPostgres('attempts that begin one after the other', (url) => {
  let database: Database | undefined
  let server: TestServer | undefined
  const holder = { client: undefined as Client | undefined }
  afterEach(async () => {
    await holder.client?.end()
    await server?.stop()
    await database?.close()
  })

  it('do not wait for those before them whose projects somebody holds', async () => {
    database = await openPostgres({ connectionString: url(), onError: () => undefined })
    server = await startTestServer(database, { worker: false })
    const projects = await uploads(server, 4)
    const [free = '', ...held] = projects
    const client = (holder.client = new Client({ connectionString: url() }))
    await client.connect()
    await client.query('begin')
    await client.query('select 1 from projects where id = any($1::uuid[]) for update', [held])
    const starts = createStarts(server.pipeline)
    const waiting: Promise<unknown>[] = []
    for (const id of held) {
      waiting.push(starts.ask(startOf(id)))
      for (let turns = 0; turns < 3; turns += 1) await turn()
    }
    expect(await starts.ask(startOf(free))).toMatchObject({ id: free, status: 'analysing' })
    await client.query('commit')
    const begun = await Promise.all(waiting)
    expect(begun).toMatchObject(held.map((id) => ({ id, status: 'analysing' })))
  })
})
