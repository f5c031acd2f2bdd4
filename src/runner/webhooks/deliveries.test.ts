import { BuildCreated } from '../../domain/build.ts'
import { expect, test, vi } from 'vitest'
import { silentLog } from '../../domain/log.ts'
import { isLast, readItems, startRig } from '../testing/rig.ts'

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
  const log = { ...silentLog, info: vi.fn() }
  await using rig = await startRig({ script: 'refuses', answer: () => 410, config: { log } })
  const { build_id: id } = BuildCreated.parse(await (await rig.order()).json())
  await vi.waitFor(() => expect(log.info).toHaveBeenCalledWith(expect.anything(), 'build_ended'), {
    timeout: 20_000,
  })
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
  await vi.waitFor(async () => expect(await rig.status(id)).toMatchObject({ state: 'completed' }), {
    timeout: 20_000,
    interval: 50,
  })
  expect(rig.receiver.taken()).toEqual([])
  up = true
  await rig.restart()
  const last = await rig.receiver.until(isLast)
  const sequences = rig.receiver.taken().map((hook) => hook.data.sequence)
  expect(sequences).toEqual(inOrder(last.data.sequence))
})

test('gives up after the last delay of the schedule', async () => {
  const log = { ...silentLog, info: vi.fn() }
  await using rig = await startRig({ script: 'refuses', answer: () => 500, config: { log } })
  await rig.order()
  await vi.waitFor(() => expect(rig.receiver.received).toHaveLength(4), { timeout: 20_000 })
  await vi.waitFor(() => expect(log.info).toHaveBeenCalledWith(expect.anything(), 'build_ended'), {
    timeout: 20_000,
  })
  await rig.restart()
  expect(rig.receiver.received.map(({ webhook }) => webhook.data.sequence)).toEqual([1, 1, 1, 1])
})
