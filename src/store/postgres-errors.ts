import { DatabaseError } from 'pg'
import { AppError } from '../domain/errors.ts'

/**
 * SQLSTATE classes and codes that pass by themselves (PostgreSQL's appendix A): connection (08),
 * resources (53: full disk, memory, connections), an operator's shutdown or a crash (57P01 to
 * 57P03), a cancelled statement (57014), input and output (58), a plan that another version's
 * migration outdated (0A000).
 */
const passing = [/^08/, /^53/, /^57P0[1-3]$/, /^57014$/, /^58/, /^0A000$/]

/** What two transactions did to each other: serialisation and deadlock (40), a lock that did not come. */
const conflicting = [/^40/, /^55P03$/]

/** The connection is gone, or holds plans that no longer fit. */
const ending = [/^08/, /^57P/, /^0A000$/]

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof DatabaseError ? (thrown.code ?? '') : undefined
}

/** The driver has no class for a broken connection: it is what neither the server nor our code says. */
function isConnectionError(thrown: unknown): boolean {
  return !(
    thrown instanceof DatabaseError ||
    thrown instanceof AppError ||
    thrown instanceof TypeError ||
    thrown instanceof RangeError
  )
}

function matches(code: string | undefined, patterns: readonly RegExp[]): boolean {
  return code !== undefined && patterns.some((pattern) => pattern.test(code))
}

/** What passes by itself as `database_unavailable` or `database_conflict`, everything else as it is. */
export function postgresError(thrown: unknown): unknown {
  const code = codeOf(thrown)
  if (matches(code, conflicting)) {
    return new AppError(
      'database_conflict',
      'Something else changed the same rows at this moment. Try again.',
      { status: 503, retryable: true, cause: thrown, details: { retryAfterSeconds: 1 } },
    )
  }
  if (!matches(code, passing) && !isConnectionError(thrown)) return thrown
  return new AppError(
    'database_unavailable',
    'The database cannot be reached or is too busy at this moment. Try again shortly.',
    { status: 503, retryable: true, cause: thrown, details: { retryAfterSeconds: 2 } },
  )
}

/** Whether a connection must not be used again after this error of one of its statements. */
export function spoilsConnection(thrown: unknown): boolean {
  const code = codeOf(thrown)
  return code === undefined || ending.some((pattern) => pattern.test(code))
}
