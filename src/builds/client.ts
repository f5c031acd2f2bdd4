import { z } from 'zod'
import { BuildCreated, BuildStatus, BuildWebhook } from '../domain/build.ts'
import type { AnswerBuild, CreateBuild } from '../domain/build.ts'
import { createTransport, readAs, type TransportOptions } from './transport.ts'

/** A caller's side of the build API; every method throws AppError with `retryable` set. */
export interface BuildClient {
  /** Starts a build, once for each key however often it is called. */
  create(input: CreateBuild, idempotencyKey: string): Promise<BuildCreated>
  status(id: string): Promise<BuildStatus>
  /** All events after this sequence, in order. */
  events(id: string, after: number): Promise<BuildWebhook[]>
  /** Asks for a build's end; the webhook `build.cancelled` tells when it is over. */
  cancel(id: string): Promise<void>
  /** Answers a question that a build waits on. */
  answer(id: string, answer: AnswerBuild): Promise<void>
  /** What an ended build has made, as files or as a repository; the caller reads or cancels the body. */
  artifact(id: string, format: 'zip' | 'bundle'): Promise<Response>
}

const Events = z.object({ items: z.array(BuildWebhook).max(1_000) })

function buildPath(id: string, rest = ''): string {
  return `/v1/builds/${encodeURIComponent(id)}${rest}`
}

/** A client of the build API on nothing but `fetch`. */
export function createBuildClient(options: TransportOptions): BuildClient {
  const transport = createTransport(options)
  return {
    async create(input, idempotencyKey) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }
      const body = JSON.stringify(input)
      return readAs(
        BuildCreated,
        await transport.request('POST', '/v1/projects', { headers, body }),
      )
    },
    status: async (id) => readAs(BuildStatus, await transport.request('GET', buildPath(id))),
    async events(id, after) {
      const all: BuildWebhook[] = []
      for (;;) {
        const from = all.at(-1)?.data.sequence ?? after
        const page = await transport.request('GET', buildPath(id, `/events?after=${from}`))
        const { items } = await readAs(Events, page)
        const fresh = items.filter((item) => item.data.sequence > from)
        if (fresh.length === 0) return all
        all.push(...fresh)
      }
    },
    async cancel(id) {
      const response = await transport.request('POST', buildPath(id, '/cancel'))
      await response.body?.cancel()
    },
    async answer(id, answer) {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(answer)
      const response = await transport.request('POST', buildPath(id, '/answer'), { headers, body })
      await response.body?.cancel()
    },
    artifact: (id, format) => transport.download(buildPath(id, `/artifact?format=${format}`)),
  }
}
