import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import type { ListPlace } from '../domain/cursor.ts'
import { agedProject, makeWorkspace } from '../ops/testing/aged.ts'
import { budgetsOf, claimWarning, setBudget, spendingOf } from './budgets.ts'
import { noCost } from '../domain/money.ts'
import { type MadeCall, openCall, settleCall } from './bookings.ts'
import { book } from './testing/book.ts'
import { listCalls, sumOf, usageByProject, usageOfProject, usageOfWorkspace } from './usage.ts'

const at = new Date('2026-11-25T12:00:00Z')

onEveryDatabase('the bookings of model calls', (database) => {
  function usage(workspaceId: string, more: Partial<MadeCall> = {}): MadeCall {
    return {
      id: randomUUID(),
      workspaceId,
      projectId: null,
      stage: 'analyse',
      provider: 'openai',
      model: 'gpt-5.2',
      answeredBy: null,
      prompt: 'analyse@v1',
      inputTokens: 1_000,
      cachedInputTokens: 100,
      cacheWriteTokens: 0,
      outputTokens: 200,
      reasoningTokens: 50,
      ms: 1_500,
      outcome: 'used',
      requestId: null,
      costMicros: 4_000,
      mostMicros: 9_000,
      at,
      ...more,
    }
  }

  const makeProject = (workspaceId: string) =>
    agedProject(database().db, workspaceId, { status: 'analysing', at, events: 1 })

  it('book each call once, however often it is sent', async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    const projectId = await makeProject(workspaceId)
    const call = usage(workspaceId, { projectId })
    const sent = await Promise.all([1, 2, 3].map(() => book(db, call)))
    expect(sent.filter(Boolean)).toHaveLength(1)
    expect(await listCalls(db, projectId, 10)).toMatchObject([{ id: call.id, costMicros: 4_000 }])
    const [day] = await usageOfWorkspace(
      db,
      workspaceId,
      { from: '2026-11-25', to: '2026-11-25' },
      'day',
    )
    expect(day).toEqual({
      name: '2026-11-25',
      calls: 1,
      inputTokens: 1_000,
      cachedInputTokens: 100,
      outputTokens: 200,
      cost: { ...noCost, micros: 4_000 },
    })
  })

  it('are the same in the sums as one by one, also when many are written at once', async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    const projects = [await makeProject(workspaceId), await makeProject(workspaceId)]
    const calls = Array.from({ length: 40 }, (_, index) =>
      usage(workspaceId, {
        projectId: projects[index % 2] ?? null,
        stage: index % 3 === 0 ? 'plan' : 'analyse',
        model: index % 5 === 0 ? 'unheard-of' : 'gpt-5.2',
        costMicros: index % 5 === 0 ? null : 1_000 + index,
        mostMicros: index % 10 === 0 ? null : 3_000 + index,
        at: new Date(at.getTime() + (index % 4) * 24 * 60 * 60 * 1_000),
      }),
    )
    await Promise.all(calls.map((call) => book(db, call)))
    const cost = (of: readonly MadeCall[]) => {
      const unknown = of.filter(({ costMicros }) => costMicros === null)
      return {
        micros: of.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0),
        unknownCalls: unknown.length,
        unpricedCalls: unknown.filter(({ mostMicros }) => mostMicros === null).length,
        unknownMicros: unknown.reduce((sum, { mostMicros }) => sum + (mostMicros ?? 0), 0),
      }
    }
    const all = { from: '2026-11-25', to: '2026-11-30' }
    for (const by of ['day', 'stage', 'model'] as const) {
      const groups = await usageOfWorkspace(db, workspaceId, all, by)
      expect(sumOf(groups)).toMatchObject({ calls: 40, cost: cost(calls) })
    }
    const days = await usageOfWorkspace(db, workspaceId, { ...all, from: '2026-11-27' }, 'day')
    expect(days.map(({ name, calls }) => [name, calls])).toEqual([
      ['2026-11-27', 10],
      ['2026-11-28', 10],
    ])
    const listed = await usageByProject(db, workspaceId, 10)
    for (const projectId of projects) {
      const own = calls.filter((call) => call.projectId === projectId)
      const expected = { calls: 20, cost: cost(own) }
      expect(listed.find((row) => row.projectId === projectId)).toMatchObject(expected)
      for (const by of ['day', 'stage', 'model'] as const) {
        expect(sumOf(await usageOfProject(db, projectId, by))).toMatchObject(expected)
      }
    }
  })

  it('are of unknown cost from before the call until it is settled', async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    const projectId = await makeProject(workspaceId)
    const running = usage(workspaceId, { projectId })
    const seen = async () => {
      const days = { from: '2026-11-25', to: '2026-11-25' }
      const sums = [
        await usageOfProject(db, projectId, 'stage'),
        await usageOfWorkspace(db, workspaceId, days, 'model'),
        await usageByProject(db, workspaceId, 10),
      ]
      return sums.map((groups) => ({ ...sumOf(groups).cost, calls: sumOf(groups).calls }))
    }
    const open = { ...noCost, unknownCalls: 1, unknownMicros: 9_000, calls: 1 }
    await openCall(db, running)
    await openCall(db, running)
    expect(await seen()).toEqual([open, open, open])
    expect(await listCalls(db, projectId, 10)).toMatchObject([
      { outcome: 'open', costMicros: null, mostMicros: 9_000, inputTokens: 0 },
    ])
    await settleCall(db, running)
    const settled = { ...noCost, micros: 4_000, calls: 1 }
    expect(await seen()).toEqual([settled, settled, settled])
  })

  it('are listed page by page, each once, newest first', async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    const projectId = await makeProject(workspaceId)
    // Several in one millisecond.
    const times = [0, 0, 0, 1, 1, 2, 3].map((ms) => new Date(at.getTime() + ms))
    for (const time of times) await book(db, usage(workspaceId, { projectId, at: time }))
    const seen: number[] = []
    let after: ListPlace | undefined
    do {
      const page = await listCalls(db, projectId, 2, after)
      seen.push(...page.map((call) => call.at.getTime() - at.getTime()))
      const last = page.length < 2 ? undefined : page.at(-1)
      after = last && { at: last.at.toISOString(), id: last.id }
    } while (after !== undefined)
    expect(seen).toEqual([3, 2, 1, 1, 0, 0, 0])
  })

  it('stay with the workspace when their project was erased meanwhile', async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    const projectId = await makeProject(workspaceId)
    await book(db, usage(workspaceId, { projectId }))
    const running = usage(workspaceId, { projectId })
    await openCall(db, running)
    await db.deleteFrom('projects').where('id', '=', projectId).execute()
    expect(await settleCall(db, running)).toBe(true)
    expect(await settleCall(db, running)).toBe(false)
    const all = { from: '2026-11-25', to: '2026-11-25' }
    expect(sumOf(await usageOfWorkspace(db, workspaceId, all, 'day'))).toMatchObject({
      calls: 2,
      cost: { ...noCost, micros: 8_000 },
    })
    expect(await usageByProject(db, workspaceId, 10)).toEqual([])
  })

  it('count for a budget in its period alone', async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    const projectId = await makeProject(workspaceId)
    const owner = { workspaceId, projectId }
    const lastMonth = new Date('2026-10-31T23:59:59.999Z')
    await book(db, usage(workspaceId, { projectId, at: lastMonth }))
    await book(db, usage(workspaceId, { projectId }))
    await book(db, usage(workspaceId, { costMicros: null }))
    expect(await budgetsOf(db, owner, at)).toEqual([])
    await db.transaction().execute(async (tx) => {
      await setBudget(tx, owner, 9_000)
      await setBudget(tx, { workspaceId, projectId: null }, 5_000_000_000)
    })
    expect(await budgetsOf(db, owner, at)).toEqual([
      {
        scope: 'project',
        limit: 9_000,
        spent: { ...noCost, micros: 8_000 },
        warnedFor: null,
      },
      {
        scope: 'workspace',
        limit: 5_000_000_000,
        spent: { ...noCost, micros: 4_000, unknownCalls: 1, unknownMicros: 9_000 },
        warnedFor: null,
      },
    ])
    await db.transaction().execute((tx) => setBudget(tx, owner, null))
    expect(await spendingOf(db, owner, at)).toMatchObject([
      { scope: 'project', limit: null, spent: { micros: 8_000 } },
      { scope: 'workspace', limit: 5_000_000_000 },
    ])
  })

  it('warn of a budget once in a period, and again when its amount has changed', async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    const owner = { workspaceId, projectId: null }
    const set = (amount: number) => db.transaction().execute((tx) => setBudget(tx, owner, amount))
    const claim = (period: string) =>
      db.transaction().execute((tx) => claimWarning(tx, owner, period))
    expect(await claim('2026-11')).toBe(false)
    await set(100)
    expect(await Promise.all([claim('2026-11'), claim('2026-11')])).toEqual(
      expect.arrayContaining([true, false]),
    )
    await set(100)
    expect(await claim('2026-11')).toBe(false)
    expect(await claim('2026-12')).toBe(true)
    await set(200)
    expect(await claim('2026-12')).toBe(true)
  })

  it('go with their workspace', async () => {
    const { db } = database()
    const workspaceId = await makeWorkspace(db)
    await book(db, usage(workspaceId))
    await db.transaction().execute((tx) => setBudget(tx, { workspaceId, projectId: null }, 1))
    await sql`delete from workspaces where id = ${workspaceId}::uuid`.execute(db)
    const left = await db
      .selectFrom('usage_by_day')
      .select('day')
      .where('workspace_id', '=', workspaceId)
      .execute()
    expect(left).toEqual([])
  })
})
