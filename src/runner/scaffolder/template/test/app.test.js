import assert from 'node:assert/strict'
import test from 'node:test'
import { schema } from '../src/schema.js'
import { startApp } from '../testing/support.js'

test('serves the page and its parts', async (t) => {
  const app = await startApp(t)
  assert.match(await app.get('/'), /<main/)
  for (const file of ['/app.js', '/form.js', '/style.css'])
    assert.ok((await app.get(file)).length > 0)
})

test('gives no other file away', async (t) => {
  const app = await startApp(t)
  for (const address of ['/package.json', '/..%2fpackage.json', '/api/..%2f..%2fpackage.json']) {
    assert.equal((await app.send('GET', address)).status, 404)
  }
})

test('refuses what is no JSON object', async (t) => {
  const app = await startApp(t)
  for (const { path } of schema.entities) {
    const { status } = await app.send('POST', `/api/${path}`, [])
    assert.equal(status, 400)
  }
})
