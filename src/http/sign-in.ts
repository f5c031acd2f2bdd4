import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { identify } from '../access/authenticate.ts'
import { join } from '../access/invitations.ts'
import type { OidcPerson, OidcPurpose } from '../access/oidc.ts'
import { tokenHash } from '../access/random-token.ts'
import { ownWorkspace, personOf } from '../access/sign-up.ts'
import { AppError } from '../domain/errors.ts'
import { leaveSampleToPerson } from '../pipeline/sample.ts'
import { useSignInLink } from '../store/credentials.ts'
import { hasIdentityAt, personBehind } from '../store/identities.ts'
import { invitedTo } from '../store/invitations.ts'
import { cookies } from './cookies.ts'
import type { HttpDeps } from './deps.ts'
import { awayPage, faultPage, joinPage } from './join-page.ts'
import { problem, visibleError } from './problem.ts'
import { limitSignIn } from './rate-limit.ts'
import { isLedHere, sameSite } from './same-site.ts'

interface Beginning {
  userId: string
  workspaceId: string | null
  secondFactor?: boolean
}

/** What begins and ends sessions of browsers. */
function sessionSteps(deps: HttpDeps) {
  const { sessions, clock } = deps.authentication
  const { session } = cookies(deps.publicUrl)
  return {
    /** A new session each time: one that was there before is of no use to anybody any more. */
    begin: async (c: Context, subject: Beginning): Promise<Response> => {
      const before = session.read(c)
      if (before !== undefined) await sessions.end(before)
      session.write(c, await sessions.issue(subject, clock()))
      return c.redirect('/', 303)
    },
    /** The session goes on, in another workspace. */
    enter: async (c: Context, workspaceId: string): Promise<Response> => {
      const value = session.read(c)
      if (value !== undefined) await sessions.choose(value, workspaceId)
      return c.redirect('/', 303)
    },
    end: async (c: Context): Promise<void> => {
      const value = session.read(c)
      if (value !== undefined) await sessions.end(value)
      session.remove(c)
    },
    who: async (c: Context): Promise<string | undefined> => {
      const subject = await identify(deps.authentication, { session: session.read(c) })
      return subject?.userId
    },
  }
}

type Steps = ReturnType<typeof sessionSteps>

function addLinks(app: Hono, deps: HttpDeps, steps: Steps): void {
  const { db, clock, id } = deps.authentication
  app.get('/sign-in/:token', async (c) => {
    const subject = await useSignInLink(db, await tokenHash(c.req.param('token')), clock())
    // A used link leads to the page all the same: it says what to do when there is no session.
    if (subject === undefined) return c.redirect('/', 303)
    await leaveSampleToPerson(deps.pipeline)
    return steps.begin(c, subject)
  })
  app.get('/join/:token', async (c) => {
    const workspace = await invitedTo(db, await tokenHash(c.req.param('token')), clock())
    return c.html(joinPage(workspace), workspace === undefined ? 404 : 200)
  })
  app.post('/join/:token', sameSite(deps.publicUrl), async (c) => {
    const token = c.req.param('token')
    const known = await steps.who(c)
    if (known === undefined && deps.oidc !== undefined) return leave(c, deps, { invitation: token })
    const who = known === undefined ? { fresh: id() } : { known }
    const joined = await join(db, token, who, clock())
    if (joined === undefined) return c.html(joinPage(undefined), 404)
    return known === undefined ? steps.begin(c, joined) : steps.enter(c, joined.workspaceId)
  })
}

/** Sends the browser to the provider; an invitation is accepted when it comes back. */
async function leave(c: Context, deps: HttpDeps, purpose: OidcPurpose): Promise<Response> {
  if (deps.oidc === undefined) {
    throw new AppError('no_provider', 'This server has no sign-in service.', { status: 404 })
  }
  const { url, state } = await deps.oidc.begin(purpose)
  cookies(deps.publicUrl).signIn.write(c, state)
  // Browsers let no form lead to another site by a redirect; see form-action of the policy.
  return c.req.method === 'GET' ? c.redirect(url, 303) : c.html(awayPage(url))
}

