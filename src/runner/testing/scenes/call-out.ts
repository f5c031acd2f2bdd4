import { request } from 'node:http'
import type { Act } from '../scripted-agent.ts'

const outcome = (attempt: Promise<string>) =>
  attempt.catch((error: Error & { cause?: { code?: string } }) => `no ${error.cause?.code ?? ''}`)

/** By whatever Node makes of the environment. */
const byFetch = async (url: string) => {
  const response = await fetch(url)
  return `${response.status} ${(await response.text()).trim()}`
}

/** `CONNECT` by hand, then a request through the tunnel. */
const byTunnel = (target: string) =>
  new Promise<string>((resolve, reject) => {
    const proxy = new URL(process.env.HTTPS_PROXY ?? '')
    const ask = request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: target })
    ask.once('connect', (answer, socket) => {
      if (answer.statusCode !== 200) return resolve(`no ${answer.statusCode ?? ''}`)
      socket.once('data', (data: Buffer) => resolve(data.toString().split('\r\n')[0] ?? ''))
      return socket.write(`GET / HTTP/1.1\r\nhost: ${target}\r\n\r\n`)
    })
    ask.once('error', reject)
    ask.end()
  })

/** As curl asks a proxy for plain HTTP. */
const byForward = (url: string) =>
  new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(process.env.HTTP_PROXY ?? '')
    const ask = request({ host: hostname, port, path: url }, (answer) => {
      answer.setEncoding('utf8').once('data', (text: string) => {
        resolve(`${answer.statusCode ?? ''} ${text.trim()}`)
      })
    })
    ask.once('error', reject)
    ask.end()
  })

const ways = { fetch: byFetch, tunnel: byTunnel, forward: byForward }

/** Calls by the ways that are named, and says what came of each. */
export const act: Act = async ({ argument, say }) => {
  const calls = JSON.parse(argument) as [keyof typeof ways, string][]
  for (const [way, target] of calls) {
    const answer = await outcome(ways[way](target))
    await say(`${way} ${target}: ${answer}`)
  }
}
