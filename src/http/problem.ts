import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import { AppError, toAppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'

const titles: Readonly<Record<number, string>> = {
  400: 'The request could not be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible now',
  413: 'Too large',
  415: 'Wrong content type',
  422: 'Not valid',
  429: 'Too many requests',
  503: 'Not available now',
}

/** The callback token and the one-time links stand in paths; the server log must not hold them. */
function loggablePath(path: string): string {
  return path.replace(/^(\/webhooks\/tavus|\/sign-in|\/join)\/.*$/s, '$1/[redacted]')
}

function fromException(error: HTTPException): AppError {
  const code = error.status === 400 ? 'bad_request' : `http_${error.status}`
  return new AppError(code, error.message || 'The request could not be carried out.', {
    status: error.status,
    cause: error,
  })
}

/** What a caller may know: an error of our own says everything, an unforeseen one nothing. */
function visible(error: AppError): { title: string; detail: string } {
  const title = titles[error.status] ?? 'Something went wrong'
  const detail =
    error.code === 'internal'
      ? 'The server met an error that it did not expect. It is in the server log.'
      : error.message
  return { title, detail }
}

function known(thrown: unknown): AppError {
  return thrown instanceof HTTPException ? fromException(thrown) : toAppError(thrown)
}

/** An error as words for a person, and its stable code. */
export function visibleError(thrown: unknown): { title: string; detail: string; code: string } {
  const error = known(thrown)
  return { ...visible(error), code: error.code }
}

/** An error as `application/problem+json` (RFC 9457) with its stable `code`. */
export function problem(c: Context, thrown: unknown, log: Log): Response {
  const error = known(thrown)
  // Whoever cancels an upload leaves; that is no fault of the server.
  const hasLeft = c.req.raw.signal.aborted && error.message === 'aborted'
  if (error.status >= 500 && !hasLeft) {
    const cause = error.cause instanceof Error ? error.cause.stack : undefined
    const path = loggablePath(c.req.path)
    log.error({ path, code: error.code, error: error.message, cause }, 'http.error')
  }
  const body = {
    // First, so that no detail takes the place of a member that every problem has.
    ...(error.code !== 'internal' && error.details),
    type: 'about:blank',
    status: error.status,
    code: error.code,
    ...visible(error),
  }
  const retryAfter = error.details['retryAfterSeconds']
  if (typeof retryAfter === 'number') c.header('Retry-After', String(Math.ceil(retryAfter)))
  c.header('Content-Type', 'application/problem+json')
  return c.body(JSON.stringify(body), error.status as ContentfulStatusCode)
}

/** A request that does not fit its schema, as an error that names every field that is wrong. */
export function invalidRequest(error: z.ZodError): AppError {
  const issues = error.issues.slice(0, 20).map((issue) => ({
    field: issue.path.join('.'),
    message: issue.message,
  }))
  const named = issues.map((issue) => `${issue.field || 'body'}: ${issue.message}`).join('. ')
  return new AppError('invalid_request', `The request does not fit: ${named}.`, {
    status: 422,
    details: { issues },
  })
}
