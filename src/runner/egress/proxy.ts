import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import * as http from 'node:http'
import { connect, type LookupFunction, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { toAppError } from '../../domain/errors.ts'
import type { AllowedHosts, Destination } from './allowed-hosts.ts'

/** A proxy on a socket in a folder of its own; whoever sees the folder may use it. */
export interface Proxy extends AsyncDisposable {
  folder: string
  /** The socket's name in the folder. */
  socket: string
}

const maxConnections = 128

interface Target {
  host: string
  port: number
}

/** The host and port of a URL, without the brackets of IPv6. */
function targetOf(url: URL, defaultPort: number): Target {
  const port = url.port === '' ? defaultPort : Number(url.port)
  return { host: url.hostname.replaceAll(/^\[|\]$/g, ''), port }
}

/** Gives the addresses that were checked, whatever the name leads to by now. */
function checkedLookup({ addresses }: Destination): LookupFunction {
  return (_host, _options, found) => found(null, [...addresses])
}

function connectTo(to: Destination): Socket {
  // The name is never looked up: it only has to be none that is an address.
  const options = { host: 'checked.invalid', port: to.port, lookup: checkedLookup(to) }
  return connect({ ...options, autoSelectFamily: true })
}

/** `CONNECT host:port`: from then on the bytes are the two ends' own business. */
async function tunnel(
  hosts: AllowedHosts,
  target: string,
  client: Duplex,
  head: Buffer,
): Promise<void> {
  const url = URL.parse(`http://${target}`)
  if (url === null || url.port === '') throw new Error('CONNECT wants host:port')
  const { host, port } = targetOf(url, 0)
  const server = connectTo(await hosts.find(host, port))
  client.once('close', () => server.destroy())
  // The first error, while it connects, is thrown here.
  server.on('error', () => undefined)
  await once(server, 'connect')
  server.once('close', () => client.destroy())
  client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
  server.write(head)
  server.pipe(client).pipe(server)
}

/** Headers that are meant for the proxy alone. */
const ownHeaders = ['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive']

/** `GET http://host/path`: one request, handed on. */
async function forward(
  hosts: AllowedHosts,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const url = URL.parse(request.url ?? '')
  if (url?.protocol !== 'http:') throw new Error('only http:// URLs are handed on')
  const { host, port } = targetOf(url, 80)
  const destination = await hosts.find(host, port)
  const headers: http.OutgoingHttpHeaders = { ...request.headers, host: url.host }
  for (const name of ownHeaders) delete headers[name]
  const onward = http.request({
    createConnection: () => connectTo(destination),
    method: request.method,
    path: url.pathname + url.search,
    headers,
  })
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.once('error', () => response.destroy())
  response.once('close', () => onward.destroy())
  request.pipe(onward)
}

/** Opens a proxy that leads to these hosts alone; `refused` hears why something was not let out. */
export async function openProxy(
  hosts: AllowedHosts,
  refused: (reason: string) => void,
): Promise<Proxy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'talkwright-proxy-'))
  const say = (error: unknown) => {
    const { status, message } = toAppError(error)
    if (status === 403) refused(message)
    return { status: status === 403 ? 403 : 502, message }
  }
  const server = http.createServer((request, response) => {
    forward(hosts, request, response).catch((error: unknown) => {
      const { status, message } = say(error)
      response.writeHead(status, { 'content-type': 'text/plain' }).end(`${message}\n`)
    })
  })
  server.maxConnections = maxConnections
  const sockets = new Set<Duplex>()
  server.on('connect', (request, client, head) => {
    sockets.add(client)
    client.on('error', () => client.destroy())
    client.once('close', () => sockets.delete(client))
    tunnel(hosts, request.url ?? '', client, head).catch((error: unknown) => {
      client.end(`HTTP/1.1 ${say(error).status} Refused\r\ncontent-length: 0\r\n\r\n`)
    })
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  const socket = 'proxy.socket'
  server.listen(path.join(folder, socket))
  await once(server, 'listening')
  return {
    folder,
    socket,
    async [Symbol.asyncDispose]() {
      for (const client of sockets) client.destroy()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
