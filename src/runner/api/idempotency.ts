import type { BuildCreated } from '../../domain/build.ts'
import { conflict } from '../../domain/errors.ts'
import type { BuildOrder } from '../builds/order.ts'

/** Answers a repeated request with the first answer. */
export interface Idempotency {
  /** Takes over what an earlier run of the runner answered. */
  remember(order: BuildOrder): void
  /** Does the work once for each key, also when repeats arrive meanwhile; a failure may be tried again. */
  once(
    key: string | undefined,
    requestHash: string,
    work: () => Promise<BuildCreated>,
  ): Promise<BuildCreated>
}

/** Keys last as long as their builds, because they stand in the builds' orders. */
export function createIdempotency(): Idempotency {
  const answers = new Map<string, { requestHash: string; answer: Promise<BuildCreated> }>()
  return {
    remember({ idempotency_key: key, request_hash: requestHash, project_id, build_id }) {
      if (key === undefined) return
      answers.set(key, { requestHash, answer: Promise.resolve({ project_id, build_id }) })
    },
    async once(key, requestHash, work) {
      if (key === undefined) return work()
      const earlier = answers.get(key)
      if (earlier && earlier.requestHash !== requestHash) {
        const message = 'This Idempotency-Key was used with another request: use a fresh one.'
        throw conflict('idempotency_key_reused', message)
      }
      if (earlier) return earlier.answer
      const answer = Promise.resolve().then(work)
      answers.set(key, { requestHash, answer })
      answer.catch(() => answers.delete(key))
      return answer
    },
  }
}
