/**
 * Runs inside of a sandbox, which has a network of its own with nobody else in it: brings what
 * connects to its proxy port to the proxy's socket, and connections to some ports of the loopback
 * address to the same ports of the machine. Ends with the program that it starts, as that ended.
 *
 * `node bridge.mts <socket> <proxy port> <ports, with commas> <command> [argument ...]`; it stands
 * alone, because nothing else of Talkwright is to be seen in there.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { constants } from 'node:os'

const [socket = '', proxyPort = '', ports = '', command = '', ...args] = process.argv.slice(2)

/** Joins two connections until either ends. */
function join(one: Socket, other: Socket): void {
  for (const [end, opposite] of [
    [one, other],
    [other, one],
  ] as const) {
    end.once('error', () => opposite.destroy())
    end.once('close', () => opposite.destroy())
  }
  one.pipe(other).pipe(one)
}

function toProxy(client: Socket): void {
  join(client, connect(socket))
}

/** Asks the proxy for the machine's port, and joins once it agrees. */
function toPort(client: Socket, port: number): void {
  const proxy = connect(socket)
  proxy.once('error', () => client.destroy())
  client.once('error', () => proxy.destroy())
  proxy.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`)
  let head = Buffer.alloc(0)
  const read = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) return
    proxy.off('data', read)
    if (!head.toString('latin1').startsWith('HTTP/1.1 200')) {
      client.destroy()
      proxy.destroy()
      return
    }
    client.write(head.subarray(end + 4))
    join(client, proxy)
  }
  proxy.on('data', read)
}

async function listen(port: number, take: (client: Socket) => void): Promise<void> {
  const server = createServer(take).listen(port, '127.0.0.1')
  await once(server, 'listening')
}

await listen(Number(proxyPort), toProxy)
for (const port of ports.split(',').filter(Boolean).map(Number)) {
  await listen(port, (client) => toPort(client, port))
}

// The program gets the signal as well, and decides.
process.on('SIGTERM', () => undefined)
const child = spawn(command, args, { stdio: 'inherit' })
child.once('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(127)
})
child.once('exit', (code, signal) => {
  process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal])
})
