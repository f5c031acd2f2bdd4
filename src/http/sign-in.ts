import { Hono, type MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { authenticate } from '../access/authenticate.ts'
import { tokenHash } from '../access/random-token.ts'
import { sessionSeconds } from '../access/sessions.ts'
import { AppError } from '../domain/errors.ts'
import { useSignInLink } from '../store/credentials.ts'
import { leaveSampleToPerson } from '../pipeline/sample.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { sameSite } from './same-site.ts'

const cookieName = 'talkwright_session'

/** Lets a request through when it proves who asks; puts them into `principal`. */
export function signedIn(deps: HttpDeps): MiddlewareHandler<SignedIn> {
  return async (c, next) => {
    const bearer = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const session = getCookie(c, cookieName)
    const principal = await authenticate(deps.authentication, { bearer, session })
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

/** The one-time link: signs a browser in and leads to the page. */
export function signInRoutes(deps: HttpDeps): Hono {
  const secure = deps.publicUrl.startsWith('https:')
  const app = new Hono()
  app.get('/sign-in/:token', async (c) => {
    const { db, sessions, clock } = deps.authentication
    const now = clock()
    const subject = await useSignInLink(db, await tokenHash(c.req.param('token')), now)
    // A used link leads to the page all the same: it says what to do when there is no session.
    if (subject === undefined) return c.redirect('/', 303)
    await leaveSampleToPerson(deps.pipeline)
    setCookie(c, cookieName, await sessions.issue(subject, now), {
      httpOnly: true,
      secure,
      sameSite: 'Lax',
      path: '/',
      maxAge: sessionSeconds,
    })
    return c.redirect('/', 303)
  })
  app.post('/sign-out', sameSite(deps.publicUrl), (c) => {
    deleteCookie(c, cookieName, { path: '/' })
    return c.body(null, 204)
  })
  return app
}
