import type { MiddlewareHandler } from 'hono'
import { invalidInput } from '../domain/errors.ts'
import { canonicalJson, sha256 } from '../domain/json.ts'
import { claimIdempotencyKey, releaseIdempotencyKey, storeAnswer } from '../store/idempotency.ts'
import type { HttpDeps, SignedIn } from './deps.ts'

const maxKey = 200

/**
 * A write with an `Idempotency-Key` is carried out once: a repeat gets the first one's answer. A
 * request that failed frees its key.
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
    const hash = await sha256(canonicalJson([c.req.method, c.req.path, userId, body]))
    const request = { workspaceId, key, hash }
    const answered = await claimIdempotencyKey(db, request)
    if (answered !== undefined) {
      return new Response(JSON.stringify(answered.response), {
        status: answered.status,
        headers: { 'Content-Type': 'application/json' },
      })
    }
    let kept = false
    try {
      await next()
      if (!c.res.ok) return
      const response: unknown = c.res.body === null ? null : await c.res.clone().json()
      await storeAnswer(db, request, { status: c.res.status, response })
      kept = true
    } finally {
      if (!kept) await releaseIdempotencyKey(db, request)
    }
  }
}
