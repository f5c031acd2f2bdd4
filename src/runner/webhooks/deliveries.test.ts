import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { BuildCreated } from '../../domain/build.ts'
import { expect, test, vi } from 'vitest'
import { silentLog } from '../../domain/log.ts'
import { allowAddresses } from '../egress/address-policy.ts'
import { guardHttp } from '../egress/guarded-http.ts'
import { serve, startReceiver } from '../testing/receiver.ts'
import { isLast, readItems, startRig, webhookSecret } from '../testing/rig.ts'
import { postWebhook } from './webhook-request.ts'

const patience = { timeout: 20_000, interval: 50 }

/** A log that tells when it was told something. */
function listeningLog(message: string) {
  const { promise: logged, resolve } = Promise.withResolvers<void>()
  const info = (_facts: object, text: string) => {
    if (text === message) resolve()
  }
  return { log: { ...silentLog, info }, logged }
}

const inOrder = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test('tries again until a webhook is taken, in order and with the same id', async () => {
  const answer = (count: number) => (count % 3 === 0 ? 204 : 500)
  await using rig = await startRig({ script: 'works', answer })
  const { id, last } = await rig.build()
  const { received } = rig.receiver
  const taken = received.filter(({ status }) => status === 204)
  expect(taken.map(({ webhook }) => webhook.data.sequence)).toEqual(inOrder(last.data.sequence))
  expect(received).toHaveLength(taken.length * 3)
  for (const [index, { id: messageId }] of received.entries()) {
    expect(messageId).toBe(`msg_${id}_${Math.floor(index / 3) + 1}`)
  }
})

test('stops delivering when the receiver says 410, and still serves the events', async () => {
  const { log, logged } = listeningLog('build_ended')
  await using rig = await startRig({ script: 'refuses', answer: () => 410, config: { log } })
  const { build_id: id } = BuildCreated.parse(await (await rig.order()).json())
  await logged
  await rig.restart()
  expect(rig.receiver.received).toHaveLength(1)
  const items = await readItems(await rig.call(`/v1/builds/${id}/events`))
  expect(items.at(-1)).toMatchObject({ type: 'build.failed' })
})

test('goes on with undelivered webhooks after a restart', async () => {
  let up = false
  const retryDelays = [1, 3_600_000]
  await using rig = await startRig({
    script: 'works',
    answer: () => (up ? 204 : 503),
    config: { retryDelays },
  })
  const { build_id: id } = BuildCreated.parse(await (await rig.order()).json())
  await vi.waitFor(
    async () => expect(await rig.status(id)).toMatchObject({ state: 'completed' }),
    patience,
  )
  expect(rig.receiver.taken()).toEqual([])
  up = true
  await rig.restart()
  const last = await rig.receiver.until(isLast)
  const sequences = rig.receiver.taken().map((hook) => hook.data.sequence)
  expect(sequences).toEqual(inOrder(last.data.sequence))
})

test('gives up after the last delay of the schedule', async () => {
  const { log, logged } = listeningLog('build_ended')
  await using rig = await startRig({ script: 'refuses', answer: () => 500, config: { log } })
  await rig.order()
  await vi.waitFor(() => expect(rig.receiver.received).toHaveLength(4), patience)
  await logged
  await rig.restart()
  expect(rig.receiver.received.map(({ webhook }) => webhook.data.sequence)).toEqual([1, 1, 1, 1])
})

test('signs with the secret of the build, which stands nowhere that others read', async () => {
  const secret = `whsec_${Buffer.from('the secret of one build alone').toString('base64')}`
  await using own = await startReceiver(secret)
  await using rig = await startRig({ script: 'works' })
  const order = { webhook_url: own.url, webhook_secret: secret }
  const { build_id: id } = BuildCreated.parse(await (await rig.order(order, 'k')).json())
  await own.until(isLast)
  expect(rig.receiver.received).toEqual([])

  const shown = await Promise.all(
    ['', '/events', '/artifact'].map(async (part) => {
      const answer = await rig.call(`/v1/builds/${id}${part}`)
      return Buffer.from(await answer.arrayBuffer()).toString('latin1')
    }),
  )
  const files = readdirSync(rig.root, { recursive: true, withFileTypes: true })
  for (const file of files.filter((entry) => entry.isFile())) {
    shown.push(readFileSync(path.join(file.parentPath, file.name), 'latin1'))
  }
  expect(shown.join('\n')).not.toContain(secret.slice('whsec_'.length))

  await rig.restart()
  const again = await rig.order({ ...order, webhook_secret: webhookSecret }, 'k')
  expect(await again.json()).toMatchObject({ build_id: id })
})

test('says why it cannot sign when the secrets were sealed under another key', async () => {
  const secret = `whsec_${Buffer.from('the secret of one build alone').toString('base64')}`
  await using own = await startReceiver(secret, () => 503)
  await using rig = await startRig({ script: 'refuses', config: { retryDelays: [3_600_000] } })
  const order = { webhook_url: own.url, webhook_secret: secret }
  await rig.order(order)
  await vi.waitFor(() => expect(own.received).toHaveLength(1), patience)
  const warned = Promise.withResolvers<unknown>()
  const log = { ...silentLog, warn: (facts: object) => warned.resolve(facts) }
  const webhookSecret = `whsec_${Buffer.from('another secret of the runner').toString('base64')}`
  await rig.restart({ log, webhookSecret })
  expect(await warned.promise).toMatchObject({ reason: expect.stringMatching(/sealed under/) })
})

test('follows no redirect, and waits as long as the receiver asks', async () => {
  const visits: string[] = []
  await using server = await serve((request, response) => {
    visits.push(request.url ?? '')
    response.writeHead(307, { location: '/inside', 'retry-after': '40' }).end()
  })
  using http = guardHttp(allowAddresses(['127.0.0.1/32']))
  const message = { url: `${server.url}/hook`, id: 'msg_1', body: '{}' }
  const { signal } = new AbortController()
  const attempt = await postWebhook(message, webhookSecret, new Date(), http, signal)
  expect(attempt).toEqual({ type: 'again', reason: 'status 307', waitMs: 40_000 })
  expect(visits).toEqual(['/hook'])
})
