import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { BuildCreated, type BuildWebhook } from '../../domain/build.ts'
import { BranchName, DeliverTarget } from '../../domain/deliver.ts'
import { forgeToken, startForge, type ForgeServer } from '../testing/forge-server.ts'
import { isLast, startRig, type Rig } from '../testing/rig.ts'

const files = { 'README.md': '# The shop\n', 'package.json': '{"old":true}\n', 'docs/a.md': 'a\n' }

const to = (forge: ForgeServer, more: Partial<DeliverTarget> = {}): DeliverTarget => ({
  url: forge.url,
  token: forgeToken,
  ...more,
})

const eventOf = (rig: Rig, type: string) =>
  rig.receiver.taken().find((hook) => hook.type === type)?.data.event

const typesOf = (hooks: readonly BuildWebhook[]) => hooks.slice(-2).map(({ type }) => type)

for (const kind of ['github', 'gitlab'] as const) {
  test(`pushes a build as a branch over the base and asks ${kind} to merge it`, async () => {
    await using forge = await startForge({ files })
    await using rig = await startRig({ script: 'works' })
    const { id, last } = await rig.build({ deliver: to(forge, { pull_request: kind }) })
    const { folder = '', delivery } = await rig.status(id)
    const branch = `talkwright/${path.basename(path.dirname(folder))}`
    const [request] = forge.requests
    expect(request).toMatchObject({
      number: 1,
      branch,
      base: 'main',
      title: 'Démo: a page / with mail',
    })
    expect(typesOf(rig.receiver.taken())).toEqual(['build.delivered', 'build.completed'])
    const delivered = eventOf(rig, 'build.delivered')
    expect(delivered).toMatchObject({
      url: forge.url,
      branch,
      commit: forge.git('rev-parse', branch).trim(),
      pull_request: { number: 1, url: expect.stringContaining('/acme/shop/') },
    })
    expect({ type: 'build.delivered', ...delivery }).toEqual(delivered)

    // Its own commits are there as they were verified, and what was there before stays.
    expect(last.data.event).toMatchObject({ commit: forge.git('rev-parse', `${branch}^2`).trim() })
    expect(forge.git('log', '--format=%s', branch)).toContain('task 1.1: Set up the project')
    expect(forge.git('show', `${branch}:README.md`)).toBe(files['README.md'])
    expect(forge.git('show', `${branch}:docs/a.md`)).toBe('a\n')
    expect(forge.git('show', `${branch}:package.json`)).toContain('"name":"demo"')
    expect(forge.git('merge-base', 'main', branch)).toBe(forge.git('rev-parse', 'main'))
  })
}

test('pushes the build itself to an empty remote', async () => {
  await using forge = await startForge()
  await using rig = await startRig({ script: 'works' })
  const { last } = await rig.build({ deliver: to(forge, { branch: 'main' }) })
  expect(last.data.event).toMatchObject({ commit: forge.git('rev-parse', 'main').trim() })
})

test('delivers where the runner is told to when the order does not say', async () => {
  const bare = mkdtempSync(path.join(tmpdir(), 'talkwright-remote-'))
  execFileSync('git', ['init', '--quiet', '--bare', bare])
  const config = { deliver: { url: `file://${bare}`, branch: 'result' } }
  await using rig = await startRig({ script: 'works', config })
  await rig.build()
  expect(eventOf(rig, 'build.delivered')).toMatchObject({ url: `file://${bare}`, branch: 'result' })
  const subjects = execFileSync('git', ['log', '--format=%s', 'result'], { cwd: bare })
  expect(subjects.toString()).toContain('task 1.2')
  rmSync(bare, { recursive: true })
})

test('a delivery that was cut off is done again without a second request or commit', async () => {
  await using forge = await startForge({ files })
  await using rig = await startRig({ script: 'works', config: { deliverDelays: [1, 1, 1] } })
  const lost = new Set(['GET /api/v3/repos/acme/shop/pulls', 'POST /api/v3/repos/acme/shop/pulls'])
  // Each call fails once: the branch is pushed by then, and at the second one the request is not.
  forge.trouble = (call) => (lost.delete(call) ? 502 : undefined)
  await rig.build({ deliver: to(forge, { pull_request: 'github' }) })
  expect(forge.requests).toHaveLength(1)
  expect(forge.calls.filter((call) => call.endsWith('git-receive-pack'))).toHaveLength(1)
  expect(eventOf(rig, 'build.delivered')).toMatchObject({ pull_request: { number: 1 } })
})

test('finds the request that somebody else has made meanwhile', async () => {
  await using forge = await startForge({ files })
  await using rig = await startRig({ script: 'works' })
  const branch = 'talked/about'
  let looked = false
  forge.trouble = (call) => {
    if (looked && call.startsWith('POST /api') && forge.requests.length === 0) {
      forge.requests.push({ number: 7, branch, base: 'main', title: 'theirs', body: '' })
    }
    looked ||= call.startsWith('GET /api')
    return undefined
  }
  await rig.build({ deliver: to(forge, { branch, pull_request: 'gitlab' }) })
  expect(forge.requests).toHaveLength(1)
  expect(eventOf(rig, 'build.delivered')).toMatchObject({ pull_request: { number: 7 } })
})

