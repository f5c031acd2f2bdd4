import { afterEach, expect, it, vi } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { BuildClient } from '../builds/client.ts'
import { AppError } from '../domain/errors.ts'
import type { Workers } from './queue/workers.ts'
import { uploadTranscript } from './upload.ts'
import { startWorker } from './worker.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

/** A builder that takes orders in and never answers a question. */
function muteBuilder() {
  const asked = Promise.withResolvers<void>()
  let questions = 0
  const refuse = async (): Promise<never> => {
    throw new AppError('not_asked', 'The test asks for no such thing.')
  }
  const client: BuildClient = {
    create: async (_input, key) => ({ project_id: 'p', build_id: `b-${key}` }),
    cancel: refuse,
    status: refuse,
    events: () => {
      questions += 1
      asked.resolve()
      return new Promise(() => undefined)
    },
    artifact: refuse,
    answer: refuse,
  }
  return { client, asked: asked.promise, questions: () => questions }
}

const idle: Workers = {
  work: () => undefined,
  drain: async () => ({ end: 'empty', started: 0 }),
  recover: async () => 0,
  stop: async () => undefined,
}

onEveryDatabase('a worker', (database) => {
  let server: TestServer | undefined
  afterEach(async () => {
    vi.useRealTimers()
    await server?.stop()
  })

  it('stops in time while a builder does not answer its questions', async () => {
    const builder = muteBuilder()
    const on = await startTestServer(database(), { builder: builder.client })
    server = on
    for (let n = 0; n < 2; n += 1) {
      const upload = { workspaceId: on.workspaceId, transcript, approval: 'auto' } as const
      const { projectId } = await uploadTranscript(on.pipeline, upload)
      await on.until(
        projectId ?? '',
        ({ body }) => body.type === 'stage.finished' && body.stage === 'build',
      )
    }
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const clock = () => new Date(Date.now() + 120_000)
    const worker = startWorker({ ...on.pipeline, clock }, idle, {
      ingest: 1,
      fetch: 1,
      analyse: 1,
      plan: 1,
      build: 1,
    })
    vi.advanceTimersByTime(90_000)
    await builder.asked
    await worker.stop()
    expect(builder.questions()).toBe(1)
  }, 20_000)
})
