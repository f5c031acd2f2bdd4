import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { BuildEventBody, BuildWebhook } from '../domain/build.ts'
import { insertBuild } from '../store/builds.ts'
import { insertConversation } from '../store/conversations.ts'
import { readEvents } from '../store/events.ts'
import { insertProjects } from '../store/projects.ts'
import type { BuildListView, ProjectView } from './views.ts'

const planHash = 'ab'.repeat(32)

const delivered = {
  url: 'https://git.example/acme/shop.git',
  branch: 'talkwright/shop-1234abcd',
  commit: 'c2',
  pull_request: { number: 4, url: 'https://git.example/acme/shop/pull/4' },
}

const story: readonly BuildEventBody[] = [
  { type: 'build.started', agent: 'scaffolder' },
  { type: 'build.log', kind: 'agent', text: 'Reading the spec' },
  {
    type: 'build.task',
    task: { id: '1', title: 'Set up', state: 'in_progress', optional: false },
  },
  {
    type: 'build.task',
    task: { id: '1', title: 'Set up', state: 'completed', optional: false, commit: 'c1' },
  },
  {
    type: 'build.evidence',
    criteria: [
      { ref: '1.1', result: 'not_shown' },
      { ref: '1.2', result: 'not_shown' },
    ],
  },
  { type: 'build.progress', done: 0, total: 2 },
  {
    type: 'build.evidence',
    criteria: [{ ref: '1.1', result: 'passed', test: '1.1 keeps books' }],
  },
  {
    type: 'build.progress',
    done: 1,
    total: 2,
    elapsed_ms: 1_500,
    cost: { amount: 0.25, currency: 'USD' },
  },
  {
    type: 'build.task',
    task: { id: '2', title: 'Mail', state: 'not_started', optional: false, reason: 'No server' },
  },
  { type: 'build.delivered', ...delivered },
  {
    type: 'build.completed',
    done: 1,
    total: 2,
    tests: { passed: 4, failed: 0 },
    commit: 'c1',
    folder: '/builds/x',
  },
]