/** @throws AppError `not_invited` */
async function arrive(
  deps: HttpDeps,
  person: OidcPerson,
  { invitation, tieTo }: OidcPurpose,
): Promise<Beginning> {
  const { db, id, clock, signUp } = deps.authentication
  const { secondFactor, ...identity } = person
  // One account of a provider for each person: a second one is somebody else at the same browser.
  const isTied = tieTo !== undefined && (await hasIdentityAt(db, identity.issuer, tieTo))
  const ties = isTied ? undefined : tieTo
  const known = ties ?? (await personBehind(db, identity))
  const token = invitation === undefined ? undefined : await tokenHash(invitation)
  const isInvited = token !== undefined && (await invitedTo(db, token, clock())) !== undefined
  if (known === undefined && !isInvited && signUp === 'invited') {
    throw new AppError('not_invited', 'Ask an admin of a workspace for an invitation.', {
      status: 403,
    })
  }
  const somebody = await personOf(db, identity, ties, id)
  const { id: userId } = somebody
  const joined =
    invitation === undefined ? undefined : await join(db, invitation, { known: userId }, clock())
  if (joined !== undefined) return { ...joined, secondFactor }
  const own = signUp === 'open' ? await ownWorkspace(db, somebody, id) : null
  return { userId, workspaceId: own, secondFactor }
}

function addProvider(app: Hono, deps: HttpDeps, steps: Steps): void {
  const { signIn } = cookies(deps.publicUrl)
  app.get('/sign-in/ways', (c) => c.json({ oidc: deps.oidc !== undefined }))
  app.get('/sign-in/oidc', async (c) =>
    // Another site may lead here somebody whom it has signed in at the provider as one of its own.
    leave(c, deps, { tieTo: isLedHere(c) ? undefined : await steps.who(c) }),
  )
  app.get('/sign-in/oidc/callback', async (c) => {
    const state = signIn.read(c)
    // It serves once, whatever comes of it.
    signIn.remove(c)
    if (deps.oidc === undefined) {
      throw new AppError('no_provider', 'This server has no sign-in service.', { status: 404 })
    }
    const query = new URL(c.req.url).searchParams
    const { person, purpose } = await deps.oidc.finish(query, state)
    const isStill = purpose.tieTo !== undefined && purpose.tieTo === (await steps.who(c))
    const { invitation } = purpose
    return steps.begin(c, await arrive(deps, person, isStill ? purpose : { invitation }))
  })
}

function addEndings(app: Hono, deps: HttpDeps, steps: Steps): void {
  app.post('/sign-out', sameSite(deps.publicUrl), async (c) => {
    await steps.end(c)
    return c.body(null, 204)
  })
  app.post('/sign-out/everywhere', sameSite(deps.publicUrl), async (c) => {
    const userId = await steps.who(c)
    if (userId !== undefined) await deps.authentication.sessions.endAll(userId)
    await steps.end(c)
    return c.body(null, 204)
  })
}

/** How browsers sign in: one-time links, invitations, a provider of sign-ins; and how they sign out. */
export function signInRoutes(deps: HttpDeps): Hono {
  const app = new Hono()
  app.onError((error, c) => {
    const answer = problem(c, error, deps.pipeline.log)
    // A browser that was led here shows what it gets to a person.
    if (!(c.req.header('accept') ?? '').includes('text/html')) return answer
    return c.html(faultPage(visibleError(error)), answer.status as ContentfulStatusCode)
  })
  const { rates } = deps
  if (rates !== undefined) {
    const limit = limitSignIn(deps, rates)
    for (const path of ['/sign-in/:token', '/sign-in/oidc/callback', '/join/:token']) {
      app.use(path, (c, next) => (c.req.path === '/sign-in/ways' ? next() : limit(c, next)))
    }
  }
  const steps = sessionSteps(deps)
  // First the ways with a name, which a link's token never is.
  for (const add of [addProvider, addLinks, addEndings]) add(app, deps, steps)
  return app
}
