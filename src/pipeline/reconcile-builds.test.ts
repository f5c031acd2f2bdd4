import { afterEach, expect, it, vi } from 'vitest'
import { onEveryDatabase, type TestDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { createBuilder, createBuilders } from '../builds/builders.ts'
import { type BuildClient, createBuildClient } from '../builds/client.ts'
import { AppError } from '../domain/errors.ts'
import type { BuildListView, ProjectView } from '../http/views.ts'
import {
  apiKey,
  isLast,
  type Rig,
  type RigOptions,
  startRig,
  webhookSecret,
} from '../runner/testing/rig.ts'
import { listBuilds } from '../store/builds.ts'
import { askAboutSilentBuilds, endUnwantedBuilds } from './reconcile-builds.ts'
import { uploadTranscript } from './upload.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'
const minuteMs = 60_000

/** Stands before a real runner and loses what it is told to lose. */
function makeLine(rig: Rig) {
  const real = createBuildClient({
    baseUrl: rig.runner().url,
    apiKey,
    fetch: (target, init) => fetch(target, init),
    timeoutMs: 5_000,
  })
  const lost = { answers: false, cancels: false }
  const cut = new AppError('build_api_unreachable', 'The line is cut.', { retryable: true })
  const ordered: string[] = []
  const builder: BuildClient = {
    ...real,
    create: async (input, key) => {
      // The receiver knows the runner's own secret alone.
      const { webhook_secret: _own, ...rest } = input
      const created = await real.create(rest, key)
      ordered.push(created.build_id)
      if (lost.answers) throw cut
      return created
    },
    cancel: async (id) => {
      if (lost.cancels) throw cut
      await real.cancel(id)
    },
  }
  return { builder, lost, ordered }
}

onEveryDatabase('the reconciler of builds', (database: () => TestDatabase) => {
  let server: TestServer | undefined
  let rig: Rig | undefined
  let second: Rig | undefined
  afterEach(async () => {
    await server?.stop()
    await rig?.[Symbol.asyncDispose]()
    await second?.[Symbol.asyncDispose]()
    second = undefined
  })

  /** A server whose builder is a real runner, the webhooks of which go elsewhere, and a clock that can be put forward. */
  async function start(options: RigOptions) {
    const runner = await startRig(options)
    rig = runner
    let aheadMs = 0
    const line = makeLine(runner)
    const on = await startTestServer(database(), {
      builder: line.builder,
      buildWebhooks: { url: runner.receiver.url, secret: webhookSecret },
      clock: () => new Date(Date.now() + aheadMs),
    })
    server = on
    const later = (minutes: number) => {
      aheadMs += minutes * minuteMs
    }
    return { on, runner, later, ...line }
  }

  async function upload(on: TestServer): Promise<string> {
    const { workspaceId } = on
    const { projectId } = await uploadTranscript(on.pipeline, {
      workspaceId,
      transcript,
      approval: 'auto',
    })
    if (projectId === null) throw new Error('The upload made no project.')
    return projectId
  }

  async function look(on: TestServer, projectId: string) {
    const project = await on.call('GET', `/v1/projects/${projectId}`)
    const builds = await on.call('GET', `/v1/projects/${projectId}/builds`)
    const { status } = (await project.json()) as ProjectView
    const { items } = (await builds.json()) as BuildListView
    return { status, states: items.map(({ state }) => state), error: items[0]?.error ?? null }
  }

  const ordering = (on: TestServer, projectId: string) =>
    on.until(projectId, ({ body }) => body.type === 'stage.finished' && body.stage === 'build')

  it('learns of an end whose webhooks were lost', async () => {
    const { on, runner, later } = await start({ script: 'works' })
    const projectId = await upload(on)
    await ordering(on, projectId)
    await runner.receiver.until(isLast)
    later(2)
    expect(await askAboutSilentBuilds(on.pipeline)).toBe(1)
    const { status, states } = await look(on, projectId)
    expect(['completed', 'failed']).toContain(status)
    expect(states).toEqual([status])
    expect(await askAboutSilentBuilds(on.pipeline)).toBe(0)
  })

  it('ends a build that the builder has forgotten, after a while, and asks about it in turn until then', async () => {
    const { on, runner, later, ordered } = await start({ script: 'hangs' })
    const projectId = await upload(on)
    await ordering(on, projectId)
    await runner.call(`/v1/builds/${ordered[0]}/cancel`, { method: 'POST' })
    await runner.receiver.until(isLast)
    // A runner on another folder knows nothing of it.
    await on.pipeline.database.db
      .updateTable('builds')
      .set({ external_id: `bld_forgotten_${projectId}` })
      .where('project_id', '=', projectId)
      .execute()
    later(2)
    expect(await askAboutSilentBuilds(on.pipeline)).toBe(1)
    // It was asked about just now, so it does not stand in the way of others.
    expect(await askAboutSilentBuilds(on.pipeline)).toBe(0)
    expect((await look(on, projectId)).status).toBe('building')
    later(10)
    expect(await askAboutSilentBuilds(on.pipeline)).toBe(1)
    expect(await look(on, projectId)).toMatchObject({
      status: 'failed',
      states: ['failed'],
      error: { code: 'build_forgotten' },
    })
    await on.call('POST', `/v1/projects/${projectId}/retry`, { from: 'build' })
    expect((await look(on, projectId)).states).toEqual(['queued', 'failed'])
  })

  it('cancels at the builder what was cancelled while the line was cut', async () => {
    const { on, runner, later, lost } = await start({ script: 'hangs' })
    const projectId = await upload(on)
    await ordering(on, projectId)
    lost.cancels = true
    await on.call('POST', `/v1/projects/${projectId}/cancel`)
    expect(await endUnwantedBuilds(on.pipeline)).toBe(0)
    later(2)
    expect(await endUnwantedBuilds(on.pipeline)).toBe(1)
    lost.cancels = false
    later(2)
    expect(await endUnwantedBuilds(on.pipeline)).toBe(1)
    await runner.receiver.until(({ type }) => type === 'build.cancelled')
    later(2)
    expect(await endUnwantedBuilds(on.pipeline)).toBe(0)
    await askAboutSilentBuilds(on.pipeline)
    expect(await look(on, projectId)).toMatchObject({ status: 'cancelled', states: ['cancelled'] })
  })

  it('finds and cancels a build of which the answer to its order never came', async () => {
    const { on, runner, later, lost, ordered } = await start({ script: 'hangs' })
    lost.answers = true
    const projectId = await upload(on)
    await on.until(projectId, ({ body }) => body.type === 'stage.failed')
    await on.call('POST', `/v1/projects/${projectId}/cancel`)
    expect(await look(on, projectId)).toMatchObject({ status: 'cancelled', states: ['cancelled'] })
    lost.answers = false
    later(2)
    expect(await endUnwantedBuilds(on.pipeline)).toBe(1)
    await runner.receiver.until(({ type }) => type === 'build.cancelled')
    // Asking again has started no second build.
    expect(new Set(ordered).size).toBe(1)
    const [row] = await listBuilds(database().db, projectId)
    expect(row).toMatchObject({ external_id: ordered[0], cancel_due_at: null })
  })

  it('ends the build of a project that fails before the builder has it', async () => {
    const on = await startTestServer(database(), {
      builder: {
        ...createBuildClient({ baseUrl: 'http://127.0.0.1:9', apiKey, fetch, timeoutMs: 1_000 }),
        create: () => Promise.reject(new AppError('build_refused', 'The plan is refused.')),
      },
    })
    server = on
    const projectId = await upload(on)
    await on.until(projectId, ({ body }) => body.type === 'build.failed')
    expect(await look(on, projectId)).toMatchObject({
      status: 'failed',
      states: ['failed'],
      error: { code: 'build_refused', message: 'The plan is refused.' },
    })
  })

  it('queues the order of a build again whose job is gone', async () => {
    const { on, later, lost, ordered } = await start({ script: 'works' })
    lost.answers = true
    const projectId = await upload(on)
    await on.until(projectId, ({ body }) => body.type === 'stage.failed')
    const { db } = database()
    await db.transaction().execute(async (tx) => {
      const job = await tx
        .selectFrom('processing_queue')
        .select('id')
        .where('project_id', '=', projectId)
        .where('state', '=', 'delayed')
        .executeTakeFirstOrThrow()
      await on.pipeline.queue.cancel(tx, 'build', job.id, 'unclaimed')
    })
    lost.answers = false
    later(2)
    await askAboutSilentBuilds(on.pipeline)
    await ordering(on, projectId)
    expect(new Set(ordered).size).toBe(1)
  })

  /** Two runners that a project can be built by, the first of which can be cut off. */
  async function startTwo() {
    const [one, other] = await Promise.all([
      startRig({ script: 'hangs' }),
      startRig({ script: 'works' }),
    ])
    rig = one
    second = other
    let aheadMs = 0
    const cut = { one: false }
    const builderOf = (name: string, at: Rig, isCut: () => boolean) => {
      const reach: typeof fetch = async (target, init) => {
        if (isCut()) throw new TypeError('cut off')
        return fetch(target, init)
      }
      const baseUrl = at.runner().url
      return createBuilder(name, { baseUrl, apiKey, fetch: reach, timeoutMs: 5_000 })
    }
    const first = builderOf('one', one, () => cut.one)
    const on = await startTestServer(database(), {
      builders: createBuilders([first, builderOf('other', other, () => false)], () => 0),
      buildWebhooks: { url: other.receiver.url, secret: webhookSecret },
      clock: () => new Date(Date.now() + aheadMs),
    })
    server = on
    const later = (minutes: number) => {
      aheadMs += minutes * minuteMs
    }
    return { on, one, other, cut, later }
  }

  it('builds elsewhere what a builder has that is gone, and ends it there when that comes back', async () => {
    const { on, one, cut, later } = await startTwo()
    const projectId = await upload(on)
    await ordering(on, projectId)
    const [row] = await listBuilds(database().db, projectId)
    expect(row).toMatchObject({ builder: 'one', state: 'queued' })
    cut.one = true
    for (const minutes of [2, 10]) {
      later(minutes)
      await askAboutSilentBuilds(on.pipeline)
      expect((await look(on, projectId)).states).toHaveLength(1)
    }
    later(5)
    await askAboutSilentBuilds(on.pipeline)
    expect(await look(on, projectId)).toMatchObject({ status: 'building' })
    await vi.waitFor(
      async () => {
        const [next, lost] = await listBuilds(database().db, projectId)
        expect(next).toMatchObject({ builder: 'other' })
        expect(next?.external_id).not.toBe(null)
        expect(lost).toMatchObject({ state: 'failed', error: { code: 'builder_gone' } })
      },
      { timeout: 20_000, interval: 50 },
    )
    await endUnwantedBuilds(on.pipeline)
    cut.one = false
    later(2)
    await endUnwantedBuilds(on.pipeline)
    const id = row?.external_id ?? ''
    await vi.waitFor(async () => expect((await one.status(id)).state).toBe('cancelled'), {
      timeout: 20_000,
      interval: 50,
    })
  })

  it('fails a build whose builder is gone when no other one answers', async () => {
    const { on, runner, later } = await start({ script: 'hangs' })
    const projectId = await upload(on)
    await ordering(on, projectId)
    await runner.runner().close()
    later(16)
    await askAboutSilentBuilds(on.pipeline)
    expect(await look(on, projectId)).toMatchObject({
      status: 'failed',
      states: ['failed'],
      error: { code: 'builder_gone' },
    })
  })

  it('keeps a build that its builder still has, however long it is silent', async () => {
    const { on, later } = await start({ script: 'hangs' })
    const projectId = await upload(on)
    await ordering(on, projectId)
    for (const minutes of [10, 10, 10]) {
      later(minutes)
      await askAboutSilentBuilds(on.pipeline)
    }
    expect((await look(on, projectId)).status).toBe('building')
  })
})
