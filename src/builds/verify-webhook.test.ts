import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { deriveBuildSecret } from './build-secret.ts'
import { verifyBuildWebhook } from './verify-webhook.ts'

const secret = `whsec_${Buffer.from('a webhook secret for the tests').toString('base64')}`

const body = (type = 'build.cancelled', extra = '') =>
  `{"type":"${type}","timestamp":"2026-01-01T00:00:00Z","data":{"project_id":"p","build_id":"b","sequence":1,"metadata":{},"event":{"type":"build.cancelled"}}${extra}}`

function signed(text: string, by = secret, at = new Date()): Headers {
  return new Headers({
    'Webhook-Id': 'msg_b_1',
    'Webhook-Timestamp': String(Math.floor(at.getTime() / 1_000)),
    'Webhook-Signature': new Webhook(by).sign('msg_b_1', at, text),
  })
}

test('reads a signed webhook', async () => {
  const { id, webhook } = await verifyBuildWebhook(body(), signed(body()), secret)
  expect(id).toBe('msg_b_1')
  expect(webhook.data.event).toEqual({ type: 'build.cancelled' })
})

test('takes one of several signatures, as a change of secrets needs', async () => {
  const headers = signed(body())
  headers.set('webhook-signature', `v1,AAAA v1a,BBBB ${headers.get('webhook-signature')}`)
  await expect(verifyBuildWebhook(body(), headers, secret)).resolves.toHaveProperty('id')
})

test('reads a webhook that is signed by its own build, and by no other', async () => {
  const [build, other] = [crypto.randomUUID(), crypto.randomUUID()]
  const text = body().replace('"metadata":{}', `"metadata":{"build":"${build}"}`)
  const own = await deriveBuildSecret(secret, build)
  await expect(verifyBuildWebhook(text, signed(text, own), secret)).resolves.toHaveProperty('id')
  const foreign = await deriveBuildSecret(secret, other)
  await expect(verifyBuildWebhook(text, signed(text, foreign), secret)).rejects.toMatchObject({
    code: 'invalid_signature',
  })
})

test('refuses changed, foreign, old and unsigned webhooks', async () => {
  const otherSecret = `whsec_${Buffer.from('another secret for the tests..').toString('base64')}`
  const old = new Date(Date.now() - 6 * 60_000)
  const renamed = signed(body())
  renamed.set('webhook-id', 'msg_b_2')
  const attempts = [
    verifyBuildWebhook(body('build.cancelled', ' '), signed(body()), secret),
    verifyBuildWebhook(body(), signed(body()), otherSecret),
    verifyBuildWebhook(body(), signed(body(), secret, old), secret),
    verifyBuildWebhook(body(), renamed, secret),
    verifyBuildWebhook(body(), new Headers(), secret),
  ]
  for (const attempt of attempts) {
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_signature', status: 401 })
  }
})

test('refuses a signed body that is no build event', async () => {
  for (const text of ['', '[]', '{', body('build.completed')]) {
    await expect(verifyBuildWebhook(text, signed(text), secret)).rejects.toMatchObject({
      code: 'invalid_body',
      status: 422,
    })
  }
})
