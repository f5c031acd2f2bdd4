import type { AppError } from './errors.ts'

/** How often and how long apart a job is tried. */
export interface RetryPolicy {
  /** Attempts in all, the first one included. */
  attempts: number
  /** The longest wait before the second attempt; it doubles with each one after that. */
  baseSeconds: number
  /** The longest wait between two attempts that nobody asked for. */
  maxSeconds: number
  /** The longest wait that a Retry-After is followed for. */
  maxRetryAfterSeconds: number
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 6,
  baseSeconds: 2,
  maxSeconds: 120,
  maxRetryAfterSeconds: 3_600,
}

/** What becomes of a job whose attempt failed. */
export type RetryVerdict = { kind: 'again'; afterSeconds: number } | { kind: 'give_up' }

/**
 * Decides by the kind of error alone: one that cannot pass ends the job at once, one that may pass
 * is tried again after an exponential backoff with equal jitter (half of it fixed, so that no job
 * comes back at once; Brooker, "Exponential Backoff and Jitter"). A Retry-After is a floor: coming
 * earlier would only be refused again, so jitter is added to it and never taken away.
 *
 * @param attempt the number of the attempt that failed, 1 for the first
 * @param random from 0 to below 1
 */
export function decideRetry(
  policy: RetryPolicy,
  error: Pick<AppError, 'retryable' | 'retryAfterSeconds'>,
  attempt: number,
  random: number,
): RetryVerdict {
  if (!error.retryable || attempt >= policy.attempts) return { kind: 'give_up' }
  const ceiling = Math.min(policy.maxSeconds, policy.baseSeconds * 2 ** (attempt - 1))
  const backoff = ceiling / 2 + (ceiling / 2) * random
  const asked = error.retryAfterSeconds
  if (asked === undefined) return { kind: 'again', afterSeconds: backoff }
  const floor = Math.min(Math.max(asked, 0), policy.maxRetryAfterSeconds)
  return { kind: 'again', afterSeconds: floor + policy.baseSeconds * random }
}
