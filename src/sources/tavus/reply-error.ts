import { z } from 'zod'
import { AppError } from '../../domain/errors.ts'
import { cleanText } from '../clean-text.ts'

const ErrorReply = z.object({
  message: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
})

/** What Tavus says went wrong, for a person to read: it uses `message` or `error`. */
function sayingOf(reply: unknown): string {
  const { message, error } = ErrorReply.safeParse(reply).data ?? {}
  return cleanText(message ?? error ?? '')
    .replaceAll('\n', ' ')
    .trim()
    .slice(0, 300)
    .toWellFormed()
}

function isTemporary(status: number): boolean {
  return status === 408 || status === 425 || status >= 500
}

/** What a reply that is not a success means, and whether to ask again. */
export function replyError(
  status: number,
  reply: unknown,
  retryAfterSeconds: number | undefined,
): AppError {
  const saying = sayingOf(reply)
  const said = saying === '' ? `HTTP ${status}` : `HTTP ${status}, "${saying}"`
  const details = {
    tavusStatus: status,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  }
  const permanent = { retryable: false, details }
  const temporary = { status: 503, retryable: true, details }
  if ((status === 400 || status === 429) && /concurren/i.test(saying)) {
    return new AppError(
      'tavus_concurrency',
      `Tavus allows no further call at the same time (${said}). Wait for a call to end, or end one.`,
      temporary,
    )
  }
  if (status === 401 || status === 403) {
    return new AppError(
      'tavus_unauthorised',
      `Tavus refuses the API key (${said}). Check TAVUS_API_KEY.`,
      { ...permanent, status: 502 },
    )
  }
  if (status === 404) {
    return new AppError('tavus_not_found', `Tavus does not know this conversation (${said}).`, {
      ...permanent,
      status: 404,
    })
  }
  if (status === 429) {
    return new AppError('tavus_rate_limited', `Tavus asks to slow down (${said}).`, temporary)
  }
  if (isTemporary(status)) {
    return new AppError('tavus_unavailable', `Tavus is not available now (${said}).`, temporary)
  }
  return new AppError('tavus_rejected', `Tavus rejects the request (${said}).`, {
    ...permanent,
    status: 422,
  })
}

/**
 * Whether an error tells that Tavus has not done what it was asked for: it said so itself. After any
 * other one, a lost answer among them, it may have.
 */
export function wasRefused(error: AppError): boolean {
  const status = error.details['tavusStatus']
  return typeof status === 'number' && status < 500 && status !== 408
}
