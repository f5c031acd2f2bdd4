import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../test/support/command.ts'
import { makeDataFolder } from '../../test/support/data-folder.ts'
import { onPostgres, type TestDatabase } from '../../test/support/databases.ts'
import { startTestServer } from '../../test/support/server.ts'
import { AppError } from '../domain/errors.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import { openPglite } from '../store/open-pglite.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { makeContext } from './context.ts'
import { deadLettersCommand, dismissLettersCommand, retryLettersCommand } from './dead-letters.ts'
import { listQueueCommand, priorityCommand } from './queue.ts'
import { aligned, duration } from './table.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'
const refused = new AppError('model_refused', 'The model refused the talk.')

type Environment = Readonly<Record<string, string>>

/** Leaves the letters of so many projects that failed behind; gives the projects. */
async function leaveLetters(database: TestDatabase, count: number): Promise<string[]> {
  const analyst = { name: 'refusing', analyse: () => Promise.reject(refused) }
  const server = await startTestServer(database, { analyst })
  const { workspaceId } = server
  const projects: string[] = []
  for (let i = 0; i < count; i += 1) {
    const { projectId } = await uploadTranscript(server.pipeline, { workspaceId, transcript })
    if (projectId === null) throw new Error('The upload made no project.')
    await server.until(projectId, ({ body }) => body.type === 'alert.raised')
    projects.push(projectId)
  }
  await server.stop()
  return projects
}

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

// Each command is a process of its own; on a busy machine ten of them take their time.
vi.setConfig({ testTimeout: 240_000 })

