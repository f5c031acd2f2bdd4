import { afterEach, describe, expect, inject, it } from 'vitest'
import { type FaultProxy, startFaultProxy } from '../../test/support/fault-proxy.ts'
import { listen } from './listen.ts'

describe.skipIf(inject('postgresUrl') === '')('a listener', () => {
  let proxy: FaultProxy | undefined
  afterEach(async () => {
    await proxy?.stop()
  })

  it('closes in time on a connection that went mute', async () => {
    const url = new URL(inject('postgresUrl'))
    const target = { host: url.hostname, port: Number(url.port || '5432') }
    const network = await startFaultProxy({ target })
    proxy = network
    url.hostname = '127.0.0.1'
    url.port = String(network.port)
    const connected = Promise.withResolvers<void>()
    const listener = listen({
      connectionString: url.href,
      channel: 'test',
      onMessage: () => undefined,
      onConnected: connected.resolve,
    })
    await connected.promise
    network.set({ kind: 'half_open' })
    await expect(listener.close()).resolves.toBeUndefined()
  }, 10_000)
})
