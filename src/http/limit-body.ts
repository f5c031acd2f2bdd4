import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError } from '../domain/errors.ts'

/** Refuses a body of more than `bytes`; it must stand before whatever reads the body. */
export function limitBody(bytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      const mebibytes = bytes / (1024 * 1024)
      throw new AppError('too_large', `The body is larger than ${mebibytes} MiB.`, { status: 413 })
    },
  })
}
