import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { authenticate } from '../access/authenticate.ts'
import { join } from '../access/invitations.ts'
import { tokenHash } from '../access/random-token.ts'
import { sessionSeconds, type SessionSubject } from '../access/sessions.ts'
import { AppError, notFound } from '../domain/errors.ts'
import { useSignInLink } from '../store/credentials.ts'
import { invitedTo } from '../store/invitations.ts'
import { leaveSampleToPerson } from '../pipeline/sample.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { joinPage } from './join-page.ts'
import { sameSite } from './same-site.ts'

const cookieName = 'talkwright_session'

/** @throws AppError `not_found` for what is no id at all */
function wantedWorkspace(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const { data } = z.uuid().safeParse(header)
  if (data === undefined) throw notFound('workspace')
  return data
}

/** Lets a request through when it proves who asks; puts them into `principal`. */
export function signedIn(deps: HttpDeps): MiddlewareHandler<SignedIn> {
  return async (c, next) => {
    const bearer = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const session = getCookie(c, cookieName)
    const workspace = wantedWorkspace(c.req.header('talkwright-workspace'))
    const principal = await authenticate(deps.authentication, { bearer, session, workspace })
    if (principal === undefined) {
      throw new AppError(
        'not_signed_in',
        'Sign in with the link that the terminal printed, or send an API key as a bearer token.',
        { status: 401 },
      )
    }
    c.set('principal', principal)
    await next()
  }
}

/** What begins a session: the one-time link of the terminal, and invitations. */
export function signInRoutes(deps: HttpDeps): Hono {
  const secure = deps.publicUrl.startsWith('https:')
  const { db, sessions, clock } = deps.authentication
  const app = new Hono()

  async function begin(c: Context, subject: SessionSubject, now: Date): Promise<Response> {
    setCookie(c, cookieName, await sessions.issue(subject, now), {
      httpOnly: true,
      secure,
      sameSite: 'Lax',
      path: '/',
      maxAge: sessionSeconds,
    })
    return c.redirect('/', 303)
  }

  app.get('/sign-in/:token', async (c) => {
    const now = clock()
    const subject = await useSignInLink(db, await tokenHash(c.req.param('token')), now)
    // A used link leads to the page all the same: it says what to do when there is no session.
    if (subject === undefined) return c.redirect('/', 303)
    await leaveSampleToPerson(deps.pipeline)
    return begin(c, subject, now)
  })
  app.get('/join/:token', async (c) => {
    const workspace = await invitedTo(db, await tokenHash(c.req.param('token')), clock())
    return c.html(joinPage(workspace), workspace === undefined ? 404 : 200)
  })
  app.post('/join/:token', sameSite(deps.publicUrl), async (c) => {
    const now = clock()
    const session = getCookie(c, cookieName)
    const signedInAs = session === undefined ? undefined : await sessions.read(session, now)
    const who =
      signedInAs === undefined ? { fresh: deps.pipeline.id() } : { known: signedInAs.userId }
    const joined = await join(db, c.req.param('token'), who, now)
    return joined === undefined ? c.html(joinPage(undefined), 404) : begin(c, joined, now)
  })
  app.post('/sign-out', sameSite(deps.publicUrl), (c) => {
    deleteCookie(c, cookieName, { path: '/' })
    return c.body(null, 204)
  })
  return app
}
