import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { AppError, toAppError } from '../domain/errors.ts'
import { type Log, silentLog } from '../domain/log.ts'
import { publishedPrices } from '../domain/price-table.ts'
import { agedProject, makeWorkspace } from '../ops/testing/aged.ts'
import { budgetsOf, setBudget } from '../store/budgets.ts'
import type { Queryable } from '../store/database.ts'
import { readEvents } from '../store/events.ts'
import { getProject, type ProjectRow } from '../store/projects.ts'
import { listCalls } from '../store/usage.ts'
import { createMeter } from './meter.ts'
import { call, plannedCall, usageOf } from './testing/paying-analyst.ts'

onEveryDatabase('the meter of model calls', (database) => {
  let project: ProjectRow
  beforeEach(async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    const at = new Date()
    project = await getProject(
      db,
      await agedProject(db, workspaceId, { status: 'analysing', at, events: 1 }),
    )
  })

  const owner = () => ({ workspaceId: project.workspace_id, projectId: project.id })
  const setLimit = (micros: number) =>
    database()
      .db.transaction()
      .execute((tx) => setBudget(tx, owner(), micros))
  const calls = () => listCalls(database().db, project.id, 100)
  const standing = async () => (await budgetsOf(database().db, owner(), new Date()))[0]?.spent
  const spent = async () => (await standing())?.micros
  const warnings = async () =>
    (await readEvents(database().db, project.id, 0, 100)).filter(
      ({ body }) => body.type === 'budget.warned',
    )

  function makeMeter(db: Queryable = database().db, log: Log = silentLog) {
    return createMeter(
      {
        database: { ...database(), db },
        prices: [publishedPrices],
        clock: () => new Date(),
        id: randomUUID,
        log,
        committed: () => undefined,
      },
      project,
      'analyse',
    )
  }

  it('takes no running call back: it is booked while the next one is refused', async () => {
    await setLimit(400_000)
    const meter = makeMeter()
    const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const running = call(meter, usageOf(), async () => {
      begun.resolve()
      await held.promise
    })
    await begun.promise
    await expect(call(meter)).rejects.toMatchObject({ code: 'budget_exceeded', retryable: false })
    held.resolve()
    await running
    expect(await calls()).toMatchObject([{ costMicros: 315_000 }])
  })

  it('counts calls of one attempt that run side by side together', async () => {
    await setLimit(1_000_000)
    const meter = makeMeter()
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => call(meter)))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(await spent()).toBe(945_000)
  })

  it('gives back what a call did not cost', async () => {
    await setLimit(400_000)
    const meter = makeMeter()
    const cheap = usageOf({ inputTokens: 1_000, outputTokens: 100 })
    for (let i = 0; i < 10; i += 1) await call(meter, cheap)
    expect(await spent()).toBe(31_500)
  })

  it('counts a call of which nobody knows what it took as dear as it may have been', async () => {
    await setLimit(700_000)
    const meter = makeMeter()
    const dropped = usageOf({ counted: false, inputTokens: 0, outputTokens: 0, outcome: 'failed' })
    await call(meter, dropped)
    await call(meter, dropped)
    // So do later attempts.
    for (const one of [meter, makeMeter()]) {
      await expect(call(one)).rejects.toMatchObject({ code: 'budget_exceeded' })
    }
    expect((await calls()).map(({ costMicros }) => costMicros)).toEqual([null, null])
    expect(await standing()).toMatchObject({ micros: 0, unknownCalls: 2, unknownMicros: 630_000 })
  })

  it('keeps a call on the books whose process ended before it was told what became of it', async () => {
    await setLimit(400_000)
    await makeMeter().onCall(plannedCall)
    expect(await calls()).toMatchObject([
      { outcome: 'open', costMicros: null, mostMicros: 315_000, prompt: 'analyse@v1' },
    ])
    await expect(call(makeMeter())).rejects.toMatchObject({ code: 'budget_exceeded' })
  })

  it('books no call that a budget has no room for', async () => {
    await setLimit(300_000)
    await expect(call(makeMeter())).rejects.toMatchObject({ code: 'budget_exceeded' })
    expect(await calls()).toEqual([])
  })

  it('keeps many workers together within a budget', async () => {
    await setLimit(1_000_000)
    const held = Promise.withResolvers<void>()
    const ends = { through: 0, refused: 0 }
    const decided = Promise.withResolvers<void>()
    const count = (what: keyof typeof ends) => {
      ends[what] += 1
      if (ends.through + ends.refused === 8) decided.resolve()
    }
    const workers = Array.from({ length: 8 }, async () => {
      const made = call(makeMeter(), usageOf(), async () => {
        count('through')
        await held.promise
      })
      const code = await made.then(
        () => 'made',
        (thrown: unknown) => toAppError(thrown).code,
      )
      if (code !== 'made') count('refused')
      return code
    })
    await decided.promise
    // Three calls of $0.315 fit, and no fourth, though none of them has ended.
    expect(ends).toEqual({ through: 3, refused: 5 })
    held.resolve()
    const codes = new Set(await Promise.all(workers))
    expect(codes).toEqual(new Set(['made', 'budget_exceeded']))
    expect(await standing()).toMatchObject({ micros: 945_000, unknownMicros: 0 })
    expect(await warnings()).toHaveLength(1)
  })

  /** The database, whose first settlements are cut off: before they are written, or after. */
  function losing(times: number, when: 'before' | 'after'): Queryable {
    let left = times
    const booking = new WeakSet<object>()
    const cut = () => {
      left -= 1
      throw new AppError('database_unavailable', 'Cut.', { retryable: true })
    }
    return database().db.withPlugin({
      transformQuery: ({ node, queryId }) => {
        const { sqlFragments = [] } = node.kind === 'RawNode' ? node : {}
        const isBooking = sqlFragments.some((part) => part.includes('update api_usage'))
        if (isBooking && left > 0 && when === 'before') return cut()
        if (isBooking) booking.add(queryId)
        return node
      },
      transformResult: async ({ result, queryId }) =>
        booking.has(queryId) && left > 0 ? cut() : result,
    })
  }

  it.each(['before', 'after'] as const)(
    'books a call once whose booking was cut off %s it was written',
    async (when) => {
      await call(makeMeter(losing(1, when)))
      expect(await calls()).toMatchObject([{ outcome: 'used', costMicros: 315_000 }])
    },
  )

  it('puts what it cannot book into the log, and says so', async () => {
    const lines: [object, string][] = []
    const log = {
      ...silentLog,
      error: (facts: object, event: string) => lines.push([facts, event]),
    }
    await expect(call(makeMeter(losing(2, 'before'), log))).rejects.toMatchObject({
      code: 'database_unavailable',
    })
    expect(lines).toMatchObject([
      [{ projectId: project.id, costMicros: 315_000, inputTokens: 100_000 }, 'usage.not_booked'],
    ])
    expect(await calls()).toMatchObject([{ outcome: 'open', mostMicros: 315_000 }])
  })

  it('keeps what a call gave when nobody can be warned', async () => {
    await setLimit(320_000)
    await sql`alter table project_events add constraint full_up check (type <> 'budget.warned')
      not valid`.execute(database().db)
    const lines: string[] = []
    const log = { ...silentLog, warn: (_facts: object, event: string) => lines.push(event) }
    try {
      await call(makeMeter(undefined, log))
    } finally {
      await sql`alter table project_events drop constraint full_up`.execute(database().db)
    }
    expect(lines).toEqual(['budget.not_warned'])
    expect(await calls()).toHaveLength(1)
    // What was not said is said by the next booking.
    await setLimit(700_000)
    await call(makeMeter(), usageOf({ inputTokens: 100_000, outputTokens: 20_000 }))
    expect(await warnings()).toHaveLength(1)
  })
})
