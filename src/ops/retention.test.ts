import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { silentLog } from '../domain/log.ts'
import { cutoff, defaultRetention, type RetentionPolicy } from '../domain/retention.ts'
import { ProjectStatus } from '../domain/status.ts'
import { asCaller } from '../store/caller.ts'
import { appendEvents, readEvents, readStageEvents } from '../store/events.ts'
import { insertInbox } from '../store/inbox.ts'
import { firstWorkspace } from '../store/workspaces.ts'
import { previewSweep, startSweeper, sweep, type SweepDeps } from './retention.ts'
import {
  agedBuild,
  agedProject,
  agedRows,
  line,
  makeWorkspace,
  rowsLeft,
  simpleKinds,
} from './testing/aged.ts'

const now = new Date('2031-03-04T05:06:07.089Z')
const small = { limits: { batch: 3, batches: 1_000 } }
const runs = { numRuns: 12 }

function edge(kind: keyof RetentionPolicy, milliseconds: number): Date {
  const at = cutoff(defaultRetention[kind], now)
  if (at === undefined) throw new Error('The defaults keep nothing for good.')
  return new Date(at.getTime() + milliseconds)
}

/** Ages around an edge: on it, beside it, far from it. */
const besideEdge = fc.oneof(
  fc.constantFrom(-1, 0, 1),
  fc.integer({ min: -10_000_000_000, max: 10_000_000 }),
)

