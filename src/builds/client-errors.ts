import { z } from 'zod'
import { AppError } from '../domain/errors.ts'
import { retryAfterSeconds } from '../domain/retry-after.ts'

const Problem = z.object({
  code: z.string().max(100),
  detail: z.string().max(4_000).optional().catch(undefined),
})

/** What went wrong before or after the answer's status: always worth another try. */
export function networkError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  if (thrown instanceof z.ZodError || thrown instanceof SyntaxError) {
    const message = 'The build API gave an answer that this version cannot read.'
    return new AppError('build_api_bad_answer', message, {
      status: 502,
      retryable: true,
      cause: thrown,
    })
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return new AppError(
    'build_api_unreachable',
    `The build API cannot be reached (${reason}): is the runner up, and KIRO_API_URL right?`,
    { status: 502, retryable: true, cause: thrown },
  )
}

function isRetryable(status: number): boolean {
  // The builder lacks a part of itself: only somebody who mends it makes another try worth while.
  if (status === 501) return false
  return status === 408 || status === 425 || status === 429 || status >= 500
}

function codeFor(status: number): string {
  if (status === 401 || status === 403) return 'build_api_unauthorised'
  if (status === 404) return 'build_not_found'
  if (status === 409) return 'build_conflict'
  if (isRetryable(status)) return 'build_api_unavailable'
  return 'build_refused'
}

async function readProblem(response: Response): Promise<z.infer<typeof Problem> | undefined> {
  try {
    return Problem.safeParse(await response.json()).data
  } catch {
    return undefined
  }
}

/** An answer that is no success as an error; the server's own code stands in `details.code`. */
export async function answerError(response: Response): Promise<AppError> {
  const { status } = response
  const problem = await readProblem(response)
  const wait = retryAfterSeconds(response.headers.get('retry-after'), new Date())
  const code = codeFor(status)
  const hint =
    code === 'build_api_unauthorised'
      ? 'The build API did not accept the key: check KIRO_API_KEY.'
      : (problem?.detail ?? 'No reason was given.')
  return new AppError(code, `The build API answered ${status}. ${hint}`, {
    status: status >= 500 || code === 'build_api_unauthorised' ? 502 : status,
    retryable: isRetryable(status),
    details: {
      status,
      ...(problem && { code: problem.code }),
      ...(wait !== undefined && { retryAfterSeconds: wait }),
    },
  })
}
