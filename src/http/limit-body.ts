import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError } from '../domain/errors.ts'

/** Refuses a body of more than `bytes`; it must stand before whatever reads the body. */
export function limitBody(bytes: number): MiddlewareHandler {
  const refuse = (): never => {
    const kibibytes = bytes / 1024
    const most = kibibytes < 1024 ? `${kibibytes} KiB` : `${kibibytes / 1024} MiB`
    throw new AppError('too_large', `The body is larger than ${most}.`, { status: 413 })
  }
  const count = bodyLimit({ maxSize: bytes, onError: refuse })
  return async (c, next) => {
    // To ask whether there is a body would make a stream of it, which is slow to read: the length
    // that the server holds the sender to says enough.
    const length = c.req.header('content-length')
    const said = length !== undefined && c.req.header('transfer-encoding') === undefined
    if (!said) return count(c, next)
    return Number(length) <= bytes ? next() : refuse()
  }
}
