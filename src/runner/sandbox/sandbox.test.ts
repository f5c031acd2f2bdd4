import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createWebServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { logTexts, playing, startRig } from '../testing/rig.ts'
import { findProgram } from './find-program.ts'
import { probeSandbox } from './probe.ts'

const probed = await probeSandbox('/usr/local/bin:/usr/bin:/bin')
const isMissing = probed.type === 'missing'
const isClosed = probed.type === 'works' && probed.bubblewrap.disablesNamespaces

/** A file and a server of the machine that no build has any business with. */
async function outsideThings() {
  const folder = await mkdtemp(path.join(tmpdir(), 'talkwright-outside-'))
  const secret = path.join(folder, 'secret')
  await writeFile(secret, 'of the machine')
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    argument: JSON.stringify({ secret, port: String(port), pid: String(process.pid) }),
    async [Symbol.asyncDispose]() {
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

describe.skipIf(isMissing)('in bubblewrap’s sandbox', () => {
  test('an agent reaches its own build and nothing else', async () => {
    await using outside = await outsideThings()
    const agent = playing('pry', outside.argument)
    await using rig = await startRig({ script: '', config: { agent, sandbox: 'required' } })
    const { id, last } = await rig.build()
    const said = logTexts(rig.receiver.taken(), 'agent')
    const answers = Object.fromEntries(said.map((line) => line.split(': ')))
    expect(answers).toMatchObject({
      'read a secret': 'no ENOENT',
      'read a secret by a link': 'no ENOENT',
      'read the order': 'no ENOENT',
      'see no other build': 'yes',
      'read the keys of the machine': 'no ENOENT',
      'write to the system': 'no EROFS',
      'write a setting of the system': 'no EROFS',
      'see the runner': 'no ENOENT',
      'reach the machine': 'no ECONNREFUSED',
      'reach a server of its own': 'yes',
      'write its work': 'yes',
      'write to its home': 'yes',
      'write to /tmp': 'yes',
      'mount something': expect.stringMatching(/^no/),
      processes: 'few',
    })
    // Older versions of bubblewrap cannot keep programs from opening namespaces.
    expect(answers['become another user']?.startsWith('no')).toBe(isClosed)
    expect(last.type).toBe('build.completed')
    const { folder = '' } = await rig.status(id)
    // What lies below /tmp is written into the build's own, which is gone.
    expect(readdirSync(path.dirname(folder))).not.toContain('written')
    expect(readdirSync(path.dirname(folder))).not.toContain('tmp')
  })
})

/** A web server of the machine, on two of its addresses. */
async function webServer() {
  const server = createWebServer((_, response) => response.end('hello')).listen(0, '0.0.0.0')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test.skipIf(isMissing)('an agent connects to the hosts on its list and to no others', async () => {
  await using web = await webServer()
  const { port } = web
  const addresses: Record<string, string> = {
    'model.test': '127.0.0.1',
    'inner.test': '127.0.0.2',
    'other.test': '127.0.0.1',
    'a.sub.test': '127.0.0.1',
  }
  const calls = [
    ['fetch', `http://model.test:${port}/`],
    ['tunnel', `model.test:${port}`],
    ['tunnel', `a.sub.test:${port}`],
    ['fetch', `http://127.0.0.1:${port}/`],
    ['forward', `http://model.test:${port}/`],
    ['forward', `http://other.test:${port}/`],
    ['forward', `http://inner.test:${port}/`],
    ['fetch', `http://other.test:${port}/`],
    ['tunnel', `other.test:${port}`],
    ['tunnel', 'model.test:443'],
    ['tunnel', `inner.test:${port}`],
    ['tunnel', `127.0.0.2:${port}`],
    ['tunnel', `nowhere.test:${port}`],
    ['tunnel', 'nonsense'],
  ] as const
  const network = {
    hosts: ['model', '*.sub', 'inner', 'nowhere'].map((name) => `${name}.test:${port}`),
    networks: ['127.0.0.1/32'],
  }
  network.hosts.push(`localhost:${port}`)
  const agent = { ...playing('call-out', JSON.stringify(calls)), network }
  const resolve = async (host: string) =>
    [addresses[host] ?? []].flat().map((address) => ({ address, family: 4 }))
  await using rig = await startRig({
    script: '',
    config: { agent, sandbox: 'required', resolve, allowedNetworks: ['127.0.0.0/8'] },
  })
  const { last } = await rig.build()
  const hooks = rig.receiver.taken()
  const said = logTexts(hooks, 'agent').filter((line) => /^(fetch|tunnel|forward) /.test(line))
  expect(said.map((line) => line.split(': ').at(-1))).toEqual([
    '200 hello',
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200 OK',
    '200 hello',
    '200 hello',
    expect.stringMatching(/^403 other\.test.*not on the agent's list/),
    expect.stringMatching(/^403 inner\.test leads into a network/),
    expect.stringMatching(/^no/),
    'no 403',
    'no 403',
    'no 403',
    'no 403',
    'no 403',
    'no 502',
  ])
  const refused = logTexts(hooks, 'runner').filter((line) => line.startsWith('Refused'))
  expect(refused).toEqual([
    expect.stringContaining(`other.test:${port} is not on`),
    expect.stringContaining('inner.test leads into a network that is not public'),
    expect.stringContaining('model.test:443 is not on'),
    expect.stringContaining(`127.0.0.2:${port} is not on`),
    expect.stringContaining('nowhere.test has no address'),
  ])
  expect(last.type).toBe('build.completed')
})

test('refuses agents of others where there is no sandbox, and says what to do', async () => {
  const config = { path: '/nowhere', sandbox: 'auto' } as const
  await expect(startRig({ script: 'works', config })).rejects.toMatchObject({
    code: 'sandbox_missing',
    message: expect.stringMatching(/TALKWRIGHT_SANDBOX=off/),
  })
})

test('carries a build of our own agent out without a sandbox, and says so', async () => {
  const own = { ...playing('nothing'), isOwn: true }
  const config = { agent: own, sandbox: 'off' } as const
  await using rig = await startRig({ script: '', config })
  await rig.build()
  expect(logTexts(rig.receiver.taken(), 'runner')[0]).toBe('No sandbox: TALKWRIGHT_SANDBOX is off.')
})

test('knows that other systems have no sandbox, and what is missing on Linux', async () => {
  const mac = await probeSandbox('/usr/bin', 'darwin')
  expect(mac).toMatchObject({ type: 'missing', reason: expect.stringMatching(/Linux/) })
  const bare = await probeSandbox('/nowhere', 'linux')
  expect(bare).toMatchObject({ type: 'missing', reason: expect.stringMatching(/apt-get install/) })
})

test('finds programs by the search path, and no folder or plain file', async () => {
  await using things = await outsideThings()
  const { secret } = JSON.parse(things.argument) as { secret: string }
  expect(findProgram('sh', '/nowhere:/bin')?.file).toBe('/bin/sh')
  expect(findProgram(secret, '')).toBeUndefined()
  expect(findProgram('tmp', '/')).toBeUndefined()
  expect(findProgram('sh', 'bin:.')).toBeUndefined()
})
