import { AppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'
import type { Analyst } from './analyst.ts'

/**
 * An analyst whose last link is another one, where no model gave an answer. What the meter throws, a
 * talk that asks for too much, and an abort end it: they would be no different with the other one.
 * Where the other one cannot help either, the error is the model's.
 */
export function withFallback(first: Analyst, last: Analyst, log: Log): Analyst {
  return {
    ...first,
    async analyse(talk, signal, meter) {
      try {
        return await first.analyse(talk, signal, meter)
      } catch (thrown) {
        if (signal?.aborted === true || !isOfModel(thrown)) throw thrown
        log.warn({ stage: 'analyse', code: thrown.code, next: last.name }, 'model.gave_up')
        return last.analyse(talk, signal, meter).catch((other: unknown) => {
          if (signal?.aborted === true || !(other instanceof AppError)) throw other
          throw thrown
        })
      }
    },
  }
}

function isOfModel(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && thrown.code.startsWith('model_')
}
