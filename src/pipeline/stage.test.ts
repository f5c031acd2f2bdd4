import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { Analyst } from '../analysis/analyst.ts'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import { Brief } from '../domain/brief.ts'
import { AppError } from '../domain/errors.ts'
import { readEvents } from '../store/events.ts'
import { uploadTranscript } from './upload.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

/** An analyst whose first attempts fail with an error. */
function failing(times: number, error: AppError): Analyst {
  const real = createOfflineAnalyst()
  let left = times
  return {
    name: 'failing',
    analyse: async (talk, signal) => {
      left -= 1
      if (left >= 0) throw error
      return real.analyse(talk, signal)
    },
  }
}

onEveryDatabase('a stage', (database) => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
  })

  async function upload(analyst: Analyst): Promise<{ on: TestServer; projectId: string }> {
    const on = await startTestServer(database(), { analyst })
    server = on
    const { workspaceId } = on
    const { projectId } = await uploadTranscript(on.pipeline, { workspaceId, transcript })
    if (projectId === null) throw new Error('The upload made no project.')
    return { on, projectId }
  }

  it('is tried again by itself after an error that may pass', async () => {
    const busy = new AppError('model_overloaded', 'The model is busy.', { retryable: true })
    const { on, projectId } = await upload(failing(1, busy))
    await on.until(projectId, ({ body }) => body.type === 'plan.ready')
    const events = await readEvents(database().db, projectId, 0, 100)
    const told = events.flatMap(({ body }) =>
      body.type === 'stage.started' || body.type === 'stage.failed' ? [body] : [],
    )
    expect(told).toMatchObject([
      { type: 'stage.started', stage: 'analyse', attempt: 1 },
      { type: 'stage.failed', code: 'model_overloaded', again: true },
      { type: 'stage.started', stage: 'analyse', attempt: 2 },
      { type: 'stage.started', stage: 'plan', attempt: 1 },
    ])
  })

  it('fails the project at once, with a reason, after an error that cannot pass, and can be retried', async () => {
    const refused = new AppError('language_unsupported', 'The talk is in German.')
    const { on, projectId } = await upload(failing(1, refused))
    await on.until(projectId, ({ body }) => body.type === 'project.status' && body.to === 'failed')
    const project = await on.call('GET', `/v1/projects/${projectId}`)
    expect(await project.json()).toMatchObject({
      status: 'failed',
      statusReason: 'The talk is in German.',
    })
    const tooEarly = await on.call('POST', `/v1/projects/${projectId}/retry`, { from: 'build' })
    expect(await tooEarly.json()).toMatchObject({ code: 'nothing_to_retry_from' })
    const again = await on.call('POST', `/v1/projects/${projectId}/retry`, { from: 'analyse' })
    expect(again.status).toBe(200)
    await on.until(projectId, ({ body }) => body.type === 'plan.ready')
  })

  it('lets no quote through that was not said', async () => {
    const real = createOfflineAnalyst()
    const invented = { turn: 't1', quote: 'words that nobody said' }
    const inventing: Analyst = {
      name: 'inventing',
      analyse: async (talk, signal) => {
        const brief = await real.analyse(talk, signal)
        const items = brief.items.map((item, index) =>
          index === 0 ? { ...item, citations: [...item.citations, invented] } : item,
        )
        return { ...brief, items }
      },
    }
    const { on, projectId } = await upload(inventing)
    await on.until(projectId, ({ body }) => body.type === 'plan.ready')
    const answer = await on.call('GET', `/v1/projects/${projectId}/brief`)
    const { dropped, items } = z.object({ brief: Brief }).parse(await answer.json()).brief
    expect(dropped.map(({ citation }) => citation)).toEqual([invented])
    expect(items.flatMap(({ citations }) => citations)).not.toContainEqual(invented)
  })

  it('leaves no job behind when its project was erased meanwhile', async () => {
    const { db } = database()
    const erasing: Analyst = {
      name: 'erasing',
      analyse: async () => {
        await db.deleteFrom('projects').execute()
        throw new AppError('language_unsupported', 'The talk is in German.')
      },
    }
    const { projectId } = await upload(erasing)
    const left = () =>
      db
        .selectFrom('processing_queue')
        .select('state')
        .where('project_id', '=', projectId)
        .execute()
    await expect.poll(left).toEqual([])
  })
})
