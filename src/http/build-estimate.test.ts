import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { createBuilder, createBuilders } from '../builds/builders.ts'
import type { BuildEventBody } from '../domain/build.ts'
import { agedProject, makeWorkspace } from '../ops/testing/aged.ts'
import { followBuild } from '../pipeline/follow.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import { insertBuild } from '../store/builds.ts'
import type { BuildEstimateView } from './build-estimate.ts'
import type { BuildListView } from './views.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

onEveryDatabase('what building a plan will probably cost', (database) => {
  let server: TestServer
  let runner: Server
  /** What the runner answers of itself; nothing where it does not know the question. */
  let load: object | undefined
  let projectId = ''
  beforeAll(async () => {
    runner = createServer((_, response) => {
      response.writeHead(load === undefined ? 404 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(load ?? {}))
    }).listen(0, '127.0.0.1')
    await once(runner, 'listening')
    const baseUrl = `http://127.0.0.1:${(runner.address() as AddressInfo).port}`
    const builder = createBuilder('one', { baseUrl, apiKey: 'none', fetch })
    server = await startTestServer(database(), { builders: createBuilders([builder], Math.random) })
    const { workspaceId } = server
    const uploaded = await uploadTranscript(server.pipeline, { workspaceId, transcript })
    if (uploaded.projectId === null) throw new Error('The upload made no project.')
    projectId = uploaded.projectId
    await server.until(projectId, ({ body }) => body.type === 'plan.ready')
  })
  afterAll(async () => {
    runner.close()
    await server.stop()
  })

  async function estimate(): Promise<BuildEstimateView> {
    const answer = await server.call('GET', `/v1/projects/${projectId}/builds/estimate`)
    expect(answer.status).toBe(200)
    return (await answer.json()) as BuildEstimateView
  }

  /** A build of another project that its builder told these events of; gives that project. */
  async function built(workspaceId: string, events: readonly BuildEventBody[]): Promise<string> {
    const { db } = database()
    const at = new Date()
    const owner = await agedProject(db, workspaceId, { status: 'building', at, events: 1 })
    const id = randomUUID()
    const build = { id, workspaceId, projectId: owner, planVersion: 1, planHash: 'ab'.repeat(32) }
    await db.transaction().execute((tx) => insertBuild(tx, { ...build, includeOptional: false }))
    for (const [index, event] of events.entries()) {
      const told = { project_id: 'p', build_id: id, metadata: { build: id } }
      const data = { ...told, sequence: index + 1, event }
      await followBuild(server.pipeline, { type: event.type, timestamp: at.toISOString(), data })
    }
    return owner
  }

  const started = (agent: string): BuildEventBody => ({ type: 'build.started', agent })
  const spent = (amount: number, total: number): BuildEventBody => ({
    type: 'build.progress',
    done: total,
    total,
    cost: { amount, currency: 'USD' },
  })
  const completed: BuildEventBody = {
    type: 'build.completed',
    done: 1,
    total: 1,
    tests: { passed: 1, failed: 0 },
    commit: 'c1',
  }

  it('rests on the completed builds of the same agent in the same workspace alone', async () => {
    load = { agent: 'claude', running: 0, waiting: 0, slots: 2 }
    const { tasks, agents } = await estimate()
    expect(tasks.required).toBeGreaterThan(0)
    expect(agents).toEqual([{ agent: 'claude', basis: 'unknown', why: 'nothing_known' }])

    const owner = await built(server.workspaceId, [started('claude'), spent(2, 4), completed])
    await built(server.workspaceId, [started('claude'), spent(1, 1), completed])
    await built(server.workspaceId, [started('claude'), spent(90, 1)])
    await built(server.workspaceId, [started('codex'), spent(80, 1), completed])
    await built(await makeWorkspace(database().db), [started('claude'), spent(70, 1), completed])
    const known = await estimate()
    expect(known.agents).toMatchObject([
      {
        agent: 'claude',
        basis: 'earlier_builds',
        builds: 2,
        cost: { low: tasks.required / 2, high: tasks.required, currency: 'USD' },
      },
    ])

    const builds = await server.call('GET', `/v1/projects/${owner}/builds`)
    expect(((await builds.json()) as BuildListView).items).toMatchObject([{ agent: 'claude' }])
  })

  it('is the rate that the builder states before there is a build, and nothing where that is 0', async () => {
    const slots = { running: 0, waiting: 0, slots: 2 }
    load = { agent: 'kiro', ...slots, rate: { low: 0.5, high: 2, currency: 'credits' } }
    const { tasks, agents } = await estimate()
    expect(agents).toMatchObject([
      { agent: 'kiro', basis: 'stated_rate', cost: { high: tasks.required * 2 } },
    ])
    load = { agent: 'scaffolder', ...slots, rate: { low: 0, high: 0, currency: 'USD' } }
    expect((await estimate()).agents).toEqual([{ agent: 'scaffolder', basis: 'free' }])
  })

  it('is said to be unknown, with the reason, where no builder tells', async () => {
    load = undefined
    expect((await estimate()).agents).toEqual([{ agent: null, basis: 'unknown', why: 'not_told' }])
    load = { agent: 7 }
    expect((await estimate()).agents).toEqual([
      { agent: null, basis: 'unknown', why: 'unreachable' },
    ])
  })
})
