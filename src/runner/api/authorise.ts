import { createHash, timingSafeEqual } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { AppError } from '../../domain/errors.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Lets only callers with the bearer key pass; digests are compared, so lengths do not show. */
export function requireKey(apiKey: string) {
  const expected = digest(`Bearer ${apiKey}`)
  return createMiddleware(async (context, next) => {
    const given = digest(context.req.header('authorization') ?? '')
    if (apiKey === '' || !timingSafeEqual(given, expected)) {
      throw new AppError('unauthorised', 'Present the build API key as a bearer token.', {
        status: 401,
      })
    }
    await next()
  })
}
