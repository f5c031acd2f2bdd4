/** Extra facts about an error that are safe to show to the caller. */
export type ErrorDetails = Readonly<Record<string, unknown>>

export interface AppErrorOptions {
  /** HTTP status to answer with when the error reaches a caller. */
  status?: number
  /** Whether trying the same thing again later can succeed. */
  retryable?: boolean
  details?: ErrorDetails
  cause?: unknown
}

/**
 * The one family of errors. `code` is stable and meant for programs; `message` tells a person
 * what happened and what to do. Whether a job is tried again depends on `retryable` alone.
 */
export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly retryable: boolean
  readonly details: ErrorDetails

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.status = options.status ?? 500
    this.retryable = options.retryable ?? false
    this.details = options.details ?? {}
  }

  /** How long the other side asked to be left alone, when it did. */
  get retryAfterSeconds(): number | undefined {
    const seconds = this.details['retryAfterSeconds']
    return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : undefined
  }
}

/** Input that can never succeed as it is: answered with 4xx, never retried. */
export function invalidInput(code: string, message: string, details?: ErrorDetails): AppError {
  return new AppError(code, message, { status: 422, ...(details && { details }) })
}

/** Something the caller named does not exist, or is not theirs to see. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}, or you may not see it.`, {
    status: 404,
  })
}

/** The request is fine, but the thing is in a state that does not allow it. */
export function conflict(code: string, message: string, details?: ErrorDetails): AppError {
  return new AppError(code, message, { status: 409, ...(details && { details }) })
}

/** Whether a thrown value is an error of the system or the database with this code: `ENOENT`, `23505`. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}

/** Any thrown value as an AppError; an unknown one becomes `internal` and keeps its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new AppError('internal', message, { cause: thrown })
}
