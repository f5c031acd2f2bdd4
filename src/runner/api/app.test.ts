import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { planHash } from '../../domain/plan.ts'
import { createRunner } from '../runner.ts'
import { scriptedConfig, startRig, type Rig } from '../testing/rig.ts'

const OpenApi = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) })),
  ),
  webhooks: z.unknown(),
  security: z.unknown(),
})

const stub = { script: 'refuses' }

async function problemOf(answer: Response): Promise<unknown> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  return answer.json()
}

const post = (rig: Rig, body: string) =>
  rig.call('/v1/projects', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })

test('answers /livez without a key and nothing else', async () => {
  await using rig = await startRig(stub)
  expect((await fetch(`${rig.runner().url}/livez`)).status).toBe(200)
  for (const authorization of ['', 'Bearer wrong', 'Basic YTpi']) {
    const answer = await rig.call('/v1/builds/x', { headers: { authorization } })
    expect(answer.status).toBe(401)
    expect(await problemOf(answer)).toMatchObject({ code: 'unauthorised' })
  }
})

test('refuses bodies that are no order', async () => {
  await using rig = await startRig(stub)
  const bad = await post(rig, '{')
  expect(bad.status).toBe(400)
  expect(await problemOf(bad)).toMatchObject({ code: 'invalid_json' })
  const other = await post(rig, '{"name":"x"}')
  expect(other.status).toBe(422)
  expect(await problemOf(other)).toMatchObject({ code: 'invalid_request' })
  const metadata = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, '']))
  expect(await problemOf(await rig.order({ metadata }))).toMatchObject({ code: 'invalid_request' })
  const large = await post(rig, JSON.stringify({ name: 'x'.repeat(5 * 1024 * 1024) }))
  expect(large.status).toBe(413)
  expect(await problemOf(large)).toMatchObject({ code: 'body_too_large' })
})

test('refuses a plan that is not the one its hash names', async () => {
  await using rig = await startRig(stub)
  const answer = await rig.order({ plan_hash: '0'.repeat(64) })
  expect(answer.status).toBe(422)
  expect(await problemOf(answer)).toMatchObject({ code: 'plan_hash_mismatch' })
})

test('refuses a plan without tasks or with thousands of them, and one that says a path twice', async () => {
  await using rig = await startRig(stub)
  const file = { path: '.kiro/specs/demo/tasks.md', content: '# Nothing\n' }
  const answer = await rig.order({ files: [file], plan_hash: await planHash([file]) })
  expect(await problemOf(answer)).toMatchObject({ code: 'plan_without_tasks' })
  const content = Array.from({ length: 2_001 }, (_, index) => `- [ ] ${index + 1}. One more`)
  const many = {
    ...file,
    content: `# Implementation Plan: Much\n\n## Tasks\n\n${content.join('\n')}\n`,
  }
  const large = await rig.order({ files: [many], plan_hash: await planHash([many]) })
  expect(await problemOf(large)).toMatchObject({ status: 422, code: 'plan_too_large' })
  const twice = await rig.order({ files: [file, file], plan_hash: await planHash([file]) })
  expect(await problemOf(twice)).toMatchObject({ code: 'duplicate_path' })
})

test('answers 404 for builds and addresses that it does not know', async () => {
  await using rig = await startRig(stub)
  for (const target of [
    '/v1/builds/bld_x',
    '/v1/builds/../../etc',
    '/v1/builds/x/artifact',
    '/x',
  ]) {
    expect((await rig.call(target)).status).toBe(404)
  }
})

test('answers a repeated order with the first build, also while it is being made', async () => {
  await using rig = await startRig(stub)
  const answers = await Promise.all(['k', 'k', 'k'].map((key) => rig.order({}, key)))
  const [first, ...rest] = await Promise.all(answers.map((answer) => answer.json()))
  expect(rest).toEqual([first, first])
  const other = await rig.order({ name: 'Another' }, 'k')
  expect(other.status).toBe(409)
  expect(await problemOf(other)).toMatchObject({ code: 'idempotency_key_reused' })
})

test('calls no private network unless it is allowed', async () => {
  const resolve = async (host: string) =>
    host === 'inside.test' ? [{ address: '10.0.0.1', family: 4 }] : []
  await using rig = await startRig({ ...stub, config: { allowedNetworks: [], resolve } })
  const refusal = async (webhook_url: string) => problemOf(await rig.order({ webhook_url }))
  for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::1]', 'inside.test']) {
    const problem = await refusal(`http://${host}:8080/hook`)
    expect(problem).toMatchObject({ status: 422, code: 'address_not_allowed' })
  }
  expect(await refusal('http://nowhere.test/')).toMatchObject({ code: 'address_unknown' })
  expect(await refusal('http://u:p@127.0.0.1/')).toMatchObject({ code: 'invalid_request' })
})

test('says that git is missing, and leaves no half-made build', async () => {
  await using rig = await startRig({ ...stub, config: { path: '/nonexistent' } })
  const answer = await rig.order()
  expect(answer.status).toBe(501)
  expect(await problemOf(answer)).toMatchObject({
    code: 'git_missing',
    detail: expect.stringMatching(/Install git/),
  })
  expect(readdirSync(rig.root)).toEqual([])
})

test('describes every route, its answers and its webhooks in OpenAPI', async () => {
  await using rig = await startRig(stub)
  const answer = await fetch(`${rig.runner().url}/openapi.json`)
  const document = OpenApi.parse(await answer.json())
  expect(Object.keys(document.paths).sort()).toEqual([
    '/v1/builds/{id}',
    '/v1/builds/{id}/answer',
    '/v1/builds/{id}/artifact',
    '/v1/builds/{id}/cancel',
    '/v1/builds/{id}/events',
    '/v1/builds/{id}/log',
    '/v1/builds/{id}/log.txt',
    '/v1/projects',
    '/v1/runner',
  ])
  for (const methods of Object.values(document.paths)) {
    for (const { responses } of Object.values(methods)) {
      expect(Object.keys(responses)).toContain('401')
      expect(JSON.stringify(responses['401'])).toContain('application/problem+json')
    }
  }
  expect(JSON.stringify(document.webhooks)).toContain('build.completed')
  expect(document.security).toEqual([{ key: [] }])
})

test('makes the OpenAPI document once, however often it is asked for', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'talkwright-described-'))
  await using runner = await createRunner(scriptedConfig(root, 'refuses'))
  const { app } = runner
  const ask = async () => (await app.request('/openapi.json')).text()
  const first = await ask()
  const described = app.openAPIRegistry.definitions.length
  expect(await ask()).toBe(first)
  expect(app.openAPIRegistry.definitions).toHaveLength(described)
  rmSync(root, { recursive: true })
})
