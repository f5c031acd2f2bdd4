import type { MiddlewareHandler } from 'hono'
import { digest } from '../access/digest.ts'
import { invalidInput } from '../domain/errors.ts'
import { canonicalJson } from '../domain/json.ts'
import { uuidOf } from '../domain/uuid-of.ts'
import { claimIdempotencyKey, releaseIdempotencyKey, storeAnswer } from '../store/idempotency.ts'
import type { HttpDeps, SignedIn } from './deps.ts'

const maxKey = 200

/**
 * A write with an `Idempotency-Key` is carried out once: a repeat gets the first one's answer. A
 * request that failed frees its key; what it may have written all the same, because the answer of
 * the commit was lost, is known again by the id that is made of the key.
 */
export function idempotent(deps: HttpDeps): MiddlewareHandler<SignedIn> {
  const { db } = deps.pipeline.database
  return async (c, next) => {
    const key = c.req.header('idempotency-key')
    if (key === undefined || c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    if (key.length === 0 || key.length > maxKey) {
      throw invalidInput('bad_idempotency_key', 'An Idempotency-Key has 1 to 200 characters.')
    }
    const { workspaceId, userId } = c.get('principal')
    const body = await c.req.text()
    const hash = digest(canonicalJson([c.req.method, c.req.path, userId, body]))
    const claimed = await claimIdempotencyKey(db, { workspaceId, key, hash })
    if ('answered' in claimed) {
      const { status, response } = claimed.answered
      return new Response(JSON.stringify(response), {
        status,
        headers: { 'Content-Type': 'application/json' },
      })
    }
    const { claim } = claimed
    c.set('repeatId', uuidOf(digest(canonicalJson([workspaceId, key, hash]))))
    let kept = false
    try {
      await next()
      // A secret that is shown once is not written down to be shown again.
      if (!c.res.ok || c.res.headers.get('cache-control') === 'no-store') return
      const response: unknown = c.res.body === null ? null : await c.res.clone().json()
      await storeAnswer(db, claim, { status: c.res.status, response })
      kept = true
    } finally {
      if (!kept) await releaseIdempotencyKey(db, claim)
    }
  }
}
