import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ProjectListView } from '../../src/http/views.ts'
import { runBuild } from './fake-build.ts'
import { operateAnswer } from './fake-operate.ts'
import { members, planParts } from './fake-parts.ts'
import { planView } from './fake-plan.ts'
import { FakeProject } from './fake-project.ts'
import { brief, longTalk, turns } from './fake-talk.ts'
import { settingsAnswer } from './fake-settings.ts'
import { makeWorld } from './fake-world.ts'

/**
 * The API as the page meets it, with made-up projects and the strict content security policy of
 * the real server. For development and looking alone; it keeps nothing and protects nothing.
 */

const page = fileURLToPath(new URL('../../dist/page', import.meta.url))
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, code: string, detail: string): void {
  send(response, status, { type: 'about:blank', title: code, status, code, detail })
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? {} : JSON.parse(text)
}

async function sendPage({ response, url }: Exchange): Promise<void> {
  const name = /^\/(assets\/[\w.-]+|favicon\.svg)$/.test(url.pathname)
    ? url.pathname
    : '/index.html'
  try {
    const content = await readFile(page + name)
    const type = types[extname(name)] ?? 'application/octet-stream'
    response
      .writeHead(200, { 'content-type': type, 'content-security-policy': policy })
      .end(content)
  } catch {
    refuse(response, 404, 'not_found', 'Build the page first: npm run page')
  }
}

function sendEvents({ request, response, url }: Exchange, project: FakeProject): void {
  const after = Number(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? 0)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const write = (event: FakeProject['events'][number]) =>
    response.write(`id: ${event.seq}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`)
  for (const event of project.events.slice(after)) write(event)
  project.listeners.add(write)
  request.on('close', () => project.listeners.delete(write))
}

function sendPart({ response }: Exchange, project: FakeProject, part: string): void {
  const hasBrief = project.view.stages.some(
    ({ stage, state }) => stage === 'analyse' && state === 'done',
  )
  const none = () => refuse(response, 404, 'not_found', `There is no such ${part}.`)
  switch (part) {
    case '':
      return send(response, 200, project.view)
    case 'conversation': {
      const talk = project.turns === undefined ? turns : longTalk(project.turns)
      const facts = {
        externalId: null,
        status: 'transcribed',
        endReason: null,
        turns: talk,
        parts: [],
      }
      return send(response, 200, { id: project.view.conversationId, source: 'tavus', ...facts })
    }
    case 'brief':
      return hasBrief ? send(response, 200, { version: 1, brief }) : none()
    case 'plan':
      return hasBrief ? send(response, 200, planView) : none()
    case 'builds':
      return send(response, 200, { items: project.builds })
    default:
      return hasBrief && planParts[part] !== undefined
        ? send(response, 200, planParts[part])
        : none()
  }
}

/** Decisions that the page can try out. */
function decide(
  { response }: Exchange,
  project: FakeProject,
  action: string,
  stepMs: number,
): void {
  if (action === 'approve') {
    const build = project.startBuild(`b-${project.events.length}`)
    void runBuild(project, build, stepMs)
    return send(response, 200, { buildId: build.id })
  }
  if (action === 'cancel' || action === 'reject') {
    for (const build of project.builds) build.finishedAt ??= new Date().toISOString()
    project.become('cancelled', 'Cancelled by a person.')
    return send(response, 200, { ok: true })
  }
  return refuse(
    response,
    409,
    'nothing_to_retry_from',
    'There is no brief yet. Retry from an earlier stage.',
  )
}

/** The newest first, a page of fifty, by status and title. */
function listProjects(world: FakeProject[], asked: URLSearchParams): ProjectListView {
  const statuses = asked.get('status')?.split(',')
  const text = (asked.get('q') ?? '').toLowerCase()
  const from = Number(asked.get('cursor') ?? 0)
  const fitting = world
    .map((project) => project.listed)
    .filter(({ status }) => statuses?.includes(status) ?? true)
    .filter(({ title }) => title.toLowerCase().includes(text))
  const items = fitting.slice(from, from + 50)
  return { items, nextCursor: fitting.length > from + 50 ? String(from + 50) : null }
}

async function answer(exchange: Exchange, world: FakeProject[], stepMs: number): Promise<void> {
  const { request, response, url } = exchange
  if (!url.pathname.startsWith('/v1/')) return sendPage(exchange)
  if (url.pathname === '/v1/me') {
    return send(response, 200, {
      userId: 'u1',
      workspace: { id: 'w1', name: 'First workspace' },
      role: 'owner',
      calls: { origin: 'https://tavus.daily.co', palId: null },
    })
  }
  if (url.pathname === '/v1/members') return send(response, 200, members)
  if (url.pathname === '/v1/projects') {
    return send(response, 200, listProjects(world, url.searchParams))
  }
  if (url.pathname === '/v1/conversations' && request.method === 'GET') {
    return send(response, 200, { items: [], nextCursor: null })
  }
  if (url.pathname === '/v1/conversations') {
    await readBody(request)
    const project = new FakeProject(`new-${world.length}`, 'An uploaded talk', 0)
    world.unshift(project)
    project.plan()
    return send(response, 201, { conversationId: 'c', projectId: project.view.id, joinUrl: null })
  }
  if (url.pathname === '/v1/live/tickets') {
    // No WebSocket is let through here, so that the page follows by event streams.
    return send(response, 200, { protocols: ['talkwright.live.v1'] })
  }
  if (url.pathname === '/v1/members') {
    const someone = {
      userId: 'u2',
      name: 'Ines',
      email: null,
      role: 'member',
      since: '2026-01-01T00:00:00Z',
    }
    return send(response, 200, { items: [someone] })
  }
  const fixed = operateAnswer(url.pathname) ?? settingsAnswer(url.pathname)
  if (fixed !== undefined) return send(response, 200, fixed)
  const [, , , id, ...rest] = url.pathname.split('/')
  const part = rest.join('/')
  const project = world.find((known) => known.view.id === id)
  if (project === undefined) return refuse(response, 404, 'not_found', 'There is no such project.')
  if (request.method === 'POST') return decide(exchange, project, part, stepMs)
  return part === 'events' ? sendEvents(exchange, project) : sendPart(exchange, project, part)
}

export interface FakeApiOptions {
  world: FakeProject[]
  /** How long a task of a build takes. */
  stepMs: number
  /** Answers everything with 401. */
  signedOut?: boolean
}

/** The fake API as a server that has yet to listen. */
export function createFakeApi({ world, stepMs, signedOut = false }: FakeApiOptions): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (signedOut && url.pathname.startsWith('/v1/')) {
      return refuse(
        response,
        401,
        'not_signed_in',
        'Sign in with the link that the terminal printed.',
      )
    }
    answer({ request, response, url }, world, stepMs).catch((error: unknown) =>
      refuse(response, 500, 'internal', String(error)),
    )
    return undefined
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stepMs = 2_500
  createFakeApi({ world: makeWorld(stepMs), stepMs }).listen(4871, '127.0.0.1', () => {
    process.stdout.write('Fake API and built page on http://127.0.0.1:4871\n')
  })
}
