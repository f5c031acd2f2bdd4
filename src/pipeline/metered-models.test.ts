import { afterEach, beforeEach, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { Analyst } from '../analysis/analyst.ts'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import { publishedPrices } from '../domain/price-table.ts'
import { parsePrices } from '../domain/prices.ts'
import { changeBudget } from './budget.ts'
import { retry } from './retry.ts'
import { uploadTranscript } from './upload.ts'
import { goodSum, modelAt, servedModels, Sum, sumCall, testKey } from '../model/testing/harness.ts'
import { type ModelServer, startModelServer } from '../model/testing/model-server.ts'
import { listCalls } from '../store/usage.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'
const offline = createOfflineAnalyst()
/** Ten dollars for a million tokens of input, a hundred for one of output. */
const prices = [
  parsePrices('[{"model":"openai/model-a","input":"10","output":"100"}]'),
  publishedPrices,
]

onEveryDatabase('calls over HTTP', (database) => {
  let models: ModelServer
  let server: TestServer | undefined
  beforeEach(async () => {
    models = await startModelServer({ key: testKey, models: servedModels })
  })
  afterEach(async () => {
    await server?.stop()
    await models[Symbol.asyncDispose]()
  })

  /** Asks a model, whose answer has to be mended once, before it gives the brief of the offline way. */
  function asking(): Analyst {
    const model = modelAt(models, 'openai/model-a')
    return {
      name: model.name,
      analyse: async (talk, signal = new AbortController().signal, meter) => {
        if (meter === undefined) throw new Error('The stage gave no meter.')
        const { instructions, input, check } = sumCall()
        const prompt = { id: 'sum', version: 'v1' }
        const question = { prompt, instructions, input, check, schema: Sum, maxOutputTokens: 500 }
        await model.answer({ ...question, ...meter }, signal)
        return offline.analyse(talk, signal)
      },
    }
  }

  it('are booked one by one and stop before the one that the budget has no room for', async () => {
    const started = await startTestServer(database(), { analyst: asking(), prices, worker: false })
    server = started
    const { workspaceId, ownerId: userId, pipeline } = started
    const principal = { userId, workspaceId, role: 'owner', via: 'admin_key' } as const
    const { projectId } = await uploadTranscript(pipeline, { workspaceId, transcript })
    if (projectId === null) throw new Error('The upload made no project.')
    // Room for one call, which may cost $0.05 of output and some input, and not for the one that mends.
    await changeBudget(pipeline, principal, projectId, 70_000)
    await started.stop()
    server = await startTestServer(database(), { analyst: asking(), prices })
    const tokens = { input: 1_000, cached: 0, output: 300, reasoning: 0 }
    models.reply({ kind: 'text', text: '{"parts":[2,3],"sum":6,"note":null}', tokens })
    const { body } = await server.until(
      projectId,
      (event) => event.body.type === 'project.status' && event.body.to === 'paused',
    )
    expect(body).toMatchObject({ reason: expect.stringContaining('openai/model-a') as string })
    expect(models.requests).toHaveLength(1)
    const { db } = database()
    expect(await listCalls(db, projectId, 10)).toMatchObject([
      { outcome: 'invalid', costMicros: 40_000, prompt: 'sum@v1' },
    ])
    await changeBudget(server.pipeline, principal, projectId, 1_000_000)
    models.reply({ kind: 'text', text: goodSum, tokens })
    await retry(server.pipeline, principal, projectId, 'analyse')
    await server.until(projectId, (event) => event.body.type === 'plan.ready')
    expect((await listCalls(db, projectId, 10)).map(({ outcome }) => outcome)).toEqual([
      'used',
      'invalid',
    ])
  })
})
