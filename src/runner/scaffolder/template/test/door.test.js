import assert from 'node:assert/strict'
import test from 'node:test'
import { createDoor, readKeys } from '../src/door.js'
import { startApp } from '../testing/support.js'

const keys = { member: 'the key of members' }

/** The status of a request, and the cookie that it gave. */
async function ask(address, { method = 'GET', body, ...headers } = {}) {
  const type = body && { 'content-type': 'application/json' }
  const init = { method, headers: { ...type, ...headers }, body: body && JSON.stringify(body) }
  const response = await fetch(address, init)
  await response.arrayBuffer()
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] }
}

test('with keys, lets nobody in without the one of a role', async (t) => {
  const app = await startApp(t, keys)
  assert.deepEqual((await app.get('/api/schema')).signIn, ['member'])
  const list = `${app.url()}/api/none`
  const enter = (body) => ask(`${app.url()}/api/session`, { method: 'POST', body })
  for (const cookie of ['', 'role=member.x', 'role=member', 'role=.']) {
    assert.equal((await ask(list, { cookie, 'x-role': 'member' })).status, 401)
  }
  for (const body of [{}, { role: 'member', key: 'no' }, { role: 'toString', key: 'x' }]) {
    assert.equal((await enter(body)).status, 401)
  }
  const { status, cookie } = await enter({ role: 'member', key: keys.member })
  assert.equal(status, 204)
  // It is let in, and there is no such list.
  assert.equal((await ask(list, { cookie })).status, 404)
  assert.equal((await ask(list, { cookie: cookie.replace('member', 'manager') })).status, 401)
  const out = await ask(`${app.url()}/api/session`, { method: 'DELETE', cookie })
  assert.deepEqual(out, { status: 204, cookie: 'role=' })
})

test('a role is the one whose key was given, whatever else is said', () => {
  const door = createDoor({ ...keys, manager: 'the key of managers' })
  const cookie = door.enter({ role: 'member', key: keys.member })
  assert.equal(door.roleOf({ headers: { cookie, 'x-role': 'manager' } }), 'member')
  assert.throws(() => door.enter({ role: 'manager', key: keys.member }), /not the key/)
  assert.equal(createDoor().roleOf({ headers: { 'x-role': 'manager' } }), 'manager')
})

test('takes no key that is easily guessed', () => {
  assert.deepEqual(readKeys(), {})
  assert.deepEqual(readKeys(JSON.stringify(keys)), keys)
  assert.throws(() => readKeys('{"member":"short"}'), /12 characters/)
})
