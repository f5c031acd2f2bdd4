import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { AppError, toAppError } from '../../domain/errors.ts'
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

/** What the router throws for a body that does not parse. */
function isUnreadable(thrown: unknown): boolean {
  return thrown instanceof HTTPException && thrown.status === 400
}

function notJson(cause: unknown): AppError {
  return new AppError('invalid_json', 'The body is not JSON.', { status: 400, cause })
}

/** Hono's error handler: errors that are not of our own making are logged and not shown. */
export function answerErrors(log: Log): (thrown: Error, context: Context) => Response {
  return (thrown, context) => {
    const error = isUnreadable(thrown) ? notJson(thrown) : toAppError(thrown)
    if (error.status >= 500) log.error({ err: thrown, path: context.req.path }, 'request_failed')
    return problem(error)
  }
}
