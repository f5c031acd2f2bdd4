// The limit of the live bench: a WebSocket server that keeps nothing and asks nobody, and sends each
// event to those who asked for its project.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { line } from '../src/ops/testing/aged.ts'
import { monotonicMs, serveChild } from './support/child.ts'
import { SeedProjects, WriteSteadily } from './support/live-settings.ts'

const Subscribe = z.object({ type: z.literal('subscribe'), project: z.string() })
const protocol = 'talkwright.bench'
const body = line('x'.repeat(120))

interface Project {
  seq: number
  followers: Set<WebSocket>
}

async function open() {
  const projects = new Map<string, Project>()
  const moments: [string, number][] = []
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ protocols: [protocol] }))
  })
  const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false })
  sockets.on('connection', (socket) => {
    socket.on('error', () => undefined)
    socket.once('message', (data: Buffer) => {
      const { project } = Subscribe.parse(JSON.parse(data.toString()))
      const followed = projects.get(project)
      followed?.followers.add(socket)
      socket.once('close', () => followed?.followers.delete(socket))
      socket.send(JSON.stringify({ type: 'live', project }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')

  function tell(id: string): void {
    const project = projects.get(id)
    if (project === undefined) return
    project.seq += 1
    const events = [{ seq: project.seq, at: new Date(), body }]
    const frame = Buffer.from(JSON.stringify({ type: 'events', project: id, events }))
    moments.push([`${id} ${project.seq}`, monotonicMs()])
    for (const socket of project.followers) socket.send(frame, { binary: false })
  }
  return { server, projects, moments, port: address.port, tell }
}

await serveChild(z.object({}), async () => {
  const { server, projects, moments, port, tell } = await open()
  return {
    port: async () => port,
    async seed(argument) {
      const ids = Array.from({ length: SeedProjects.parse(argument).count }, () => randomUUID())
      for (const id of ids) projects.set(id, { seq: 0, followers: new Set() })
      return ids
    },
    async steadily(argument) {
      const { projects: ids, perSecond, seconds } = WriteSteadily.parse(argument)
      const begin = monotonicMs()
      for (let number = 0; number < perSecond * seconds; number += 1) {
        const wait = begin + (number * 1_000) / perSecond - monotonicMs()
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        else await new Promise((resolve) => setImmediate(resolve))
        tell(ids[number % ids.length] ?? '')
      }
      return perSecond * seconds
    },
    moments: async () => moments.splice(0),
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
})
