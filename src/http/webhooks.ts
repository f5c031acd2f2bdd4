import { Hono } from 'hono'
import { sameSecret } from '../access/digest.ts'
import { verifyBuildWebhook } from '../builds/verify-webhook.ts'
import { AppError, invalidInput } from '../domain/errors.ts'
import { followBuild } from '../pipeline/follow.ts'
import { acceptTavusWebhook } from '../pipeline/tavus-webhooks.ts'
import type { HttpDeps } from './deps.ts'
import { limitBody } from './limit-body.ts'

const maxBody = 5 * 1024 * 1024

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('invalid_json', 'The body is not JSON.', { status: 400 })
  }
}

/** Only programs read these answers, so the headers that protect a page are left out. */
const headers = { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' }

/** A text with plain headers is what the server writes with the least work. */
function answer(outcome: string): Response {
  return new Response(`{"outcome":"${outcome}"}`, {
    status: outcome === 'accepted' ? 202 : 200,
    headers,
  })
}

/** What comes in from Tavus and from the builder. A 2xx answer means: it is on disk. */
export function webhookRoutes(deps: HttpDeps): Hono {
  const app = new Hono()
  app.use('/webhooks/*', limitBody(maxBody))
  app.post('/webhooks/tavus/:token', async (c) => {
    if (!sameSecret(c.req.param('token'), deps.tavusToken)) {
      throw new AppError(
        'wrong_token',
        'The token in the path is not the callback token. Copy the callback URL again.',
        { status: 401 },
      )
    }
    return answer(await acceptTavusWebhook(deps.pipeline, parseJson(await c.req.text())))
  })
  app.post('/webhooks/kiro', async (c) => {
    const raw = await c.req.text()
    const { secret } = deps.pipeline.buildWebhooks
    const { webhook } = await verifyBuildWebhook(raw, c.req.raw.headers, secret)
    const outcome = await followBuild(deps.pipeline, webhook)
    if (outcome === 'unknown_build') {
      throw invalidInput('unknown_build', 'No build here has the id in metadata.build.')
    }
    return answer(outcome)
  })
  return app
}