onEveryDatabase('retention', (database) => {
  let deps: SweepDeps
  let workspaceId: string
  beforeAll(async () => {
    const { db } = database()
    deps = { db, clock: () => now, id: randomUUID, log: silentLog }
    workspaceId = await makeWorkspace(db)
  })
  const seqs = async (projectId: string, after: number, limit: number) =>
    (await readEvents(deps.db, projectId, after, limit)).map((event) => event.seq)

  it('removes what is older than its age to the millisecond and nothing younger', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(besideEdge, { minLength: 1, maxLength: 8 }), async (ages) => {
        const keys = await Promise.all(
          ages.map((age) => agedRows(deps.db, workspaceId, (kind) => edge(kind, age))),
        )
        await sweep(deps, defaultRetention, small)
        for (const [index, key] of keys.entries()) {
          const left = await rowsLeft(deps.db, key)
          const due = (ages[index] ?? 0) < 0
          expect([ages[index], left]).toEqual([ages[index], due ? [] : [...simpleKinds]])
        }
      }),
      runs,
    )
  })

  it('removes no events of a project that is under way, and none of a build that may go on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ProjectStatus.options),
        besideEdge,
        fc.option(besideEdge, { nil: null }),
        fc.integer({ min: 0, max: 7 }),
        async (status, projectAge, buildAge, applied) => {
          const { db } = deps
          const at = edge('build_events', projectAge)
          const projectId = await agedProject(db, workspaceId, { status, at, events: 4 })
          const finishedAt = buildAge === null ? null : edge('build_events', buildAge)
          const build = { projectId, finishedAt, events: 7, applied }
          const buildId = await agedBuild(db, workspaceId, build)
          await sweep(deps, { ...defaultRetention, events: defaultRetention.build_events }, small)
          const settled = ['completed', 'failed', 'cancelled'].includes(status)
          const rests = settled && projectAge < 0
          const { rows } = await sql<{ events: number; build: number }>`select
            (select count(*)::int from project_events where project_id = ${projectId}::uuid) as events,
            (select count(*)::int from build_events where build_id = ${buildId}::uuid) as build`.execute(
            db,
          )
          const cleared = rests && buildAge !== null && buildAge < 0
          expect(rows[0]).toEqual({ events: rests ? 0 : 4, build: cleared ? 7 - applied : 7 })
          expect(await seqs(projectId, 0, 100)).toEqual([1, 2, 3, 4])
        },
      ),
      { numRuns: 40 },
    )
  })

  describe('the archive', () => {
    const old = () => edge('events', -1)

    it('gives every event once and in order, whatever was archived between and however it is paged', async () => {
      const step = fc.oneof(
        fc.record({ append: fc.integer({ min: 1, max: 9 }) }),
        fc.constant('archive' as const),
      )
      const steps = fc.array(step, { minLength: 1, maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(steps, fc.integer({ min: 1, max: 12 }), async (steps, page) => {
          const { db } = deps
          const project = { status: 'completed', at: old(), events: 2 } as const
          const id = await agedProject(db, workspaceId, project)
          let last = 2
          for (const step of steps) {
            if (step === 'archive') {
              await sql`update projects set updated_at = ${old()} where id = ${id}::uuid`.execute(
                db,
              )
              await sweep(deps, defaultRetention, small)
              continue
            }
            const bodies = Array.from({ length: step.append }, (_, i) => line(`more ${i}`))
            await db.transaction().execute((tx) => appendEvents(tx, id, bodies))
            last += step.append
          }
          const seen: number[] = []
          for (;;) {
            const found = await seqs(id, seen.at(-1) ?? 0, page)
            seen.push(...found)
            if (found.length < page) break
          }
          expect(seen).toEqual(Array.from({ length: last }, (_, i) => i + 1))
        }),
        runs,
      )
    })

    it('keeps the very events that were there, also for the stages of a project', async () => {
      const { db } = deps
      const id = await agedProject(db, workspaceId, { status: 'failed', at: old(), events: 5 })
      await db
        .transaction()
        .execute((tx) =>
          appendEvents(tx, id, [
            { type: 'stage.started', stage: 'plan', attempt: 1 },
            line('quotes " and lines\nand “other” letters'),
          ]),
        )
      const before = await readEvents(db, id, 0, 100)
      const stages = await readStageEvents(db, id)
      expect(stages).toHaveLength(1)
      await sql`update projects set updated_at = ${old()} where id = ${id}::uuid`.execute(db)
      await sweep(deps, defaultRetention, small)
      const { rows } =
        await sql`select 1 from project_events where project_id = ${id}::uuid`.execute(db)
      expect(rows).toEqual([])
      expect(await readEvents(db, id, 0, 100)).toEqual(before)
      expect(await readStageEvents(db, id)).toEqual(stages)
    })

    it('shows archived events to the people of the workspace and to nobody else', async () => {
      const { db } = deps
      const id = await agedProject(db, workspaceId, { status: 'failed', at: old(), events: 2 })
      await sweep(deps, defaultRetention)
      const { rows } = await sql<{ user_id: string; workspace_id: string }>`
        select user_id, workspace_id from memberships where workspace_id = ${workspaceId}::uuid`.execute(
        db,
      )
      const seenBy = (userId: string) =>
        asCaller(db, { userId, workspaceId, role: 'viewer', via: 'session' }, (tx) =>
          readEvents(tx, id, 0, 10),
        )
      expect(await seenBy(rows[0]?.user_id ?? '')).toHaveLength(2)
      expect(await seenBy(randomUUID())).toEqual([])
    })

    it('takes a project up again when events came after it was archived', async () => {
      const { db } = deps
      const id = await agedProject(db, workspaceId, { status: 'cancelled', at: old(), events: 4 })
      await sweep(deps, defaultRetention)
      await db.transaction().execute((tx) => appendEvents(tx, id, [line('late')]))
      const archiveWhenHeardOf = async (at: Date) => {
        await sql`update projects set updated_at = ${at} where id = ${id}::uuid`.execute(db)
        const reports = await sweep(deps, defaultRetention)
        return reports.find((report) => report.kind === 'events')?.rows
      }
      expect(await archiveWhenHeardOf(edge('events', 0))).toBe(0)
      expect(await archiveWhenHeardOf(old())).toBe(1)
      const { rows } =
        await sql`select 1 from event_archive where project_id = ${id}::uuid`.execute(db)
      expect(rows).toHaveLength(2)
    })
  })

  it('lets a repeat of a message do nothing after its body was removed', async () => {
    const key = await agedRows(deps.db, workspaceId, edge('inbox_bodies', -1))
    await sweep(deps, defaultRetention)
    const again = {
      id: randomUUID(),
      source: 'tavus',
      dedupeKey: key,
      externalId: null,
      eventType: null,
      body: '{}',
      outcome: null,
    }
    const fresh = await deps.db
      .transaction()
      .execute((tx) => insertInbox(tx, [again], deps.clock()))
    expect([...fresh]).toEqual([])
  })

  it('never touches a message that was not handled', async () => {
    const id = randomUUID()
    await sql`insert into webhook_inbox (id, source, dedupe_key, body, received_at)
      values (${id}::uuid, 'tavus', ${id}, '{"a": 1}', '2001-01-01')`.execute(deps.db)
    await sweep(deps, defaultRetention)
    const { rows } = await sql`select body from webhook_inbox where id = ${id}::uuid`.execute(
      deps.db,
    )
    expect(rows).toEqual([{ body: { a: 1 } }])
  })

  it('removes dead letters that were dealt with long ago and keeps those that wait', async () => {
    for (const at of [edge('dead_letters', -1), edge('dead_letters', 0), null]) {
      await sql`insert into dead_letters (id, workspace_id, stage, data, code, message, attempts,
          created_at, resolved_at)
        values (${randomUUID()}::uuid, ${workspaceId}::uuid, 'plan', '{}', 'c', 'm', 1,
          '2001-01-01', ${at}::timestamptz)`.execute(deps.db)
    }
    await sweep(deps, defaultRetention)
    const { rows } = await sql<{ resolved_at: Date | null }>`select resolved_at from dead_letters
      order by resolved_at`.execute(deps.db)
    expect(rows.map((row) => row.resolved_at)).toEqual([edge('dead_letters', 0), null])
  })

  it('audits one line for each kind and workspace with the count, and none when nothing went', async () => {
    await sweep(deps, defaultRetention)
    const other = await makeWorkspace(deps.db)
    for (let i = 0; i < 7; i += 1) await agedRows(deps.db, other, new Date('2020-01-01'))
    const reports = await sweep(deps, defaultRetention, small)
    expect(reports.find((report) => report.kind === 'idempotency_keys')?.rows).toBe(7)
    await sweep(deps, defaultRetention, small)
    const lines = await deps.db
      .selectFrom('audit_log')
      .select(['action', 'actor', 'target', 'details'])
      .where('workspace_id', '=', other)
      .where('action', '=', 'retention.sweep')
      .orderBy('target')
      .execute()
    const told = (target: (typeof owned)[number]) => ({
      action: 'retention.sweep',
      actor: 'system',
      target,
      details: { rows: 7, before: edge(target, 0).toISOString() },
    })
    const owned = simpleKinds.filter((kind) => kind !== 'inbox_bodies' && kind !== 'sessions')
    expect(lines).toEqual(owned.map(told))
  })

  it('tells the first workspace of what no workspace owns, also where one that it names is gone', async () => {
    await sweep(deps, defaultRetention)
    const gone = await makeWorkspace(deps.db)
    await agedRows(deps.db, gone, new Date('2020-01-01'))
    await sql`delete from workspaces where id = ${gone}::uuid`.execute(deps.db)
    const reports = await sweep(deps, defaultRetention)
    expect(reports.filter(({ rows }) => rows > 0)).toMatchObject([
      { kind: 'inbox_bodies', rows: 1 },
      { kind: 'sessions', rows: 1 },
    ])
    const first = await firstWorkspace(deps.db)
    const { rows } = await sql<{ target: string }>`select target from audit_log
      where workspace_id = ${first?.id}::uuid and action = 'retention.sweep'
      order by at desc, id limit 2`.execute(deps.db)
    expect(rows.map(({ target }) => target).sort()).toEqual(['inbox_bodies', 'sessions'])
  })

  it('removes each row once when many sweep at the same time', async () => {
    const keys: string[] = []
    for (let i = 0; i < 40; i += 1) {
      keys.push(await agedRows(deps.db, workspaceId, new Date('2020-01-01')))
    }
    const at = edge('events', -1)
    const project = { status: 'completed', at, events: 50 } as const
    const ids = [
      await agedProject(deps.db, workspaceId, project),
      await agedProject(deps.db, workspaceId, project),
    ]
    const whole = Array.from({ length: 50 }, (_, i) => i + 1)
    const swept = Promise.all(Array.from({ length: 4 }, () => sweep(deps, defaultRetention, small)))
    // Whoever reads meanwhile sees each event in one place or the other.
    for (let look = 0; look < 20; look += 1) {
      for (const id of ids) expect(await seqs(id, 0, 100)).toEqual(whole)
    }
    const all = await swept
    // Whoever found another at work left the rest to it.
    await sweep(deps, defaultRetention, small)
    const removed = all.flat().filter((report) => report.kind === 'sign_in_links')
    expect(removed.reduce((sum, report) => sum + report.rows, 0)).toBe(40)
    for (const key of keys) expect(await rowsLeft(deps.db, key)).toEqual([])
    for (const id of ids) expect(await seqs(id, 0, 100)).toEqual(whole)
  })

  it('shows what would go without touching it', async () => {
    const key = await agedRows(deps.db, workspaceId, new Date('2020-01-01'))
    const preview = await previewSweep(deps, { ...defaultRetention, sign_in_links: 'never' })
    expect(preview.find((report) => report.kind === 'idempotency_keys')?.rows).toBe(1)
    expect(preview.find((report) => report.kind === 'sign_in_links')).toMatchObject({
      before: undefined,
      rows: 0,
    })
    expect(await rowsLeft(deps.db, key)).toEqual([...simpleKinds])
    await sweep(deps, defaultRetention)
  })

  it('goes on with the other kinds when one fails, and sweeps on its timer until it is stopped', async () => {
    const key = await agedRows(deps.db, workspaceId, new Date('2020-01-01'))
    const told: string[] = []
    const log = { ...silentLog, error: (_facts: object, event: string) => told.push(event) }
    await sql`alter table idempotency_keys rename to hidden_keys`.execute(deps.db)
    await sweep({ ...deps, log }, defaultRetention)
    await sql`alter table hidden_keys rename to idempotency_keys`.execute(deps.db)
    expect(told).toEqual(['retention.failed'])
    expect(await rowsLeft(deps.db, key)).toEqual(['idempotency_keys'])
    const sweeper = startSweeper(deps, defaultRetention, 5)
    await expect.poll(() => rowsLeft(deps.db, key)).toEqual([])
    await sweeper.stop()
  })
})
