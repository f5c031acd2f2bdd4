import { AppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'
import type { Planner } from './planner.ts'

/**
 * A planner whose last link is another one, where no model gave an answer or what it gave makes no
 * plan. What the meter throws, a brief that asks for nothing, and an abort end it.
 */
export function withFallback(first: Planner, last: Planner, log: Log): Planner {
  return {
    ...first,
    async plan(input, signal, meter) {
      try {
        return await first.plan(input, signal, meter)
      } catch (thrown) {
        const isOfModel = thrown instanceof AppError && thrown.code.startsWith('model_')
        if (signal?.aborted === true || !isOfModel) throw thrown
        log.warn({ stage: 'plan', code: thrown.code, next: last.name }, 'model.gave_up')
        return last.plan(input, signal, meter)
      }
    },
  }
}
