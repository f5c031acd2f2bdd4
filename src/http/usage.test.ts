import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import { AppError } from '../domain/errors.ts'
import type { EventBody } from '../domain/event.ts'
import { publishedPrices } from '../domain/price-table.ts'
import { parsePrices } from '../domain/prices.ts'
import type { Role } from '../domain/principal.ts'
import { agedProject, makeWorkspace } from '../ops/testing/aged.ts'
import { call, payingAnalyst, usageOf } from '../pipeline/testing/paying-analyst.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import { listAudit } from '../store/audit.ts'
import { readEvents } from '../store/events.ts'
import type {
  BudgetView,
  EstimateView,
  ProjectUsageView,
  UsageByProjectView,
  WorkspaceUsageView,
} from './usage-views.ts'
import { makeKey } from './testing/person.ts'
import type { ProjectView } from './views.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

// Made once: it loads the language.
const offline = createOfflineAnalyst()

onEveryDatabase('money', (database) => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
    const { db } = database()
    await sql`delete from pgboss.job`.execute(db)
    for (const table of ['budgets', 'usage_by_day', 'usage_by_project', 'dead_letters']) {
      await sql`delete from ${sql.table(table)}`.execute(db)
    }
  })

  async function start(options: Parameters<typeof startTestServer>[1] = {}) {
    server = await startTestServer(database(), { analyst: offline, ...options })
    return server
  }

  async function upload(on: TestServer): Promise<string> {
    const { projectId } = await uploadTranscript(on.pipeline, {
      workspaceId: on.workspaceId,
      transcript,
    })
    if (projectId === null) throw new Error('The upload made no project.')
    return projectId
  }

  async function get<T>(on: TestServer, path: string): Promise<T> {
    const answer = await on.call('GET', path)
    expect([path, answer.status]).toEqual([path, 200])
    return (await answer.json()) as T
  }

  const setBudget = async (on: TestServer, limitUsd: string | null, projectId?: string) => {
    const path = projectId === undefined ? '/v1/budget' : `/v1/projects/${projectId}/budget`
    const answer = await on.call('PUT', path, { limitUsd })
    expect(answer.status).toBe(200)
    return (await answer.json()) as BudgetView
  }

  const planned = (on: TestServer, id: string) =>
    on.until(id, ({ body }) => body.type === 'plan.ready')
  const paused = async (on: TestServer, id: string) => {
    const { body } = await on.until(
      id,
      ({ body }) => body.type === 'project.status' && body.to === 'paused',
    )
    return body as Extract<EventBody, { type: 'project.status' }>
  }
  const warnings = async (id: string) =>
    (await readEvents(database().db, id, 0, 1_000))
      .map(({ body }) => body)
      .filter(({ type }) => type === 'budget.warned')

  describe('of model calls', () => {
    it('is booked to project, stage, model and workspace', async () => {
      const analyst = payingAnalyst(offline, async (meter) => {
        await call(meter, usageOf({ outcome: 'invalid', cachedInputTokens: 50_000 }))
        await call(meter)
      })
      const on = await start({ analyst })
      const id = await upload(on)
      await planned(on, id)
      const usage = await get<ProjectUsageView>(on, `/v1/projects/${id}/usage`)
      // The first half of the first call's input was cached: $0.175 × 0.55 and twice $0.14.
      expect(usage.total).toEqual({
        calls: 2,
        inputTokens: 200_000,
        cachedInputTokens: 50_000,
        outputTokens: 20_000,
        costUsd: '0.55125',
        unknownCalls: 0,
        unknownUsd: '0.00',
      })
      expect(usage.byStage).toEqual([{ name: 'analyse', ...usage.total }])
      expect(usage.byModel).toEqual([{ name: 'openai/gpt-5.2', ...usage.total }])
      expect(usage.byDay).toHaveLength(1)
      expect(usage.budgets.map(({ state }) => state)).toEqual(['none', 'none'])
      expect(usage.calls.map(({ outcome }) => outcome)).toEqual(['used', 'invalid'])
      expect(usage.calls[0]).toMatchObject({
        stage: 'analyse',
        prompt: 'analyse@v1',
        answeredBy: 'gpt-5.2-2025-12-11',
        reasoningTokens: 4_000,
        costUsd: '0.315',
        mostUsd: '0.315',
      })
      const first = await get<ProjectUsageView>(on, `/v1/projects/${id}/usage?limit=1`)
      const rest = `/v1/projects/${id}/usage?limit=1&cursor=${first.nextCursor}`
      const second = await get<ProjectUsageView>(on, rest)
      expect([...first.calls, ...second.calls]).toEqual(usage.calls)
      expect(second.nextCursor).toBeNull()
      const workspace = await get<WorkspaceUsageView>(on, '/v1/usage')
      expect(workspace.total).toEqual(usage.total)
      expect(workspace.byDay).toEqual(usage.byDay)
    })

    it('stays booked when the stage fails after the call', async () => {
      const refused = new AppError('model_refused', 'The model refused the talk.')
      const analyst = payingAnalyst(offline, async (meter) => {
        await call(meter, usageOf({ outcome: 'refused' }))
        throw refused
      })
      const on = await start({ analyst })
      const id = await upload(on)
      await on.until(id, ({ body }) => body.type === 'project.status' && body.to === 'failed')
      const usage = await get<ProjectUsageView>(on, `/v1/projects/${id}/usage`)
      expect(usage.total).toMatchObject({ calls: 1, costUsd: '0.315' })
    })

    it('of unknown cost is counted and never taken for free', async () => {
      const analyst = payingAnalyst(offline, async (meter) => {
        await call(meter, usageOf({ provider: 'compatible', model: 'qwen3' }))
        const dropped = usageOf({ counted: false, inputTokens: 0, outputTokens: 0 })
        await call(meter, { ...dropped, outcome: 'failed' })
      })
      const on = await start({ analyst })
      const id = await upload(on)
      await planned(on, id)
      const { total, calls } = await get<ProjectUsageView>(on, `/v1/projects/${id}/usage`)
      expect(total).toMatchObject({ calls: 2, unknownCalls: 2, costUsd: null, unknownUsd: null })
      expect(calls.map(({ costUsd }) => costUsd)).toEqual([null, null])
      expect(calls.map(({ mostUsd }) => mostUsd)).toEqual(['0.315', null])
      const unknown = { spentUsd: null, unknownCalls: 2, unknownUsd: null }
      expect(await get<BudgetView>(on, `/v1/projects/${id}/budget`)).toMatchObject(unknown)
      const { items } = await get<UsageByProjectView>(on, '/v1/usage/projects')
      expect(items).toMatchObject([{ projectId: id, unknownCalls: 2, costUsd: null }])
    })

    it('is nothing where nothing was called', async () => {
      const on = await start()
      const id = await upload(on)
      await planned(on, id)
      const { total, calls } = await get<ProjectUsageView>(on, `/v1/projects/${id}/usage`)
      expect(total).toMatchObject({ calls: 0, costUsd: '0.00', unknownCalls: 0 })
      expect(calls).toEqual([])
      const estimate = await get<EstimateView>(on, `/v1/projects/${id}/estimate`)
      expect(estimate.stages.map(({ stage, calls, costUsd }) => [stage, calls, costUsd])).toEqual([
        ['analyse', 0, { low: '0.00', high: '0.00' }],
        ['plan', 0, { low: '0.00', high: '0.00' }],
      ])
    })

    it('is kept whatever a provider says', async () => {
      const hostile = {
        answeredBy: `${'x'.repeat(5_000)}\u0000`,
        requestId: '\ud800',
        inputTokens: 1e15,
        outputTokens: -5,
        reasoningTokens: Number.NaN,
      }
      const on = await start({
        analyst: payingAnalyst(offline, (meter) => call(meter, usageOf(hostile))),
      })
      const id = await upload(on)
      await planned(on, id)
      const { calls } = await get<ProjectUsageView>(on, `/v1/projects/${id}/usage`)
      expect(calls).toMatchObject([{ inputTokens: 2 ** 31 - 1, outputTokens: 0 }])
    })
  })

  describe('that may be spent', () => {
    it('is estimated before the call and shown beside what is left', async () => {
      const analyst = payingAnalyst(offline, (meter) => call(meter))
      const on = await start({ analyst, worker: false })
      const id = await upload(on)
      await setBudget(on, '10', id)
      const estimate = await get<EstimateView>(on, `/v1/projects/${id}/estimate`)
      expect(estimate.stages[0]).toEqual({
        stage: 'analyse',
        models: ['openai/gpt-5.2', 'openai/gpt-5.1'],
        calls: 1,
        inputTokens: { low: 50_000, high: 100_000 },
        maxOutputTokens: 10_000,
        costUsd: { low: '0.00625', high: '0.315' },
      })
      expect(estimate.budgets[0]).toMatchObject({ scope: 'project', leftUsd: '10.00' })
    })

    it('ends with a pause that says why, and goes on from the stage when it is raised', async () => {
      let made = 0
      const analyst = payingAnalyst(offline, async (meter) => {
        await call(meter)
        await call(meter)
        made += 1
      })
      const on = await start({ analyst, worker: false })
      const id = await upload(on)
      await setBudget(on, '0.50', id)
      await on.stop()
      const working = await start({ analyst })
      const { reason } = await paused(working, id)
      expect(reason).toBe(
        "The project's budget of $0.50 has $0.185 left, and the next call of openai/gpt-5.2 may cost up to $0.315. Raise the budget, then retry from this stage.",
      )
      const project = await get<ProjectView>(working, `/v1/projects/${id}`)
      expect(project).toMatchObject({ status: 'paused', statusReason: reason, queue: null })
      expect(project.stages[0]).toMatchObject({ stage: 'analyse', state: 'paused' })
      // Its job has ended, and its work is kept for whoever sends it again.
      const { items } = await get<{ items: object[] }>(working, '/v1/queue/dead-letters')
      expect(items).toMatchObject([{ projectId: id, code: 'budget_exceeded', attempts: 1 }])
      expect((await get<{ items: [] }>(working, `/v1/queue?state=waiting`)).items).toEqual([])

      await setBudget(working, '5', id)
      const retried = await working.call('POST', `/v1/projects/${id}/retry`, { from: 'analyse' })
      expect(retried.status).toBe(200)
      await planned(working, id)
      expect(made).toBe(1)
      const usage = await get<ProjectUsageView>(working, `/v1/projects/${id}/usage`)
      expect(usage.total).toMatchObject({ calls: 3, costUsd: '0.945' })
      expect((await get<{ items: [] }>(working, '/v1/queue/dead-letters')).items).toEqual([])
    })

    it('lets many paused projects go on at once when the workspace gets more', async () => {
      const on = await start({ analyst: payingAnalyst(offline, (meter) => call(meter)) })
      await setBudget(on, '0.10')
      const ids = [await upload(on), await upload(on)]
      for (const id of ids) {
        expect((await paused(on, id)).reason).toContain("The workspace's budget for this month")
      }
      await setBudget(on, null)
      const redriven = await on.call('POST', '/v1/queue/dead-letters/redrive', {
        code: 'budget_exceeded',
      })
      expect(await redriven.json()).toEqual({ redriven: 2, skipped: 0 })
      for (const id of ids) await planned(on, id)
    })

    it('warns at 80 % in the log of the project, once', async () => {
      const analyst = payingAnalyst(offline, async (meter) => {
        for (let i = 0; i < 5; i += 1) await call(meter)
      })
      const on = await start({ analyst, worker: false })
      const id = await upload(on)
      await setBudget(on, '1.575', id)
      await setBudget(on, '100')
      await on.stop()
      const working = await start({ analyst })
      await planned(working, id)
      expect(await warnings(id)).toEqual([
        { type: 'budget.warned', scope: 'project', limitUsd: '1.575', spentUsd: '1.26' },
      ])
      expect(await get<BudgetView>(working, `/v1/projects/${id}/budget`)).toEqual({
        scope: 'project',
        period: 'project',
        limitUsd: '1.575',
        spentUsd: '1.575',
        unknownCalls: 0,
        unknownUsd: '0.00',
        leftUsd: '0.00',
        state: 'exceeded',
      })
    })

    it('is not spent on a model of unknown price until somebody gives one', async () => {
      const own = usageOf({ provider: 'compatible', model: 'qwen3', answeredBy: 'qwen3' })
      const analyst = payingAnalyst(offline, (meter) => call(meter, own))
      const on = await start({ analyst })
      await setBudget(on, '1')
      const id = await upload(on)
      expect((await paused(on, id)).reason).toContain('the price of compatible/qwen3 is not known')
      await on.stop()
      const prices = parsePrices('[{"model":"compatible/*","input":"0","output":"0"}]')
      const priced = await start({ analyst, prices: [prices, publishedPrices] })
      await priced.call('POST', `/v1/projects/${id}/retry`, { from: 'analyse' })
      await planned(priced, id)
      const { total } = await get<ProjectUsageView>(priced, `/v1/projects/${id}/usage`)
      expect(total).toMatchObject({ calls: 1, costUsd: '0.00', unknownCalls: 0 })
    })
  })

  describe('seen and changed', () => {
    const put = { method: 'PUT', body: JSON.stringify({ limitUsd: '1' }) }

    async function keyOf(on: TestServer, role: Role, workspaceId?: string, by?: string) {
      const { key } = await makeKey(on, { role, workspaceId, by })
      return { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    }

    it('by those of the workspace, and changed by admins alone', async () => {
      const on = await start({ worker: false })
      const id = await upload(on)
      const reads = ['/v1/usage', '/v1/usage/projects', '/v1/budget']
      const ofProject = ['usage', 'estimate', 'budget'].map((part) => `/v1/projects/${id}/${part}`)
      const writes = ['/v1/budget', `/v1/projects/${id}/budget`]
      for (const role of ['viewer', 'member', 'admin', 'owner'] as const) {
        const headers = await keyOf(on, role)
        for (const path of [...reads, ...ofProject]) {
          const { status } = await on.app.request(path, { headers })
          expect([role, path, status]).toEqual([role, path, 200])
        }
        const expected = role === 'admin' || role === 'owner' ? 200 : 403
        for (const path of writes) {
          const { status } = await on.app.request(path, { ...put, headers })
          expect([role, path, status]).toEqual([role, path, expected])
        }
      }
      for (const path of [...reads, ...ofProject]) {
        expect((await on.app.request(path)).status).toBe(401)
      }
      for (const path of writes) expect((await on.app.request(path, put)).status).toBe(401)
    })

    it('not from another workspace, also with the key of one’s own', async () => {
      const on = await start({ worker: false })
      const { db } = database()
      const other = await makeWorkspace(db)
      const stranger = randomUUID()
      await db
        .insertInto('memberships')
        .values({ workspace_id: other, user_id: stranger, role: 'owner' })
        .execute()
      const id = await upload(on)
      await setBudget(on, '3')
      const headers = await keyOf(on, 'owner', other, stranger)
      for (const part of ['usage', 'estimate', 'budget']) {
        const answer = await on.app.request(`/v1/projects/${id}/${part}`, { headers })
        expect([part, answer.status]).toEqual([part, 404])
      }
      const change = await on.app.request(`/v1/projects/${id}/budget`, { ...put, headers })
      expect(change.status).toBe(404)
      const own = await on.app.request('/v1/budget', { headers })
      expect(await own.json()).toMatchObject({ limitUsd: null, state: 'none' })
      const theirs = await agedProject(db, other, { status: 'failed', at: new Date(), events: 1 })
      // The owner of the first workspace, in another one of theirs, by the key of the first.
      await db
        .insertInto('memberships')
        .values({ workspace_id: other, user_id: on.ownerId, role: 'owner' })
        .execute()
      expect(
        (await on.call('PUT', `/v1/projects/${theirs}/budget`, { limitUsd: '1' })).status,
      ).toBe(404)
    })

    it('with every change in the audit log', async () => {
      const on = await start({ worker: false })
      const id = await upload(on)
      await setBudget(on, '25.50')
      await setBudget(on, '1', id)
      await setBudget(on, null, id)
      const lines = await listAudit(database().db, on.workspaceId, 3)
      expect(lines.map(({ action, target, details }) => [action, target, details])).toEqual([
        ['budget.remove', id, {}],
        ['budget.set', id, { limitUsd: '1.00' }],
        ['budget.set', on.workspaceId, { limitUsd: '25.50' }],
      ])
    })

    it.each([
      ['PUT', '/v1/budget', { limitUsd: '-1' }],
      ['PUT', '/v1/budget', { limitUsd: 5 }],
      ['PUT', '/v1/budget', {}],
      ['GET', '/v1/usage?from=2026-02-30', undefined],
      ['GET', '/v1/usage?from=2026-02-02&to=2026-02-01', undefined],
      ['GET', '/v1/usage?from=2020-01-01&to=2026-02-01', undefined],
      ['GET', '/v1/usage?from=0000-01-01', undefined],
      ['GET', '/v1/usage/projects?cursor=nonsense', undefined],
      ['GET', '/v1/projects/nonsense/usage', undefined],
    ] as const)('and not by %s %s with what does not fit', async (method, path, body) => {
      const on = await start({ worker: false })
      expect((await on.call(method, path, body)).status).toBe(422)
    })
  })
})
