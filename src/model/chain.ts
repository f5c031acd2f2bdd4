import { AppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'
import type { LanguageModel } from './language-model.ts'

interface Failure {
  link: string
  error: AppError
}

/**
 * Ends that belong to the call and not to the model: a refusal is not taken to others until one
 * complies, and an answer that had no room has none elsewhere either.
 */
const final = new Set(['model_refused', 'model_cut_off'])

function goesOn(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && thrown.code.startsWith('model_') && !final.has(thrown.code)
}

/**
 * What the whole chain failed with: something that passes, if any link failed so, with the shortest
 * wait that makes sense; else what the first link said, which is the one that is meant.
 */
function failureOf(failures: readonly [Failure, ...Failure[]]): AppError {
  const passing = failures.filter(({ error }) => error.retryable)
  const [soonest = failures[0]] = passing.toSorted(
    (a, b) => (a.error.retryAfterSeconds ?? 0) - (b.error.retryAfterSeconds ?? 0),
  )
  const { code, message, status, retryable, details } = soonest.error
  if (failures.length === 1) return soonest.error
  const links = failures.map(({ link, error }) => ({ link, code: error.code }))
  const others = `No other model of TALKWRIGHT_MODELS gave an answer.`
  return new AppError(code, `${message} ${others}`, {
    status,
    retryable,
    details: { ...details, links },
  })
}

/**
 * Asks one model after the other until one answers; the answer says which. What the meter throws, an
 * abort, a refusal and a cut-off answer end it at once.
 *
 * @param links at least one, the preferred one first
 */
export function createChain(
  links: readonly [LanguageModel, ...LanguageModel[]],
  log: Log,
): LanguageModel {
  return {
    name: links.map(({ name }) => name).join(' > '),
    // Whoever cuts a talk into parts cuts it for the smallest, so that each link can take them.
    contextTokens: Math.min(...links.map(({ contextTokens }) => contextTokens)),
    async answer(call, signal) {
      const failures: Failure[] = []
      for (const link of links) {
        try {
          return await link.answer(call, signal)
        } catch (thrown) {
          if (signal.aborted || !goesOn(thrown)) throw thrown
          log.warn(
            { link: link.name, code: thrown.code, details: thrown.details },
            'model.link_failed',
          )
          failures.push({ link: link.name, error: thrown })
        }
      }
      const [first, ...rest] = failures
      if (first === undefined) throw new Error('A chain of models has at least one link.')
      throw failureOf([first, ...rest])
    },
  }
}
