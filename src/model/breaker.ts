import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  type IHalfOpenAfterBackoffContext,
  isBrokenCircuitError,
} from 'cockatiel'
import { AppError } from '../domain/errors.ts'
import type { LanguageModel } from './language-model.ts'

export interface BreakerOptions {
  /** Failures in a row after which a model is left alone. */
  failures: number
  /** For how long at first; doubled by each trial that fails. */
  restMs: number
  longestRestMs: number
}

export interface BreakerState {
  /** `open`: the model is left alone; `half_open`: one call is let through to see whether it is well. */
  state: 'closed' | 'open' | 'half_open'
  restsUntil: Date | null
}

/** The breaker of one model, to be looked at. */
export interface Breaker {
  /** The model's name: `openai/gpt-5.2`. */
  name: string
  state(): BreakerState
}

export const defaultBreaker: BreakerOptions = {
  failures: 5,
  restMs: 30_000,
  longestRestMs: 10 * 60_000,
}

/** A Retry-After is the floor of a rest: an earlier trial would only be refused again. */
function restMs(
  options: BreakerOptions,
  { attempt, result }: IHalfOpenAfterBackoffContext,
): number {
  const asked =
    'error' in result && result.error instanceof AppError ? result.error.retryAfterSeconds : 0
  const ours = options.restMs * 2 ** (attempt - 1)
  return Math.min(Math.max(ours, (asked ?? 0) * 1_000), options.longestRestMs)
}

function passes(error: unknown): boolean {
  return error instanceof AppError && error.retryable && error.code.startsWith('model_')
}

function leftAlone(name: string, restsUntil: number, now: Date): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil((restsUntil - now.getTime()) / 1_000))
  const message = `${name} failed several times in a row and is left alone for a while. It is tried again later.`
  return new AppError('model_unavailable', message, {
    status: 503,
    retryable: true,
    details: { model: name, breaker: 'open', retryAfterSeconds },
  })
}

/**
 * Leaves a model alone that failed several times in a row for reasons that pass, then lets one call
 * through to see whether they have. Each model of each provider has a breaker of its own, and so
 * has each process.
 *
 * @param clock the clock of the process, which the breaker reads too
 * @returns a model that besides throws `model_unavailable`, at once, while its breaker is open, and
 *   what its breaker does
 */
export function withBreaker(
  model: LanguageModel,
  clock: () => Date,
  options: BreakerOptions = defaultBreaker,
): LanguageModel & { breaker: Breaker } {
  const { name, contextTokens } = model
  let restsUntil = 0
  const policy = circuitBreaker(handleWhen(passes), {
    breaker: new ConsecutiveBreaker(options.failures),
    halfOpenAfter: new DelegateBackoff((context: IHalfOpenAfterBackoffContext) => {
      const ms = restMs(options, context)
      restsUntil = clock().getTime() + ms
      return ms
    }),
  })
  const state = (): BreakerState => {
    const rests = policy.state === CircuitState.Open && restsUntil > clock().getTime()
    if (rests) return { state: 'open', restsUntil: new Date(restsUntil) }
    return {
      state: policy.state === CircuitState.Closed ? 'closed' : 'half_open',
      restsUntil: null,
    }
  }
  return {
    name,
    contextTokens,
    breaker: { name, state },
    async answer(call, signal) {
      // Other calls would wait until the one that is let through is over: minutes, at worst.
      if (policy.state === CircuitState.HalfOpen) throw leftAlone(name, restsUntil, clock())
      try {
        return await policy.execute(() => model.answer(call, signal))
      } catch (thrown) {
        throw isBrokenCircuitError(thrown) ? leftAlone(name, restsUntil, clock()) : thrown
      }
    },
  }
}
