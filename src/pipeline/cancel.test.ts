import { afterEach, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { BuildClient } from '../builds/client.ts'
import { AppError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { Planner } from '../planning/planner.ts'
import { createOfflinePlanner } from '../planning/offline/planner.ts'
import { listBuilds } from '../store/builds.ts'
import { getProject } from '../store/projects.ts'
import { cancel } from './cancel.ts'
import { followBuild } from './follow.ts'
import { retry } from './retry.ts'
import { uploadTranscript } from './upload.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

/** A builder that takes its first order in only when it is told to, and notes what it is asked. */
function slowBuilder() {
  const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const ordered: string[] = []
  const cancelled: string[] = []
  const ended = Promise.withResolvers<void>()
  const refuse = async (): Promise<never> => {
    throw new AppError('not_asked', 'The test asks for no such thing.')
  }
  const client: BuildClient = {
    create: async (_input, key) => {
      ordered.push(key)
      asked.resolve()
      await answer.promise
      return { project_id: 'p', build_id: `b-${key}` }
    },
    cancel: async (id) => {
      cancelled.push(id)
      ended.resolve()
    },
    status: refuse,
    events: async () => [],
    artifact: refuse,
    answer: refuse,
  }
  return { client, ordered, cancelled, asked: asked.promise, ended: ended.promise, answer }
}

onEveryDatabase('cancelling', (database) => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
  })

  async function ordering() {
    const builder = slowBuilder()
    const on = await startTestServer(database(), { builder: builder.client })
    server = on
    const { workspaceId, ownerId: userId } = on
    const who: Principal = { userId, workspaceId, role: 'owner', via: 'session' }
    const upload = { workspaceId, transcript, approval: 'auto' } as const
    const { projectId } = await uploadTranscript(on.pipeline, upload)
    if (projectId === null) throw new Error('The upload made no project.')
    await builder.asked
    return { on, builder, who, projectId }
  }

  it('ends a build that the builder was just taking in', async () => {
    const { on, builder, who, projectId } = await ordering()
    await cancel(on.pipeline, who, projectId)
    expect(builder.cancelled).toEqual([])
    builder.answer.resolve()
    await builder.ended
    expect(builder.cancelled).toEqual([`b-${builder.ordered[0]}`])
    const [row] = await listBuilds(database().db, projectId)
    expect(row).toMatchObject({ state: 'cancelled', external_id: builder.cancelled[0] })
  })

  it('ends that build alone when the project was retried meanwhile', async () => {
    const { on, builder, who, projectId } = await ordering()
    await cancel(on.pipeline, who, projectId)
    await retry(on.pipeline, who, projectId, 'build')
    builder.answer.resolve()
    await on.until(
      projectId,
      ({ body }) => body.type === 'stage.finished' && body.stage === 'build',
    )
    await builder.ended
    const rows = await listBuilds(database().db, projectId)
    expect(builder.cancelled).toEqual([`b-${builder.ordered[0]}`])
    expect(rows.map((row) => row.state)).toEqual(['queued', 'cancelled'])
  })

  it('keeps the end of a stopped build from a project that was retried since', async () => {
    const { on, builder, who, projectId } = await ordering()
    builder.answer.resolve()
    await on.until(
      projectId,
      ({ body }) => body.type === 'stage.finished' && body.stage === 'build',
    )
    await cancel(on.pipeline, who, projectId)
    await retry(on.pipeline, who, projectId, 'build')
    const [stopped = ''] = builder.ordered
    const followed = await followBuild(on.pipeline, {
      type: 'build.cancelled',
      timestamp: new Date().toISOString(),
      data: {
        project_id: 'p',
        build_id: `b-${stopped}`,
        sequence: 1,
        metadata: { build: stopped },
        event: { type: 'build.cancelled' },
      },
    })
    expect(followed).toBe('accepted')
    const rows = await listBuilds(database().db, projectId)
    expect(rows.map((row) => row.state)).toEqual(['queued', 'cancelled'])
    expect((await getProject(database().db, projectId)).status).toBe('building')
  })

  it('leaves no job behind that would take a later run for its own', async () => {
    const real = createOfflinePlanner()
    let isBusy = true
    const planner: Planner = {
      name: 'busy',
      plan: async (input, signal) => {
        if (!isBusy) return real.plan(input, signal)
        isBusy = false
        const options = { retryable: true, details: { retryAfterSeconds: 600 } }
        throw new AppError('model_overloaded', 'The model is busy.', options)
      },
    }
    const on = await startTestServer(database(), { planner })
    server = on
    const { workspaceId, ownerId: userId } = on
    const who: Principal = { userId, workspaceId, role: 'owner', via: 'session' }
    const { projectId } = await uploadTranscript(on.pipeline, { workspaceId, transcript })
    if (projectId === null) throw new Error('The upload made no project.')
    await on.until(projectId, ({ body }) => body.type === 'stage.failed')
    await cancel(on.pipeline, who, projectId)
    await retry(on.pipeline, who, projectId, 'analyse')
    await on.until(projectId, ({ body }) => body.type === 'plan.ready')
    const left = await database()
      .db.selectFrom('processing_queue')
      .select(['stage', 'state'])
      .where('project_id', '=', projectId)
      .where('state', 'not in', ['completed', 'cancelled'])
      .execute()
    expect(left).toEqual([])
  })
})