let folder: string
beforeEach(async () => {
  folder = await makeDataFolder('queue')
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Looks after a queue from the command line alone, from the first list to the last cancel. */
async function lookAfter(
  environment: Environment,
  { waiting, failed }: { waiting: string; failed: string },
): Promise<void> {
  const queue = (...args: string[]) => runCommand(['queue', ...args], environment)
  const listed = await queue()
  const [job] = listed.lines
  expect(listed.lines).toMatchObject([
    { projectId: waiting, stage: 'analyse', state: 'waiting' },
    { projectId: failed, stage: 'analyse', state: 'failed', error: { code: 'model_refused' } },
  ])
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

/** Pages through three dead letters, sends the second again and dismisses the others; gives those. */
async function dealWithLetters(
  environment: Environment,
  projects: readonly string[],
): Promise<unknown[]> {
  const queue = (...args: string[]) => runCommand(['queue', ...args], environment)
  const newestFirst = projects.toReversed()
  const { lines } = await queue('dead', '--limit', '2')
  const [first, second, end] = lines
  const rest = await queue(
    'list',
    '--state',
    'failed',
    '--after',
    `newest~0~${String(end?.['next'])}`,
  )
  const listed = [first, second, ...rest.lines].map((line) => line?.['projectId'])
  expect(listed).toEqual(newestFirst)
  const once = await queue('dismiss', String(first?.['id']))
  expect(once.lines).toEqual([{ event: 'queue.dismissed', dismissed: 1, skipped: 0 }])
  const sent = await queue('retry', String(second?.['id']))
  expect(sent.lines).toEqual([{ event: 'queue.redriven', redriven: 1, skipped: 0 }])
  const all = await queue('dismiss', '--all')
  expect(all.lines).toEqual([{ event: 'queue.dismissed', dismissed: 1, skipped: 0 }])
  const left = await queue('list')
  expect(left.lines).toMatchObject([{ projectId: newestFirst[1], state: 'waiting' }])
  return [first?.['id'], rest.lines[0]?.['id']]
}

/** Asks for pages of both lists, and dismisses two letters, once; gives the projects of those that are left. */
async function askFurther(
  environment: Environment,
  projects: readonly string[],
): Promise<unknown[]> {
  const queue = (...args: string[]) => runCommand(['queue', ...args], environment)
  const newestFirst = projects.toReversed()
  for (const list of [['dead'], ['list', '--state', 'failed']]) {
    const first = await queue(...list, '--limit', '2')
    const next = String(first.lines[2]?.['next'])
    const rest = await queue(...list, '--limit', '2', '--after', next, '--code', 'model_refused')
    expect(rest.lines.map((line) => line['projectId'])).toEqual(newestFirst.slice(2))
  }
  const { lines: letters } = await queue('dead')
  const ids = letters.slice(1).map((line) => String(line['id']))
  for (const dismissed of [2, 0]) {
    const told = await queue('dismiss', ...ids)
    expect(told.lines).toEqual([{ event: 'queue.dismissed', dismissed, skipped: 2 - dismissed }])
  }
  const others = await queue('dismiss', '--all', '--code', 'something_else')
  expect(others.lines).toEqual([{ event: 'queue.dismissed', dismissed: 0, skipped: 0 }])
  const lost = await queue('list', '--after', 'there')
  expect(lost.lines).toMatchObject([{ error: { code: 'bad_cursor' } }])
  const unknown = await queue('dismiss', randomUUID())
  expect(unknown.lines).toMatchObject([{ error: { code: 'not_found' } }])
  return (await queue('dead')).lines.map((line) => line['projectId'])
}

/** What the audit log says was done with dead letters. */
async function toldOfLetters({ db }: TestDatabase, deed: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_log')
    .select('target')
    .where('action', '=', deed)
    .orderBy('at')
    .execute()
  return rows.map(({ target }) => target)
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

  it('pages through dead letters, sends them again and dismisses them', async () => {
    const database = await openPglite({ folder, token: randomUUID() })
    const projects = await leaveLetters(database, 3)
    await database.close()
    const dismissed = await dealWithLetters({ TALKWRIGHT_DATA: folder }, projects)
    const reopened = await openPglite({ folder, token: randomUUID() })
    expect(await toldOfLetters(reopened, 'queue.dismiss')).toEqual(dismissed)
    expect(await toldOfLetters(reopened, 'queue.redrive')).toHaveLength(1)
    await reopened.close()
  })

  it('says what is wrong with what it was asked for', async () => {
    const context = makeContext(true)
    const id = randomUUID()
    for (const asked of [
      listQueueCommand(context, { stage: 'cooking', limit: 1 }),
      listQueueCommand(context, { state: 'lost', limit: 1 }),
      listQueueCommand(context, { project: 'mine', limit: 1 }),
      deadLettersCommand(context, { stage: 'cooking', limit: 1 }),
      retryLettersCommand(context, [], {}),
      dismissLettersCommand(context, [], {}),
      dismissLettersCommand(context, ['mine'], {}),
      dismissLettersCommand(context, [id], { all: true }),
      dismissLettersCommand(context, [id], { stage: 'plan' }),
      dismissLettersCommand(context, [], { all: true, stage: 'cooking' }),
      priorityCommand(context, id, 'high'),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'bad_option' })
    }
    const { code, lines } = await runCommand(['queue', 'dismiss'], { TALKWRIGHT_DATA: folder })
    expect([code, lines]).toMatchObject([1, [{ error: { code: 'bad_option' } }]])
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

  it('pages through dead letters, sends them again and dismisses them', async () => {
    const connectionString = url()
    const database = await openPostgres({ connectionString, onError: () => undefined })
    const { db } = database
    await db.deleteFrom('dead_letters').execute()
    await sql`delete from pgboss.job`.execute(db)
    const projects = await leaveLetters(database, 3)
    const environment = { TALKWRIGHT_DATA: folder, DATABASE_URL: connectionString }
    const dismissed = await dealWithLetters(environment, projects)
    expect(await toldOfLetters(database, 'queue.dismiss')).toEqual(dismissed)
    await database.close()
  })

  it('shows pages of both lists and dismisses what is named, once', async () => {
    const connectionString = url()
    const database = await openPostgres({ connectionString, onError: () => undefined })
    await database.db.deleteFrom('dead_letters').execute()
    await sql`delete from pgboss.job`.execute(database.db)
    const projects = await leaveLetters(database, 3)
    const environment = { TALKWRIGHT_DATA: folder, DATABASE_URL: connectionString }
    expect(await askFurther(environment, projects)).toEqual(projects.slice(-1))
    await database.close()
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
