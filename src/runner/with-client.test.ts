import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { createBuildClient } from '../builds/client.ts'
import { apiKey, demoOrder, isLast, startRig, type Rig } from './testing/rig.ts'

const clientOf = (rig: Rig, key = apiKey) =>
  createBuildClient({ baseUrl: rig.runner().url, apiKey: key, fetch })

test('the client of this house orders, follows and downloads a build', async () => {
  await using rig = await startRig({ script: 'works' })
  const client = clientOf(rig)
  const order = await demoOrder(rig.receiver.url)
  const created = await client.create(order, 'the key')
  expect(await client.create(order, 'the key')).toEqual(created)
  await rig.receiver.until(isLast)

  const events = await client.events(created.build_id, 0)
  expect(events).toEqual(rig.receiver.taken())
  expect(await client.events(created.build_id, events.length)).toEqual([])
  expect(await client.status(created.build_id)).toMatchObject({
    ...created,
    state: 'completed',
    sequence: events.length,
  })
  const zip = await (await client.artifact(created.build_id, 'zip')).arrayBuffer()
  expect(Object.keys(unzipSync(new Uint8Array(zip)))).toContain('test/app.test.js')
  await expect(client.cancel(created.build_id)).resolves.toBeUndefined()
})

test('the client tells refusals of the runner from failures worth another try', async () => {
  await using rig = await startRig({ script: 'works' })
  const order = await demoOrder(rig.receiver.url)
  await expect(clientOf(rig, 'wrong').create(order, 'k')).rejects.toMatchObject({
    code: 'build_api_unauthorised',
    retryable: false,
  })
  const changed = { ...order, plan_hash: 'f'.repeat(64) }
  await expect(clientOf(rig).create(changed, 'k')).rejects.toMatchObject({
    code: 'build_refused',
    retryable: false,
    details: { status: 422, code: 'plan_hash_mismatch' },
  })
  await expect(clientOf(rig).status('bld_none')).rejects.toMatchObject({ code: 'build_not_found' })
  const client = clientOf(rig)
  await rig.runner().close()
  await expect(client.status('bld_none')).rejects.toMatchObject({
    code: 'build_api_unreachable',
    retryable: true,
  })
})