onEveryDatabase('the build endpoint', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(database(), { worker: false })
  })
  afterAll(async () => {
    await server.stop()
  })

  /** A project whose build has just been started. */
  async function building(): Promise<{ projectId: string; buildId: string }> {
    const { workspaceId } = server
    const [conversationId, projectId, buildId] = [randomUUID(), randomUUID(), randomUUID()]
    await insertConversation(database().db, {
      id: conversationId,
      workspaceId,
      source: 'upload',
      externalId: null,
      title: 'A talk',
      approval: 'auto',
      priority: 0,
    })
    await database()
      .db.transaction()
      .execute(async (tx) => {
        const specId = randomUUID()
        const project = { id: projectId, workspaceId, conversationId, specId }
        const wishes = { title: 'A talk', approval: 'auto', priority: 0 } as const
        await insertProjects(tx, [{ project: { ...project, ...wishes }, turns: [], events: [] }])
        await tx
          .updateTable('projects')
          .set({ status: 'building' })
          .where('id', '=', projectId)
          .execute()
        const build = { id: buildId, workspaceId, projectId, planVersion: 1, planHash }
        await insertBuild(tx, { ...build, includeOptional: false })
      })
    return { projectId, buildId }
  }

  function webhook(buildId: string, sequence: number, event: BuildEventBody): BuildWebhook {
    return {
      type: event.type,
      timestamp: new Date().toISOString(),
      data: {
        project_id: 'p1',
        build_id: 'b1',
        sequence,
        metadata: { build: buildId },
        event,
      },
    }
  }

  async function post(message: BuildWebhook, secret = server.pipeline.buildWebhooks.secret) {
    const body = JSON.stringify(message)
    const id = `msg_${message.data.sequence}`
    const now = new Date()
    return server.app.request('/webhooks/kiro', {
      method: 'POST',
      body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, now, body),
      },
    })
  }

  it('makes the same log of a build’s webhooks in whatever order and however often they come', async () => {
    const numbered = story.map((event, index) => [index + 1, event] as const)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...numbered, ...numbered], { minLength: numbered.length * 2 }),
        async (messages) => {
          const { projectId, buildId } = await building()
          for (const [sequence, event] of messages) {
            expect((await post(webhook(buildId, sequence, event))).ok).toBe(true)
          }
          const events = await readEvents(database().db, projectId, 0, 100)
          expect(events.map(({ seq, body }) => [seq, body.type])).toEqual([
            ...numbered.map(([sequence, event]) => [sequence, event.type]),
            [numbered.length + 1, 'project.status'],
          ])
          const project = (await (
            await server.call('GET', `/v1/projects/${projectId}`)
          ).json()) as ProjectView
          expect(project.status).toBe('completed')
          const { items } = (await (
            await server.call('GET', `/v1/projects/${projectId}/builds`)
          ).json()) as BuildListView
          expect(items[0]).toMatchObject({
            state: 'completed',
            folder: '/builds/x',
            delivery: delivered,
            tasks: [
              { id: '1', state: 'completed', commit: 'c1' },
              { id: '2', state: 'not_started', reason: 'No server' },
            ],
            evidence: [
              { ref: '1.1', result: 'passed', test: '1.1 keeps books' },
              { ref: '1.2', result: 'not_shown' },
            ],
            progress: {
              done: 1,
              total: 2,
              elapsed_ms: 1_500,
              cost: { amount: 0.25, currency: 'USD' },
            },
          })
        },
      ),
      { numRuns: 6 },
    )
  })

  it('takes all of them at once', async () => {
    const { projectId, buildId } = await building()
    const answers = await Promise.all(
      story.map((event, index) => post(webhook(buildId, index + 1, event))),
    )
    expect(answers.map((answer) => answer.status)).toEqual(story.map(() => 202))
    const events = await readEvents(database().db, projectId, 0, 100)
    expect(events.map(({ seq }) => seq)).toEqual(
      Array.from({ length: story.length + 1 }, (_, index) => index + 1),
    )
  })

  it('holds back what comes after a gap until the gap has closed', async () => {
    const { projectId, buildId } = await building()
    const [first, second] = story
    if (first === undefined || second === undefined) throw new Error('The story is too short.')
    await post(webhook(buildId, 2, second))
    expect(await readEvents(database().db, projectId, 0, 10)).toEqual([])
    await post(webhook(buildId, 1, first))
    const events = await readEvents(database().db, projectId, 0, 10)
    expect(events.map(({ body }) => body.type)).toEqual(['build.started', 'build.log'])
  })

  it('tells lines of a log apart that came together', async () => {
    const { projectId, buildId } = await building()
    const together = { type: 'build.log', kind: 'agent', text: 'one\ntwo' } as const
    await post(webhook(buildId, 1, { type: 'build.started', agent: 'scaffolder' }))
    await post(webhook(buildId, 2, together))
    const events = await readEvents(database().db, projectId, 0, 10)
    const told = events.flatMap(({ body }) => (body.type === 'build.log' ? [body.text] : []))
    expect(told).toEqual(['one', 'two'])
  })

  it('says a failed build’s reason on its project', async () => {
    const { projectId, buildId } = await building()
    const failed = {
      type: 'build.failed',
      code: 'tests_failed',
      message: 'Two tests fail.',
    } as const
    await post(webhook(buildId, 1, failed))
    const project = await server.call('GET', `/v1/projects/${projectId}`)
    expect(await project.json()).toMatchObject({
      status: 'failed',
      statusReason: 'Two tests fail.',
    })
  })

  it('refuses a forged signature, a build that it does not know, and a body that is none', async () => {
    const { buildId } = await building()
    const [first] = story
    if (first === undefined) throw new Error('The story is empty.')
    const forged = await post(webhook(buildId, 1, first), 'whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0')
    expect(forged.status).toBe(401)
    const unknown = await post(webhook(randomUUID(), 1, first))
    expect(await unknown.json()).toMatchObject({ code: 'unknown_build' })
    const unsigned = await server.app.request('/webhooks/kiro', { method: 'POST', body: '{}' })
    expect(unsigned.status).toBe(401)
  })

  it('answers 422 to a number or an id that the database cannot hold', async () => {
    const { buildId } = await building()
    const started = { type: 'build.started', agent: 'x' } as const
    const tooHigh = await post(webhook(buildId, 2 ** 31, started))
    expect(tooHigh.status).toBe(422)
    expect(await tooHigh.json()).toMatchObject({ code: 'invalid_body' })
    const noId = await post(webhook('-'.repeat(36), 1, started))
    expect(noId.status).toBe(422)
    expect(await noId.json()).toMatchObject({ code: 'unknown_build' })
  })
})
