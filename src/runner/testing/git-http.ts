import { execFileSync, spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

const exec = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim()

/** Reads the head of a CGI answer: its status, its headers and what of the body came with it. */
function readHead(head: Buffer) {
  const end = head.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const lines = head.toString('latin1', 0, end).split('\r\n')
  const headers = lines.map((line) => line.split(': ', 2) as [string, string])
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200'
  return {
    status: Number.parseInt(status, 10),
    headers: headers.filter(([name]) => name !== 'Status'),
    rest: head.subarray(end + 4),
  }
}

/** Answers git's HTTP protocol by `git http-backend` for the bare repositories below `root`. */
export async function answerGit(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const backend = spawn(`${exec}/git-http-backend`, [], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      REMOTE_USER: 'pusher',
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  backend.stdin.on('error', () => undefined)
  request.pipe(backend.stdin)
  let head = Buffer.alloc(0)
  let parsed: ReturnType<typeof readHead>
  await pipeline(
    backend.stdout,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        if (parsed) {
          yield chunk
          continue
        }
        head = Buffer.concat([head, chunk])
        parsed = readHead(head)
        if (!parsed) continue
        response.writeHead(parsed.status, Object.fromEntries(parsed.headers))
        yield parsed.rest
      }
    },
    response,
  )
}
