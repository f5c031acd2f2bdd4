import { rm } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { EventType } from '../../src/domain/event.ts'
import type { Role } from '../../src/domain/principal.ts'
import type { PlanView, ProjectView } from '../../src/http/views.ts'
import { openBrowser } from '../support/browser.ts'
import { startCommand } from '../support/command.ts'
import { makeDataFolder } from '../support/data-folder.ts'

const adminKey = 'the-admin-key-of-the-page-tests'

/** A talk with a question that stays open and two statements that contradict each other. */
const talk = `Agent: What do you need?
Client: We need an app for our library. Members can borrow books.
Client: Each book has a title, an author and a year.
Agent: How long may a member keep a book?
Client: I'm not sure yet, we have to decide that.
Client: Members can cancel a loan.
Client: Members must be able to search books by title.
Client: Members cannot cancel a loan.`

/** A served Talkwright and a browser that is signed in to it. */
export interface Site {
  url: string
  browser: Browser
  /** A request with an admin's key. @throws Error when it is refused */
  call: <T>(path: string, body?: unknown, method?: string) => Promise<T>
  /** A project whose plan waits for approval. */
  planned: () => Promise<string>
  plan: (id: string) => Promise<PlanView>
  /** Resolves when the project's log has an event of the type. */
  told: (id: string, type: EventType) => Promise<void>
  /** Resolves when the project has the status. */
  reached: (id: string, status: ProjectView['status']) => Promise<void>
  /** The owner's browser; another one each time. */
  person: (options?: Parameters<Browser['newContext']>[0]) => Promise<Visitor>
  /** The same by way of another port, such as a proxy's. */
  personAt: (port: number) => Promise<Visitor>
  /** The browser of somebody else, who was invited and has come. */
  invited: (name: string, role: Role) => Promise<Visitor>
  /** The browser of whom an invitation's link has let in. */
  joined: (link: string) => Promise<Visitor>
  close: () => Promise<void>
}

/** Somebody with a browser of their own. */
export interface Visitor {
  page: Page
  /** Opens a view of a project and waits until it is there. */
  open: (id: string, view: string) => Promise<void>
  /** Closes the browser; fails when the page met a fault that it did not expect. */
  leave: () => Promise<void>
}

function callerOf(url: string) {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  return async <T>(path: string, body?: unknown, method = 'POST'): Promise<T> => {
    const sent = body === undefined ? {} : { method, body: JSON.stringify(body) }
    const response = await fetch(url + path, { headers, ...sent })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
}

/** Follows the project's log until it holds what is looked for. */
async function follow(url: string, id: string, wanted: string): Promise<void> {
  const headers = { authorization: `Bearer ${adminKey}`, accept: 'text/event-stream' }
  const stop = new AbortController()
  const { signal } = stop
  const response = await fetch(`${url}/v1/projects/${id}/events`, { headers, signal })
  if (response.body === null) throw new Error('The server sent no stream.')
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.includes(wanted)) break
    if (text.includes('"to":"failed"')) throw new Error(text)
  }
  stop.abort()
}

async function visit(context: BrowserContext, url: string): Promise<Visitor> {
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  // What the page's policy forbids is not even tried.
  page.on('console', (line) => {
    if (/Content Security Policy|\w-src'/.test(line.text())) faults.push(line.text())
  })
  return {
    page,
    open: async (id, view) => {
      await page.goto(`${url}/projects/${id}/${view}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
    leave: async () => {
      await context.close()
      if (faults.length > 0) throw new Error(`The page met faults: ${faults.join('; ')}`)
    },
  }
}

/** Follows an invitation's link; gives a browser that is signed in by it. */
async function accept(browser: Browser, link: string): Promise<BrowserContext> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('link', { name: 'Talkwright' }).waitFor()
  await page.close()
  return context
}

async function serve(environment: Readonly<Record<string, string>>) {
  const data = await makeDataFolder('page')
  const server = startCommand(['serve'], {
    TALKWRIGHT_DATA: data,
    TALKWRIGHT_ADMIN_KEY: adminKey,
    PORT: '0',
    ...environment,
  })
  let signIn: string | undefined
  for await (const line of server.lines) {
    if (line['event'] === 'ready') {
      signIn = String(line['signIn'])
      break
    }
  }
  if (signIn === undefined) throw new Error(`The server ended: ${server.stderr()}`)
  return { server, data, signIn }
}

/** Serves an empty workspace, with settings beside the usual ones, and signs a browser in. */
export async function openSite(environment: Readonly<Record<string, string>> = {}): Promise<Site> {
  const { server, data, signIn } = await serve(environment)
  const url = new URL(signIn).origin
  const call = callerOf(url)
  const reached: Site['reached'] = (id, status) => follow(url, id, `"to":"${status}"`)
  const browser = await openBrowser()
  const joined: Site['joined'] = async (link) => visit(await accept(browser, link), url)
  const first = await browser.newContext()
  await (await first.newPage()).goto(signIn)
  const session = await first.storageState()
  await first.close()
  return {
    url,
    browser,
    call,
    planned: async () => {
      const { projectId } = await call<{ projectId: string }>('/v1/conversations', {
        transcript: talk,
        approval: 'manual',
      })
      await reached(projectId, 'awaiting_approval')
      return projectId
    },
    plan: (id) => call(`/v1/projects/${id}/plan`),
    reached,
    told: (id, type) => follow(url, id, `"type":"${type}"`),
    person: async (options = {}) =>
      visit(await browser.newContext({ ...options, storageState: session }), url),
    personAt: async (port) => {
      const context = await browser.newContext({ storageState: session })
      return visit(context, `http://127.0.0.1:${port}`)
    },
    invited: async (name, role) => {
      const { link } = await call<{ link: string }>('/v1/invitations', { name, role })
      return joined(link)
    },
    joined,
    close: async () => {
      await browser.close()
      server.child.kill('SIGTERM')
      await server.ended
      await rm(data, { recursive: true, force: true })
    },
  }
}
