import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { authenticate } from '../access/authenticate.ts'
import { AppError, notFound } from '../domain/errors.ts'
import { cookies } from './cookies.ts'
import type { HttpDeps, SignedIn } from './deps.ts'

/** @throws AppError `not_found` for what is no id at all */
function wantedWorkspace(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const { data } = z.uuid().safeParse(header)
  if (data === undefined) throw notFound('workspace')
  return data
}

/** The key or token that a request brings; whatever else stands there is one that does not hold. */
export function bearerOf(c: Context): string | undefined {
  const header = c.req.header('authorization')
  if (header === undefined) return undefined
  return /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(header)?.[1] ?? ''
}

export function notSignedIn(): AppError {
  const words = 'Sign in on the page, or send an API key as a bearer token.'
  return new AppError('not_signed_in', words, { status: 401 })
}

/** Lets a request through when it proves who asks; puts them into `principal`. */
export function signedIn(deps: HttpDeps): MiddlewareHandler<SignedIn> {
  const { session } = cookies(deps.publicUrl)
  return async (c, next) => {
    const principal = await authenticate(deps.authentication, {
      bearer: bearerOf(c),
      session: session.read(c),
      workspace: wantedWorkspace(c.req.header('talkwright-workspace')),
    })
    if (principal === undefined) throw notSignedIn()
    c.set('principal', principal)
    await next()
  }
}
