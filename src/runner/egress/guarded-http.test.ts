import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allowAddresses } from './address-policy.ts'
import { guardHttp, type Resolve } from './guarded-http.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.168.1.1',
  '0.0.0.0',
  '255.255.255.255',
  '::',
  '::1',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '::7f00:1',
  '4000::1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  'localhost',
  '',
])('permits no connection to %j', (address) => {
  expect(allowAddresses([]).permits(address)).toBe(false)
})

test('permits public addresses, and the networks that are named', () => {
  const none = allowAddresses([])
  const some = allowAddresses(['10.1.0.0/16', 'fd00::/8'])
  for (const address of ['93.184.216.34', '2606:2800:220:1::1']) {
    expect(none.permits(address)).toBe(true)
  }
  expect(some.permits('10.1.2.3')).toBe(true)
  expect(some.permits('::ffff:10.1.2.3')).toBe(true)
  expect(some.permits('10.2.0.1')).toBe(false)
  expect(some.permits('fd12::1')).toBe(true)
  expect(() => allowAddresses(['localhost'])).toThrow(/no network/)
})

let server: Server
let port = 0
const seen: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.host ?? ''}`)
    if (request.url === '/away') response.writeHead(302, { location: '/inside' }).end()
    else if (request.url === '/endless') {
      const write = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', write)
      }
      write()
    } else response.end('hello')
  })
  // All of 127.0.0.0/8, so that a name can lead to two places of one machine.
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const at =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: 4 }))

const get = (target: string, host = 'hook.test') => ({
  method: 'GET' as const,
  url: `http://${host}:${port}${target}`,
  headers: {},
  timeoutMs: 10_000,
})

const onlyOne = allowAddresses(['127.0.0.1/32'])

test('connects to the address that was checked', async () => {
  using http = guardHttp(onlyOne, at('127.0.0.1'))
  const answer = await http.send(get('/a'))
  expect(answer).toMatchObject({ status: 200, text: 'hello' })
  expect(seen.at(-1)).toBe(`GET /a hook.test:${port}`)
})

test('is not led elsewhere by a name that changes after it was checked', async () => {
  let asked = 0
  const turning: Resolve = async () => {
    asked += 1
    return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
  }
  using http = guardHttp(onlyOne, turning)
  const before = seen.length
  expect(await http.check(get('/b').url)).toEqual(['127.0.0.1'])
  await expect(http.send(get('/b'))).rejects.toMatchObject({ code: 'address_not_allowed' })
  expect(seen).toHaveLength(before)
})

test('refuses a name of which one address is not permitted, and literals', async () => {
  using http = guardHttp(onlyOne, at('127.0.0.1', '127.0.0.2'))
  const before = seen.length
  const refused = { code: 'address_not_allowed' }
  await expect(http.send(get('/c'))).rejects.toMatchObject(refused)
  for (const host of ['127.0.0.2', '2130706434', '0x7f.2', '[::ffff:127.0.0.2]', '0.0.0.0']) {
    await expect(http.send(get('/c', host))).rejects.toMatchObject(refused)
    await expect(http.check(get('/c', host).url)).rejects.toMatchObject(refused)
  }
  expect(seen).toHaveLength(before)
})

test('gives a redirect as the answer and does not follow it', async () => {
  using http = guardHttp(onlyOne, at('127.0.0.1'))
  const answer = await http.send(get('/away'))
  expect([answer.status, answer.header('location')]).toEqual([302, '/inside'])
  expect(seen.at(-1)).toContain('/away')
})

test('reads a bounded part of an answer that does not end', async () => {
  using http = guardHttp(onlyOne, at('127.0.0.1'))
  expect((await http.send(get('/endless'))).text).toHaveLength(1024 * 1024)
})

test('says that a name has no address', async () => {
  using http = guardHttp(onlyOne, at())
  await expect(http.send(get('/'))).rejects.toMatchObject({ code: 'address_unknown' })
  using failing = guardHttp(onlyOne, () => Promise.reject(new Error('ENOTFOUND')))
  await expect(failing.check(get('/').url)).rejects.toMatchObject({ code: 'address_unknown' })
})
