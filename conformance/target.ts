import { z } from 'zod'
import { BuildCreated, BuildStatus, BuildWebhook, type CreateBuild } from '../src/domain/build.ts'

/** Why an implementer does not keep to the build API. */
export class Finding extends Error {}

/** Says that something is not as it has to be. @throws Finding */
export function expectThat(condition: boolean, finding: string): asserts condition {
  if (!condition) throw new Finding(finding)
}

const Problem = z.object({ status: z.number(), code: z.string().min(1), detail: z.string().min(1) })

/** The build API under test, from the outside. */
export interface Target {
  call(path: string, init?: RequestInit): Promise<Response>
  order(order: CreateBuild, key?: string): Promise<Response>
  /** Orders a build. @throws Finding when the answer is none. */
  create(order: CreateBuild, key?: string): Promise<BuildCreated>
  status(id: string): Promise<BuildStatus>
  events(id: string, query: string): Promise<BuildWebhook[]>
}

/** An answer's body in its form. @throws Finding */
export async function bodyOf<T>(what: string, answer: Response, Body: z.ZodType<T>): Promise<T> {
  const text = await answer.text()
  expectThat(answer.ok, `${what} answers ${answer.status}: ${text.slice(0, 200)}`)
  try {
    return Body.parse(JSON.parse(text))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON'
    throw new Finding(`${what} gives an answer of another shape: ${reason.slice(0, 300)}`)
  }
}

/** An error as the build API answers it. @throws Finding */
export async function expectProblem(
  what: string,
  answer: Response,
  statuses: readonly number[],
): Promise<void> {
  const text = await answer.text()
  expectThat(
    statuses.includes(answer.status),
    `${what} answers ${answer.status} instead of ${statuses.join(' or ')}.`,
  )
  const type = answer.headers.get('content-type') ?? 'nothing'
  expectThat(
    type.startsWith('application/problem+json'),
    `${what} answers with ${type} instead of application/problem+json.`,
  )
  const parsed = Problem.safeParse(parseJson(text))
  expectThat(parsed.success, `${what} answers a problem without status, code and detail.`)
  expectThat(
    parsed.data.status === answer.status,
    `${what} answers ${answer.status}, and its problem says ${parsed.data.status}.`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const Events = z.object({ items: z.array(BuildWebhook) })
const requestTimeoutMs = 30_000

/** The API at an address. */
export function targetAt(baseUrl: string, key: string): Target {
  const base = baseUrl.replace(/\/+$/, '')
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${key}`)
    const signal = AbortSignal.timeout(requestTimeoutMs)
    return fetch(base + path, { ...init, headers, signal })
  }
  const order = (input: CreateBuild, idempotencyKey?: string) =>
    call('/v1/projects', {
      method: 'POST',
      body: JSON.stringify(input),
      headers: {
        'content-type': 'application/json',
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
    })
  const build = (id: string) => `/v1/builds/${encodeURIComponent(id)}`
  return {
    call,
    order,
    create: async (input, idempotencyKey) =>
      bodyOf('POST /v1/projects', await order(input, idempotencyKey), BuildCreated),
    status: async (id) => bodyOf('GET /v1/builds/{id}', await call(build(id)), BuildStatus),
    async events(id, query) {
      const answer = await call(`${build(id)}/events${query}`)
      return (await bodyOf('GET /v1/builds/{id}/events', answer, Events)).items
    },
  }
}
