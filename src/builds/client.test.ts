import { expect, test } from 'vitest'
import type { CreateBuild } from '../domain/build.ts'
import { createBuildClient } from './client.ts'

const input: CreateBuild = {
  name: 'Demo',
  feature: 'demo',
  plan_hash: '0'.repeat(64),
  files: [{ path: '.kiro/specs/demo/tasks.md', content: '' }],
  include_optional: false,
  webhook_url: 'http://127.0.0.1/hook',
  metadata: {},
}

/** A client whose requests a function answers. */
function clientFor(answer: (request: Request) => Response | Promise<Response>) {
  return createBuildClient({
    baseUrl: 'http://runner.test/',
    apiKey: 'the key',
    fetch: async (target, init) => answer(new Request(target, init)),
  })
}

const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json({ code, detail: 'What to do.' }, { status, headers })

test('sends the key, the idempotency key and the order', async () => {
  const seen: unknown[] = []
  const client = clientFor(async (request) => {
    const { method, url, headers } = request
    seen.push(method, url, headers.get('authorization'), headers.get('idempotency-key'))
    seen.push(await request.json())
    return Response.json({ project_id: 'prj_1', build_id: 'bld_1' }, { status: 201 })
  })
  expect(await client.create(input, 'k')).toEqual({ project_id: 'prj_1', build_id: 'bld_1' })
  expect(seen).toEqual(['POST', 'http://runner.test/v1/projects', 'Bearer the key', 'k', input])
})

test.each([
  [401, 'build_api_unauthorised', false],
  [403, 'build_api_unauthorised', false],
  [404, 'build_not_found', false],
  [409, 'build_conflict', false],
  [422, 'build_refused', false],
  [501, 'build_refused', false],
  [408, 'build_api_unavailable', true],
  [425, 'build_api_unavailable', true],
  [429, 'build_api_unavailable', true],
  [503, 'build_api_unavailable', true],
])('makes of %i the error %s', async (status, code, retryable) => {
  const client = clientFor(() => problem(status, 'server_code', { 'retry-after': '7' }))
  await expect(client.status('x')).rejects.toMatchObject({
    code,
    retryable,
    details: { status, code: 'server_code', retryAfterSeconds: 7 },
  })
})

test('takes a network failure and an unreadable answer as worth another try', async () => {
  const broken = clientFor(() => Promise.reject(new TypeError('fetch failed')))
  await expect(broken.status('x')).rejects.toMatchObject({
    code: 'build_api_unreachable',
    retryable: true,
  })
  for (const body of ['{}', '<html>']) {
    await expect(clientFor(() => new Response(body)).status('x')).rejects.toMatchObject({
      code: 'build_api_bad_answer',
      retryable: true,
    })
  }
})

test('survives an error answer that is no problem document', async () => {
  const client = clientFor(() => new Response('<html>', { status: 502 }))
  await expect(client.cancel('x')).rejects.toMatchObject({ details: { status: 502 } })
})

test('keeps a build id from changing the path', async () => {
  const client = clientFor((request) => problem(404, new URL(request.url).pathname))
  await expect(client.status('../../x?y')).rejects.toMatchObject({
    details: { code: '/v1/builds/..%2F..%2Fx%3Fy' },
  })
})

test('reads all pages of events', async () => {
  const event = (sequence: number) => ({
    type: 'build.cancelled',
    timestamp: '2026-01-01T00:00:00.000Z',
    data: {
      project_id: 'p',
      build_id: 'b',
      sequence,
      metadata: {},
      event: { type: 'build.cancelled' },
    },
  })
  const client = clientFor((request) => {
    const after = Number(new URL(request.url).searchParams.get('after'))
    const items = [after + 1, after + 2].filter((sequence) => sequence <= 5).map(event)
    return Response.json({ items })
  })
  const events = await client.events('b', 1)
  expect(events.map((item) => item.data.sequence)).toEqual([2, 3, 4, 5])
})
