import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import type { TestDatabase } from '../../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../../test/support/server.ts'
import type { BuildEventBody, BuildWebhook } from '../../domain/build.ts'
import { followBuild } from '../../pipeline/follow.ts'
import type { BriefView, ConversationCreatedView, PlanView, ProjectView } from '../views.ts'

/** A talk with a question that stays open and two statements that contradict each other. */
export const talk = `Agent: What do you need?
Client: We need an app for our library. Members can borrow books.
Client: Each book has a title, an author and a year.
Agent: How long may a member keep a book?
Client: I'm not sure yet, we have to decide that.
Client: Members can cancel a loan.
Client: Members must be able to search books by title.
Client: Members cannot cancel a loan.`

/** Takes every build in and says nothing more of it. */
function quietBuilder(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const ids = { project_id: randomUUID(), build_id: randomUUID() }
      response.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify(ids))
    })
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

/** A file of a plan by its name. */
export function fileOf({ plan: { files } }: PlanView, name: string): string {
  return files.find(({ path }) => path.endsWith(`/${name}`))?.content ?? ''
}

function requestsTo(server: TestServer) {
  return {
    get: async <T>(path: string): Promise<T> => {
      const response = await server.call('GET', path)
      expect(response.status).toBe(200)
      return (await response.json()) as T
    },
    send: async <T>(method: string, path: string, body: unknown): Promise<T> => {
      const response = await server.call(method, path, body)
      const answer = (await response.json()) as T
      expect(response.ok ? '' : answer).toBe('')
      return answer
    },
    refused: async (method: string, path: string, body?: unknown): Promise<object> => {
      const response = await server.call(method, path, body)
      expect(response.ok).toBe(false)
      return (await response.json()) as object
    },
  }
}

async function tell(server: TestServer, buildId: string, event: BuildEventBody): Promise<void> {
  const ids = { project_id: 'p', build_id: buildId, metadata: { build: buildId } }
  const timestamp = new Date().toISOString()
  const webhook: BuildWebhook = {
    type: event.type,
    timestamp,
    data: { ...ids, sequence: 1, event },
  }
  expect(await followBuild(server.pipeline, webhook)).toBe('accepted')
}

/** A server with a builder, and the steps that the tests of versions take on it. */
export async function startVersionRig(database: TestDatabase) {
  const builder = await quietBuilder()
  const { port } = builder.address() as AddressInfo
  const server = await startTestServer(database, { builderUrl: `http://127.0.0.1:${port}` })
  const requests = requestsTo(server)
  const { get, send } = requests
  const plan = (id: string, version?: number) =>
    get<PlanView>(`/v1/projects/${id}/plan${version === undefined ? '' : `?version=${version}`}`)
  const project = (id: string) => get<ProjectView>(`/v1/projects/${id}`)

  /** Resolves with the plan of this version once it waits for approval. */
  async function planned(id: string, version: number): Promise<PlanView> {
    await server.until(id, ({ body }) => body.type === 'plan.ready' && body.version === version)
    expect(await project(id)).toMatchObject({ status: 'awaiting_approval' })
    return plan(id)
  }

  async function upload(transcript: string, to?: string): Promise<string> {
    const body = { transcript, ...(to !== undefined && { project: to }) }
    const { projectId } = await send<ConversationCreatedView>('POST', '/v1/conversations', body)
    if (projectId === null) throw new Error('The upload made no project.')
    return projectId
  }

  return {
    server,
    ...requests,
    plan,
    project,
    planned,
    upload,
    brief: (id: string) => get<BriefView>(`/v1/projects/${id}/brief`),
    /** A project with the first version of its plan. */
    async started(): Promise<{ id: string; first: PlanView }> {
      const id = await upload(talk)
      return { id, first: await planned(id, 1) }
    },
    /** Approves the newest plan; gives the build's id. */
    async build(id: string): Promise<string> {
      const { hash: planHash } = await plan(id)
      const path = `/v1/projects/${id}/approve`
      return (await send<{ buildId: string }>('POST', path, { planHash })).buildId
    },
    /** Has the builder say that a build is done. */
    async complete(buildId: string): Promise<void> {
      const tests = { passed: 1, failed: 0 }
      await tell(server, buildId, {
        type: 'build.completed',
        done: 1,
        total: 1,
        tests,
        commit: 'c',
      })
    },
    async stop(): Promise<void> {
      await server.stop()
      builder.closeAllConnections()
      builder.close()
    },
  }
}

export type VersionRig = Awaited<ReturnType<typeof startVersionRig>>
