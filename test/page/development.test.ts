import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { createServer } from 'vite'
import { WebSocket, WebSocketServer } from 'ws'

it('the development server hands WebSockets on, as if they came from the server itself', async () => {
  const live = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(live, 'listening')
  const target = `http://127.0.0.1:${(live.address() as AddressInfo).port}`
  live.on('connection', (socket, request) =>
    socket.send(`${request.url} ${request.headers.origin}`),
  )
  vi.stubEnv('TALKWRIGHT_URL', target)
  const configFile = fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url))
  const server = await createServer({ configFile, logLevel: 'error', server: { port: 0 } })
  try {
    await server.listen()
    const [address = ''] = server.resolvedUrls?.local ?? []
    const { origin, host } = new URL(address)
    const socket = new WebSocket(`ws://${host}/v1/live`, 'a-protocol', { origin })
    const [message] = (await once(socket, 'message')) as [Buffer]
    expect(message.toString()).toBe(`/v1/live ${target}`)
    socket.close()
    await once(socket, 'close')
  } finally {
    vi.unstubAllEnvs()
    await server.close()
    live.close()
  }
})
