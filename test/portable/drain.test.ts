import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { uploadTranscript } from '../../src/pipeline/upload.ts'
import type { Database } from '../../src/store/database.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import { runCommand } from '../support/command.ts'
import { asSuperuser, onPostgres } from '../support/databases.ts'
import { findDeno, findPgbouncer } from '../support/find-parts.ts'
import { type Pooler, startPooler } from '../support/pgbouncer.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const root = resolve(import.meta.dirname, '../..')
const deno = findDeno(root)
const pgbouncer = findPgbouncer(process.env)
const lacks = [
  ...(deno === undefined ? ['Deno is not installed'] : []),
  ...(pgbouncer === undefined ? ['pgbouncer is not installed'] : []),
].join(', ')
interface Report {
  end: string
  started: number
  analysing: number
}

describe.skipIf(lacks !== '')(
  `a drain through a pooler in transaction mode${lacks && ` (${lacks})`}`,
  () => {
    onPostgres('on a serverless host', (direct) => {
      const role = `edge_${randomUUID().replaceAll('-', '')}`
      let pooler: Pooler
      let pooled: string
      let database: Database
      let server: TestServer
      beforeAll(async () => {
        // It may work on the rows and change nothing of the schema.
        await asSuperuser(`create role ${role} login`)
        await asSuperuser(`grant service_role to ${role}`)
        await asSuperuser(`alter role ${role} set role = 'service_role'`)
        const postgres = inject('postgresUrl')
        const options = { program: pgbouncer ?? '', postgres, users: [role], size: 2 }
        pooler = await startPooler(options)
        const url = new URL(pooler.url(direct()))
        url.username = role
        pooled = url.href
      })
      afterAll(async () => {
        await pooler.stop()
        await asSuperuser(`drop role ${role}`)
      })
      beforeEach(async () => {
        database = await openPostgres({ connectionString: direct(), onError: () => undefined })
      })
      afterEach(async () => {
        await server?.stop()
        await sql`truncate conversations, projects cascade`.execute(database.db)
        await sql`delete from pgboss.job`.execute(database.db).catch(() => undefined)
        await database.close()
      })

      async function migrate(): Promise<void> {
        const migrated = await runCommand(['migrate'], { DATABASE_URL: direct() })
        expect(migrated).toMatchObject({ code: 0 })
        server = await startTestServer(database, { worker: false })
      }

      async function upload(count: number, priority = 0): Promise<string[]> {
        const ids: string[] = []
        for (let number = 1; number <= count; number += 1) {
          const transcript = `Client: Members must be able to add ${number} rooms. Each room has a name.`
          const { workspaceId } = server
          const { projectId } = await uploadTranscript(server.pipeline, {
            workspaceId,
            transcript,
            priority,
          })
          ids.push(projectId ?? '')
        }
        return ids
      }

      async function drainOnDeno(settings: object): Promise<Report> {
        const flags = ['--allow-all', '--no-check', '--node-modules-dir=manual', '--no-lock']
        const program = join(root, 'test/portable/drain-program.ts')
        const all = { connectionString: pooled, seconds: 50, reserveSeconds: 5, ...settings }
        const { stdout } = await promisify(execFile)(
          deno ?? 'deno',
          ['run', ...flags, program, JSON.stringify(all)],
          { cwd: root, env: { ...process.env, NO_COLOR: '1' } },
        )
        const lines = stdout.trim().split('\n')
        const { end, started } = JSON.parse(lines.pop() ?? '{}') as Report
        return { end, started, analysing: lines.length }
      }

      /** How often each project had each of these; planned exactly once, it had each once. */
      async function expectPlannedOnce(projectIds: readonly string[]): Promise<void> {
        const projects = await database.db.selectFrom('projects').select(['id', 'status']).execute()
        expect(projects.map(({ id }) => id).sort()).toEqual([...projectIds].sort())
        expect(new Set(projects.map(({ status }) => status))).toEqual(
          new Set(['awaiting_approval']),
        )
        const { rows } = await sql<{ type: string; times: number; projects: number }>`
        select type, count(*)::int as times, count(distinct project_id)::int as projects
        from project_events where type in ('brief.ready', 'plan.ready') group by type order by type`.execute(
          database.db,
        )
        const once = { times: projectIds.length, projects: projectIds.length }
        expect(rows).toEqual([
          { type: 'brief.ready', ...once },
          { type: 'plan.ready', ...once },
        ])
      }

      async function jobs(): Promise<{ stage: string; state: string; attempts: number }[]> {
        return database.db
          .selectFrom('processing_queue')
          .select(['stage', 'state', 'attempts'])
          .execute()
      }

      it('is refused until the schema of the job engine has been brought up', async () => {
        await sql`drop schema pgboss cascade`.execute(database.db)
        const environment = { DATABASE_URL: pooled, DATABASE_POOLER: 'transaction' }
        const drained = await runCommand(['drain'], environment)
        expect(drained).toMatchObject({
          code: 1,
          lines: [{ error: { code: 'queue_not_migrated' } }],
        })
        const migrated = await runCommand(['migrate'], environment)
        expect(migrated).toMatchObject({
          code: 1,
          lines: [{ error: { code: 'migrate_needs_direct' } }],
        })
      })

      it('plans each conversation once and ends when nothing is left', async () => {
        await migrate()
        const projectIds = await upload(12)
        const report = await drainOnDeno({ slots: 4 })
        expect(report).toEqual({ end: 'empty', started: 24, analysing: 12 })
        await expectPlannedOnce(projectIds)
        expect(await drainOnDeno({})).toEqual({ end: 'empty', started: 0, analysing: 0 })
      })

      it('is one command on Node', async () => {
        await migrate()
        const projectIds = await upload(4)
        const environment = { DATABASE_URL: pooled, DATABASE_POOLER: 'transaction' }
        const drained = await runCommand(['drain', '--seconds', '50'], environment)
        expect(drained).toMatchObject({
          code: 0,
          lines: [{ event: 'drained', end: 'empty', started: 8 }],
        })
        await expectPlannedOnce(projectIds)
      })

      it('does nothing twice when two run at the same time', async () => {
        await migrate()
        const projectIds = await upload(20)
        const reports = await Promise.all([
          drainOnDeno({ analysis: 50 }),
          drainOnDeno({ analysis: 50 }),
        ])
        expect(reports.reduce((sum, { started }) => sum + started, 0)).toBe(40)
        expect(reports.reduce((sum, { analysing }) => sum + analysing, 0)).toBe(20)
        // One may find everything under way in the other and end before it.
        expect(reports.map(({ end }) => end)).toEqual(['empty', 'empty'])
        await expectPlannedOnce(projectIds)
      })

      it('gives back untried what is not done at its deadline', async () => {
        await migrate()
        const projectIds = await upload(5)
        const slow = { analysis: 'forever', seconds: 8, reserveSeconds: 3, slots: 2 }
        expect(await drainOnDeno(slow)).toEqual({ end: 'deadline', started: 2, analysing: 2 })
        const untried = { stage: 'analyse', state: 'waiting', attempts: 0 }
        expect(await jobs()).toEqual(Array.from({ length: 5 }, () => untried))
        expect(await drainOnDeno({})).toMatchObject({ end: 'empty', started: 10 })
        await expectPlannedOnce(projectIds)
        const { rows } = await sql<{ attempt: number }>`
        select distinct (body ->> 'attempt')::int as attempt from project_events
        where type = 'stage.started'`.execute(database.db)
        expect(rows).toEqual([{ attempt: 1 }])
      })

      it('claims nothing more in its reserve and finishes what it has begun', async () => {
        await migrate()
        await upload(40)
        const report = await drainOnDeno({
          analysis: 400,
          seconds: 10,
          reserveSeconds: 6,
          slots: 1,
        })
        expect(report.end).toBe('deadline')
        expect(report.analysing).toBeGreaterThan(0)
        const all = await jobs()
        const analyses = all.filter(({ stage }) => stage === 'analyse')
        const done = analyses.filter(({ state }) => state === 'completed')
        const rest = analyses.filter(({ state }) => state !== 'completed')
        expect(done.length).toBe(report.analysing)
        expect(rest.length).toBe(40 - report.analysing)
        expect(rest.every(({ state, attempts }) => state === 'waiting' && attempts === 0)).toBe(
          true,
        )
        expect(rest.length).toBeGreaterThan(0)
        expect(all.some(({ state }) => state === 'active')).toBe(false)
      })

      it('takes what is urgent first', async () => {
        await migrate()
        await upload(10)
        const urgent = await upload(2, 50)
        await drainOnDeno({ slots: 1 })
        const { rows } = await sql<{ project_id: string }>`
        select project_id from project_events
        where type = 'stage.started' and body ->> 'stage' = 'analyse' order by at`.execute(
          database.db,
        )
        const first = rows.slice(0, 2).map(({ project_id }) => project_id)
        expect(first.sort()).toEqual(urgent.sort())
      })
    })
  },
)
