import type { Context } from 'hono'
import { toAppError, type AppError } from '../../domain/errors.ts'
import type { Log } from '../../domain/log.ts'

/** An error as `application/problem+json` (RFC 9457) with its stable code. */
export function problem(error: AppError): Response {
  const body = {
    type: 'about:blank',
    title: error.code.replaceAll('_', ' '),
    status: error.status,
    code: error.code,
    detail:
      error.code === 'internal' ? 'The runner could not do this; its log says why.' : error.message,
    ...(Object.keys(error.details).length > 0 && { details: error.details }),
  }
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  if (error.status === 401) headers.set('www-authenticate', 'Bearer')
  if (error.status === 429) headers.set('retry-after', '10')
  return Response.json(body, { status: error.status, headers })
}

/** Hono's error handler: errors that are not of our own making are logged and not shown. */
export function answerErrors(log: Log): (thrown: Error, context: Context) => Response {
  return (thrown, context) => {
    const error = toAppError(thrown)
    if (error.status >= 500) log.error({ err: thrown, path: context.req.path }, 'request_failed')
    return problem(error)
  }
}
