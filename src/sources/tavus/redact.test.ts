import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tavusEvent } from '../testing/tavus-bodies.ts'
import { keepableTavusBody, redactWebhookUrl } from './redact.ts'

const keyOf = (body: unknown) => keepableTavusBody(body).dedupeKey

test('cuts callback URLs to scheme and host at any depth and leaves the body as it was', () => {
  const body = {
    webhook_url: 'https://user:secret@talkwright.example:8443/webhooks/secret?key=secret#secret',
    data: [{ callback_url: 'http://talkwright.example/secret', url: 'https://kept.example/a' }],
  }
  const before = structuredClone(body)
  expect(redactWebhookUrl(body)).toEqual({
    webhook_url: 'https://talkwright.example:8443',
    data: [{ callback_url: 'http://talkwright.example', url: 'https://kept.example/a' }],
  })
  expect(body).toEqual(before)
})

test('leaves nothing of a callback URL that is none', () => {
  const urls = ['secret', 'mailto:secret@example.com', ['https://a.example/secret'], 7]
  for (const webhook_url of urls) {
    expect(redactWebhookUrl({ webhook_url })).toEqual({ webhook_url: '[redacted]' })
  }
  expect(redactWebhookUrl({ webhook_url: null })).toEqual({ webhook_url: null })
})

test('gives a repeat the same key, in whatever order, at whatever time and address', async () => {
  const first = tavusEvent('system.shutdown', { replica_id: 'r1', shutdown_reason: 'x' })
  const again = {
    webhook_url: 'https://elsewhere.example/other',
    timestamp: 1773151201,
    event_type: 'system.shutdown',
    conversation_id: 'c1',
    properties: { shutdown_reason: 'x', replica_id: 'r1' },
  }
  const key = keyOf(first)
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(keyOf(again)).toBe(key)
})

test('gives other messages other keys', async () => {
  const bodies = [
    tavusEvent('system.shutdown'),
    tavusEvent('system.pal_joined'),
    tavusEvent('system.shutdown', { a: 1 }),
    tavusEvent('system.shutdown', {}, { conversation_id: 'c2' }),
    { event_type: 'objective', conversation_id: 'c1', objective_name: 'name' },
    { event_type: 'objective', conversation_id: 'c1', objective_name: 'budget' },
    { status: 'ready' },
    { status: 'error' },
    [],
  ]
  expect(new Set(bodies.map(keyOf)).size).toBe(bodies.length)
})

test('gives a body without an event the same key at whatever address', async () => {
  const key = keyOf({ status: 'ready', callback_url: 'https://a.example/one' })
  expect(keyOf({ callback_url: 'https://a.example/two', status: 'ready' })).toBe(key)
})

test('keeps what it was given but the address, whatever its keys are called', () => {
  const body = fc.jsonValue().map((value) => ({ value, webhook_url: 'https://a.example/secret' }))
  fc.assert(
    fc.property(body, ({ value, webhook_url }) => {
      const { json } = keepableTavusBody({ value, webhook_url })
      const kept = JSON.parse(JSON.stringify({ value, webhook_url: 'https://a.example' }))
      expect(JSON.parse(json)).toEqual(kept)
    }),
  )
})
