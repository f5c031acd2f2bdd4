import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { stderr } from 'node:process'
import { createApi } from './api.js'
import { createDoor } from './door.js'
import { Problem, readJson } from './problem.js'
import { openStore } from './store.js'

const pages = new Map([
  ['/', ['index.html', 'text/html; charset=utf-8']],
  ['/app.js', ['app.js', 'text/javascript; charset=utf-8']],
  ['/form.js', ['form.js', 'text/javascript; charset=utf-8']],
  ['/icon.svg', ['icon.svg', 'image/svg+xml']],
  ['/style.css', ['style.css', 'text/css; charset=utf-8']],
])

const headers = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/**
 * Starts the page and its API on this machine. `port: 0` takes a free one; with `keys` of roles nobody
 * gets in without one.
 */
export async function startServer({
  port,
  folder,
  keys,
  clock = () => new Date(),
  host = '127.0.0.1',
}) {
  const store = await openStore(folder)
  const door = createDoor(keys)
  const api = createApi(store, clock, door.tell)
  const server = createServer((request, response) => {
    void answer(request, response, { api, door })
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    url: `http://${host}:${server.address().port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await store.idle()
    },
  }
}

async function answer(request, response, { api, door }) {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (!pathname.startsWith('/api/')) return await page(pathname, response)
    const parts = pathname.slice(5).split('/').map(decode)
    if (pathname === '/api/session') return await enter(request, response, door)
    if (pathname !== '/api/schema') request.role = door.roleOf(request)
    const result = await api(request, parts, searchParams)
    if (result.csv !== undefined) {
      const name = `attachment; filename="${result.name.replaceAll(/[^\w.-]/g, '')}"`
      const type = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': name }
      return send(response, result.status, result.csv, type)
    }
    return sendJson(response, result.status, result.body)
  } catch (error) {
    return sendProblem(response, error)
  }
}

async function enter(request, response, door) {
  const leaves = request.method === 'DELETE'
  if (!leaves && request.method !== 'POST') throw new Problem(405, 'This cannot be done here.')
  const cookie = leaves ? door.leave() : door.enter(await readJson(request))
  return send(response, 204, '', { 'set-cookie': cookie })
}

async function page(pathname, response) {
  const found = pages.get(pathname)
  if (!found) throw new Problem(404, 'There is no such page.')
  const [file, type] = found
  const content = await readFile(new URL(`../public/${file}`, import.meta.url))
  return send(response, 200, content, { 'content-type': type })
}

function decode(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Problem(400, 'The address is not readable.')
  }
}

function sendProblem(response, error) {
  if (error instanceof Problem) {
    return sendJson(response, error.status, { message: error.message, ...error.details })
  }
  stderr.write(`${error?.stack ?? error}\n`)
  return sendJson(response, 500, { message: 'Something went wrong here. The log says more.' })
}

function sendJson(response, status, body) {
  const content = body === undefined ? '' : JSON.stringify(body)
  return send(response, status, content, { 'content-type': 'application/json; charset=utf-8' })
}

function send(response, status, content, more) {
  response.writeHead(status, { ...headers, ...more }).end(content)
}
