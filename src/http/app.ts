import { OpenAPIHono } from '@hono/zod-openapi'
import { secureHeaders } from 'hono/secure-headers'
import { notFound } from '../domain/errors.ts'
import { acceptInvitationRoutes } from './accept-invitation.ts'
import { actionRoutes } from './actions.ts'
import { budgetRoutes } from './budgets.ts'
import { commentRoutes } from './comments.ts'
import { conversationRoutes } from './conversations.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { docsPage } from './docs-page.ts'
import { eventRoutes } from './events.ts'
import { exportRoutes } from './exports.ts'
import { liveSocketRoute, liveTicketRoutes } from './live.ts'
import { healthRoutes } from './health.ts'
import { idempotent } from './idempotent.ts'
import { keyRoutes } from './keys.ts'
import { limitBody } from './limit-body.ts'
import { meRoutes } from './me.ts'
import { memberRoutes } from './members.ts'
import { operateRoutes } from './operate.ts'
import { problem } from './problem.ts'
import { projectAuditRoutes } from './project-audit.ts'
import { projectListRoutes } from './project-list.ts'
import { projectRoutes } from './projects.ts'
import { queueRoutes } from './queue.ts'
import { limitAddress, limitCaller } from './rate-limit.ts'
import { makeRouter } from './router.ts'
import { sameSite } from './same-site.ts'
import { signInRoutes } from './sign-in.ts'
import { signedIn } from './signed-in.ts'
import { versionRoutes } from './versions.ts'
import { buildArtifactRoutes } from './build-artifact.ts'
import { buildEstimateRoutes } from './build-estimate.ts'
import { usageRoutes } from './usage.ts'
import { waitingConversationRoutes } from './waiting-conversations.ts'
import { webhookRoutes } from './webhooks.ts'
import { workspaceRoutes } from './workspaces.ts'

/** A transcript of 5 MiB grows when JSON escapes its line ends and quotes. */
const maxRequest = 8 * 1024 * 1024

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Everything that needs to know who asks. */
function api(deps: HttpDeps): OpenAPIHono<SignedIn> {
  const app = makeRouter()
  const { rates } = deps
  app.route('/', acceptInvitationRoutes(deps))
  app.use(
    '/v1/*',
    sameSite(deps.publicUrl),
    signedIn(deps),
    ...(rates === undefined ? [] : [limitCaller(rates)]),
    limitBody(maxRequest),
    idempotent(deps),
  )
  app.route('/', meRoutes(deps))
  app.route('/', projectListRoutes(deps))
  app.route('/', projectRoutes(deps))
  app.route('/', versionRoutes(deps))
  app.route('/', exportRoutes(deps))
  app.route('/', commentRoutes(deps))
  app.route('/', projectAuditRoutes(deps))
  app.route('/', actionRoutes(deps))
  app.route('/', conversationRoutes(deps))
  app.route('/', waitingConversationRoutes(deps))
  app.route('/', eventRoutes(deps))
  app.route('/', liveTicketRoutes(deps))
  app.route('/', queueRoutes(deps))
  app.route('/', operateRoutes(deps))
  app.route('/', usageRoutes(deps))
  app.route('/', buildEstimateRoutes(deps))
  app.route('/', buildArtifactRoutes(deps))
  app.route('/', budgetRoutes(deps))
  app.route('/', workspaceRoutes(deps))
  app.route('/', memberRoutes(deps))
  app.route('/', keyRoutes(deps))
  return app
}

/** The whole HTTP surface as one fetch handler; it runs on Node, Deno and the edge alike. */
export function createApp(deps: HttpDeps): OpenAPIHono {
  const app = new OpenAPIHono()
  app.onError((error, c) => problem(c, error, deps.pipeline.log))
  app.notFound(async (c) => {
    const isForPerson = (c.req.header('accept') ?? '').includes('text/html')
    // The page says itself that there is no such place, and leads back.
    const page = isForPerson ? await deps.page?.('/') : undefined
    return page === undefined
      ? problem(c, notFound('page'), deps.pipeline.log)
      : new Response(page.body, { status: 404, headers: page.headers })
  })
  // Before the headers that protect pages: only programs read what webhooks are answered.
  app.route('/', webhookRoutes(deps))
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        // A call is held within the page; without a key there is none, and nothing is let in.
        ...(deps.calls !== undefined && { frameSrc: [deps.calls.origin] }),
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: deps.publicUrl.startsWith('https:'),
    }),
  )
  app.route('/', healthRoutes(deps))
  app.route('/', signInRoutes(deps))
  if (deps.rates !== undefined) {
    const limit = limitAddress(deps, deps.rates)
    for (const path of ['/v1/*', '/openapi.json', '/docs']) app.use(path, limit)
  }
  app.route('/', liveSocketRoute(deps))
  const routes = api(deps)
  // Made once: it takes tenths of a second, and whoever asks need not be known.
  const describe = once(() =>
    routes.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Talkwright', version: deps.version },
      servers: [{ url: deps.publicUrl }],
    }),
  )
  const docs = once(() => docsPage(describe()))
  app.get('/openapi.json', (c) => c.json(describe()))
  app.get('/docs', (c) => c.html(docs()))
  app.route('/', routes)
  app.get('*', async (c, next) => {
    const found = await deps.page?.(c.req.path)
    return found ?? next()
  })
  return app
}
