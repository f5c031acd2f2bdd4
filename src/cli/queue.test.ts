import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../test/support/command.ts'
import { onPostgres, type TestDatabase } from '../../test/support/databases.ts'
import { startTestServer } from '../../test/support/server.ts'
import { AppError } from '../domain/errors.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import { openPglite } from '../store/open-pglite.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { aligned, duration } from './table.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'
const refused = new AppError('model_refused', 'The model refused the talk.')

/** Leaves one project that waits and one that failed behind. */
async function leaveWork(database: TestDatabase): Promise<{ waiting: string; failed: string }> {
  const analyst = { name: 'refusing', analyse: () => Promise.reject(refused) }
  const upload = async (worker: boolean) => {
    const server = await startTestServer(database, { analyst, worker })
    const { workspaceId } = server
    const { projectId } = await uploadTranscript(server.pipeline, { workspaceId, transcript })
    if (projectId === null) throw new Error('The upload made no project.')
    if (worker) await server.until(projectId, ({ body }) => body.type === 'alert.raised')
    await server.stop()
    return projectId
  }
  return { failed: await upload(true), waiting: await upload(false) }
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talkwright-queue-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Looks after a queue from the command line alone, from the first list to the last cancel. */
async function lookAfter(
  environment: Readonly<Record<string, string>>,
  { waiting, failed }: { waiting: string; failed: string },
): Promise<void> {
  const queue = (...args: string[]) => runCommand(['queue', ...args], environment)
  const listed = await queue()
  const [job] = listed.lines
  expect(listed.lines).toMatchObject([{ projectId: waiting, stage: 'analyse', state: 'waiting' }])
  const dead = await queue('dead')
  expect(dead.lines).toMatchObject([{ projectId: failed, code: 'model_refused' }])
  expect((await queue('priority', String(job?.['id']), '-5')).lines).toMatchObject([
    { event: 'queue.prioritised', priority: -5 },
  ])
  expect((await queue('retry', '--all', '--stage', 'analyse')).lines).toEqual([
    { event: 'queue.redriven', redriven: 1, skipped: 0 },
  ])
  const again = await queue('list', '--state', 'waiting')
  expect(again.lines.map((line) => line['projectId'])).toEqual([failed, waiting])
  expect((await queue('run', String(job?.['id']))).code).toBe(0)
  expect((await queue('cancel', String(job?.['id']))).code).toBe(0)
  const cancelled = await queue('list', '--project', waiting)
  expect(cancelled.lines).toMatchObject([{ state: 'cancelled', priority: -5 }])
}

describe('talkwright queue', () => {
  it('looks after the embedded database while no server runs', async () => {
    const database = await openPglite({ folder, token: randomUUID() })
    const { failed } = await leaveWork(database)
    const environment = { TALKWRIGHT_DATA: folder }
    const busy = await runCommand(['queue'], environment)
    expect(busy.lines).toMatchObject([{ error: { code: 'data_in_use' } }])
    await database.close()
    const { lines } = await runCommand(['queue', 'dead', '--stage', 'analyse'], environment)
    expect(lines).toMatchObject([{ projectId: failed, code: 'model_refused' }])
    const retried = await runCommand(['queue', 'retry', String(lines[0]?.['id'])], environment)
    expect(retried.lines).toEqual([{ event: 'queue.redriven', redriven: 1, skipped: 0 }])
  })

  it('says what is wrong with what it was asked for', async () => {
    const environment = { TALKWRIGHT_DATA: folder }
    for (const args of [
      ['list', '--stage', 'cooking'],
      ['list', '--project', 'mine'],
      ['retry'],
      ['priority', randomUUID(), 'high'],
    ]) {
      const { code, lines } = await runCommand(['queue', ...args], environment)
      expect([code, lines]).toMatchObject([1, [{ error: { code: 'bad_option' } }]])
    }
  })
})

onPostgres('talkwright queue beside a server', (url) => {
  it('looks after the database that the servers use', async () => {
    const database = await openPostgres({ connectionString: url(), onError: () => undefined })
    const work = await leaveWork(database)
    await lookAfter({ TALKWRIGHT_DATA: folder, DATABASE_URL: url() }, work)
    const { db } = database
    const told = await db.selectFrom('audit_log').select('action').execute()
    await database.close()
    const actions = told.map(({ action }) => action).filter((action) => action.startsWith('queue.'))
    expect(new Set(actions)).toEqual(
      new Set(['queue.priority', 'queue.redrive', 'queue.run', 'queue.cancel']),
    )
  })
})

it('puts texts into columns and says times in words', () => {
  expect(
    aligned(
      ['A', 'LONG'],
      [
        ['wide', 'x'],
        ['y', ''],
      ],
    ),
  ).toEqual({
    head: 'A     LONG',
    rows: ['wide  x', 'y'],
  })
  const seconds = [0, 1, 59, 60, 200, 3_600, 3_605, 90_000, 86_461]
  expect(seconds.map((count) => duration(count * 1_000))).toEqual([
    'under 1 s',
    '1 s',
    '59 s',
    '1 min',
    '3 min 20 s',
    '1 h',
    '1 h',
    '1 d 1 h',
    '1 d',
  ])
})
