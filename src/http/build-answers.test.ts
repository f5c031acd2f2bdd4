import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { ProjectEvent } from '../domain/event.ts'
import type { Role } from '../domain/principal.ts'
import { runRunner, type RunningRunner } from '../runner/main.ts'
import { demoOrder, playing, scriptedConfig } from '../runner/testing/rig.ts'
import { listAudit } from '../store/audit.ts'
import { insertBuild } from '../store/builds.ts'
import { insertConversation } from '../store/conversations.ts'
import { insertProjects } from '../store/projects.ts'
import { callByKey, makeKey } from './testing/person.ts'
import type { BuildListView } from './views.ts'

const wishes = [{ kind: 'execute', command: 'npm publish' }]

onEveryDatabase('answering a build', (database) => {
  let server: TestServer
  let runner: RunningRunner
  let hooks: ReturnType<typeof createAdaptorServer>
  let root = ''
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'talkwright-answers-'))
    const config = scriptedConfig(root, '')
    const permissions = { rules: [], otherwise: 'ask' as const }
    const agent = playing('ask', JSON.stringify(wishes))
    runner = await runRunner({ ...config, agent, permissions }, new AbortController().signal)
    const builder = { builderUrl: runner.url, builderKey: config.apiKey }
    server = await startTestServer(database(), { worker: false, ...builder })
    hooks = createAdaptorServer({ fetch: server.app.fetch })
    hooks.listen(0, '127.0.0.1')
    await once(hooks, 'listening')
  })
  afterAll(async () => {
    await runner.close()
    await new Promise((resolve) => hooks.close(resolve))
    await server.stop()
    await rm(root, { recursive: true, force: true })
  })

  /** A project whose build has been ordered from the runner. */
  async function building(): Promise<{ projectId: string; buildId: string }> {
    const { workspaceId, pipeline } = server
    const [conversationId, projectId, buildId] = [randomUUID(), randomUUID(), randomUUID()]
    const { port } = hooks.address() as AddressInfo
    const order = await demoOrder(`http://127.0.0.1:${port}/webhooks/kiro`)
    const talk = { id: conversationId, workspaceId, source: 'upload', externalId: null }
    const wanted = { title: 'A talk', approval: 'auto', priority: 0 } as const
    await insertConversation(database().db, { ...talk, ...wanted })
    await database()
      .db.transaction()
      .execute(async (tx) => {
        const project = { id: projectId, workspaceId, conversationId, specId: randomUUID() }
        await insertProjects(tx, [{ project: { ...project, ...wanted }, turns: [], events: [] }])
        await tx
          .updateTable('projects')
          .set({ status: 'building' })
          .where('id', '=', projectId)
          .execute()
        const build = { id: buildId, workspaceId, projectId, planVersion: 1 }
        await insertBuild(tx, { ...build, planHash: order.plan_hash, includeOptional: false })
      })
    await pipeline.builders
      .at(null)
      .create(
        { ...order, webhook_secret: pipeline.buildWebhooks.secret, metadata: { build: buildId } },
        buildId,
      )
    return { projectId, buildId }
  }

  const isType = (type: string) => (event: ProjectEvent) => event.body.type === type

  async function asRole(role: Role, target: string, body: object): Promise<Response> {
    const { key } = await makeKey(server, { role })
    return callByKey(server, key, 'POST', target, body)
  }

  /** What was built is handed on to whoever may see the project. */
  async function expectArtifacts(projectId: string, buildId: string): Promise<void> {
    const target = `/v1/projects/${projectId}/builds/${buildId}/artifact`
    const zip = await server.call('GET', target)
    expect(zip.headers.get('content-disposition')).toMatch(
      /^attachment; filename="build-\w{8}\.zip"$/,
    )
    expect(Object.keys(unzipSync(new Uint8Array(await zip.arrayBuffer())))).toContain(
      'test/app.test.js',
    )
    const bundle = await server.call('GET', `${target}?format=bundle`)
    expect(await bundle.text()).toMatch(/^# v2 git bundle\n/)
    const elsewhere = target.replace(projectId, randomUUID())
    expect((await server.call('GET', elsewhere)).status).toBe(404)
    expect((await server.call('GET', `${target}?format=tar`)).status).toBe(422)
  }

  it('shows the question, hands a member’s answer on and keeps who gave it', async () => {
    const { projectId, buildId } = await building()
    await server.until(projectId, isType('build.needs_input'))
    const builds = await server.call('GET', `/v1/projects/${projectId}/builds`)
    const { items } = (await builds.json()) as BuildListView
    expect(items).toMatchObject([
      { state: 'waiting', questions: [{ question: expect.stringContaining('npm publish') }] },
    ])
    const question = items[0]?.questions[0]?.input_id ?? ''
    const early = await server.call('GET', `/v1/projects/${projectId}/builds/${buildId}/artifact`)
    expect([early.status, await early.json()]).toMatchObject([409, { code: 'build_not_ended' }])
    const target = `/v1/projects/${projectId}/builds/${buildId}/answer`
    const codeOf = async (answer: Response) => ({
      status: answer.status,
      ...((await answer.json()) as object),
    })

    expect((await asRole('viewer', target, { question, option: 'allow' })).status).toBe(403)
    expect((await asRole('member', target, { question })).status).toBe(422)
    const odd = await codeOf(await asRole('member', target, { question, option: 'perhaps' }))
    expect(odd).toMatchObject({ status: 422, detail: expect.stringContaining('The options are') })
    const other = `/v1/projects/${projectId}/builds/${randomUUID()}/answer`
    expect((await asRole('member', other, { question, option: 'allow' })).status).toBe(404)
    const unknown = { question: 'inp_unknown', option: 'allow' }
    expect(await codeOf(await asRole('member', target, unknown))).toMatchObject({
      status: 409,
      code: 'question_closed',
    })

    expect((await asRole('member', target, { question, option: 'allow' })).status).toBe(200)
    const closed = await server.until(projectId, isType('build.input_closed'))
    expect(closed.body).toMatchObject({ input_id: question, end: 'answered', option: 'allow' })
    await server.until(projectId, isType('build.completed'))
    await expectArtifacts(projectId, buildId)
    expect(
      await codeOf(await asRole('member', target, { question, option: 'deny' })),
    ).toMatchObject({
      status: 409,
      code: 'question_closed',
    })
    const audited = (await listAudit(database().db, server.workspaceId, 20)).filter(
      ({ action }) => action === 'build.answer',
    )
    // What the builder refused is on the record too.
    expect(audited.map(({ details }) => details)).toMatchObject([
      { build: buildId, answer: 'allow' },
      { build: buildId, answer: 'perhaps' },
    ])
  })
})