test('overwrites no branch that holds something else, and completes the build all the same', async () => {
  await using forge = await startForge({ files })
  await using rig = await startRig({ script: 'works' })
  const before = forge.git('rev-parse', 'main')
  const { last } = await rig.build({ deliver: to(forge, { branch: 'main' }) })
  expect(last.type).toBe('build.completed')
  expect(eventOf(rig, 'build.not_delivered')).toMatchObject({ code: 'branch_taken' })
  expect(forge.git('rev-parse', 'main')).toBe(before)
})

test.each([
  [{ token: 'another-token' }, 'git_failed'],
  [{ base: 'nowhere' }, 'base_missing'],
])('says why it could not deliver: %j', async (change, code) => {
  await using forge = await startForge({ files })
  await using rig = await startRig({ script: 'works', config: { deliverDelays: [] } })
  const { id, last } = await rig.build({ deliver: to(forge, change) })
  expect(last.type).toBe('build.completed')
  const event = eventOf(rig, 'build.not_delivered')
  expect(event).toMatchObject({ code })
  expect(JSON.stringify(event)).not.toContain('another-token')
  expect((await rig.status(id)).delivery).toHaveProperty('error.code', code)
})

test('hides the token where a forge repeats it in any common form', async () => {
  await using forge = await startForge({ files })
  await using rig = await startRig({ script: 'works', config: { deliverDelays: [] } })
  forge.trouble = (call) => (call.startsWith('POST /api') ? 400 : undefined)
  await rig.build({ deliver: to(forge, { pull_request: 'github' }) })
  const { message = '' } = { ...eventOf(rig, 'build.not_delivered') } as { message?: string }
  expect(message).toContain('GitHub answered 400')
  for (const form of [forgeToken, Buffer.from(forgeToken).toString('base64')]) {
    expect(message).not.toContain(form.replaceAll('=', ''))
  }
})

test('follows no redirect of a remote', async () => {
  await using forge = await startForge({ files })
  await using rig = await startRig({ script: 'works', config: { deliverDelays: [] } })
  forge.trouble = () => 302
  await rig.build({ deliver: to(forge) })
  expect(eventOf(rig, 'build.not_delivered')).toMatchObject({ code: 'git_failed' })
  expect(forge.calls).toEqual(['GET /acme/shop.git/info/refs'])
})

test('the token stands in no event, no file and no argument', async () => {
  await using forge = await startForge({ files })
  const folder = mkdtempSync(path.join(tmpdir(), 'talkwright-argv-'))
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
  const wrapper = `#!/bin/sh\nprintf '%s\\n' "$*" >> ${folder}/argv\nexec ${real} "$@"\n`
  writeFileSync(path.join(folder, 'git'), wrapper, { mode: 0o755 })
  const config = { path: `${folder}:/usr/local/bin:/usr/bin:/bin` }
  await using rig = await startRig({ script: 'works', config })
  const order = { deliver: to(forge, { pull_request: 'github' }) }
  const { build_id: id } = BuildCreated.parse(await (await rig.order(order, 'k')).json())
  await rig.receiver.until(isLast)
  expect(forge.requests).toHaveLength(1)

  const shown = [JSON.stringify(rig.receiver.taken()), readFileSync(`${folder}/argv`, 'utf8')]
  expect(shown[1]).toContain('push')
  for (const part of ['', '/events', '/artifact', '/artifact?format=bundle']) {
    const answer = await rig.call(`/v1/builds/${id}${part}`)
    shown.push(Buffer.from(await answer.arrayBuffer()).toString('latin1'))
  }
  const entries = readdirSync(rig.root, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((one) => one.isFile())) {
    shown.push(readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
  }
  const basic = Buffer.from(`x-access-token:${forgeToken}`).toString('base64')
  for (const secret of [forgeToken, basic]) expect(shown.join('\n')).not.toContain(secret)
  // A caller that has changed its token repeats the order all the same.
  const again = await rig.order({ deliver: { ...order.deliver, token: 'a-newer-token' } }, 'k')
  expect(await again.json()).toMatchObject({ build_id: id })
  rmSync(folder, { recursive: true })
})

test('what an agent writes into its git settings leads the delivery nowhere else', async () => {
  await using forge = await startForge({ files })
  await using trap = await startForge()
  await using rig = await startRig({ script: 'redirects', argument: trap.url })
  await rig.build({ deliver: to(forge) })
  expect(eventOf(rig, 'build.delivered')).toMatchObject({ url: forge.url })
  expect(trap.calls).toEqual([])
})

test('delivers to no private network that is not allowed, and sends no token in the clear', async () => {
  const resolve = async () => [{ address: '10.0.0.1', family: 4 }]
  await using rig = await startRig({ script: 'refuses', config: { resolve } })
  const inside = await rig.order({ deliver: { url: 'https://git.test/a/b.git' } })
  expect(inside.status).toBe(422)
  expect(await inside.json()).toMatchObject({ code: 'address_not_allowed' })
  const local = await rig.order({ deliver: { url: 'file:///etc' } })
  expect(await local.json()).toMatchObject({ code: 'invalid_request' })
  const refused = [
    { url: 'http://git.example/a.git', token: 'secret' },
    { url: 'https://u:p@git.example/a.git' },
    { url: 'https://git.example/a.git', pull_request: 'github' },
  ]
  for (const target of refused) expect(DeliverTarget.safeParse(target).success).toBe(false)
})

test.each(['a..b', 'a/', '.a', 'a/.b', 'a.lock', '-a', 'HEAD', 'a b', 'a:b', 'a//b', ''])(
  'takes %j for no branch',
  (name) => {
    expect(BranchName.safeParse(name).success).toBe(false)
  },
)
