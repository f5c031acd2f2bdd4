import { setImmediate } from 'node:timers'
import { toAppError } from '../domain/errors.ts'

/** What one request of a batch is answered; what it throws is that request's error alone. */
export type Reply<Answer> = () => Answer | Promise<Answer>

export interface BatcherOptions<Request, Answer> {
  /**
   * Carries out all of a batch and gives a reply for each, in the order of the requests. When it
   * throws, the batch counts as not carried out.
   */
  run: (batch: readonly Request[]) => Promise<readonly Reply<Answer>[]>
  /** Batches under way at once. */
  flights: number
  /** Requests in one batch. */
  most: number
  /** Of all requests in one batch together; one that is heavier goes alone. */
  heaviest: number
  weigh: (request: Request) => number
  /** Requests with the same key never go in one batch. */
  keyOf?: (request: Request) => string
}

/** Carries out together what is asked for at about the same time. */
export interface Batcher<Request, Answer> {
  /** Resolves with the reply to this request, whatever became of the others in its batch. */
  ask(request: Request): Promise<Answer>
  /** What waits for a batch. */
  backlog(): { requests: number; weight: number }
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>
}

interface Waiting<Request, Answer> {
  request: Request
  weight: number
  answer: PromiseWithResolvers<Answer>
}

/** How often a request that is alone is tried that others got into the way of. */
const maxAlone = 4

type Batch<Request, Answer> = readonly Waiting<Request, Answer>[]

/** Runs a batch; one that is refused is run in halves, so that what cannot be done fails alone. */
async function runBatch<Request, Answer>(
  run: BatcherOptions<Request, Answer>['run'],
  batch: Batch<Request, Answer>,
  tried = 1,
): Promise<void> {
  let replies: readonly Reply<Answer>[]
  try {
    replies = await run(batch.map(({ request }) => request))
  } catch (thrown) {
    const { code, retryable } = toAppError(thrown)
    const inTheWay = code === 'database_conflict'
    const alone = batch.length === 1
    // A database that is gone refuses all of them; asking it for each would only keep them waiting.
    if ((retryable && !inTheWay) || (alone && (!inTheWay || tried === maxAlone))) {
      for (const { answer } of batch) answer.reject(thrown)
      return
    }
    if (alone) return runBatch(run, batch, tried + 1)
    const middle = Math.ceil(batch.length / 2)
    await runBatch(run, batch.slice(0, middle))
    await runBatch(run, batch.slice(middle))
    return
  }
  batch.forEach(({ answer }, index) => {
    const reply = replies[index]
    if (reply === undefined) throw new Error('A batch was carried out without a reply for each.')
    new Promise<Answer>((resolve) => resolve(reply())).then(answer.resolve, answer.reject)
  })
}

/** Takes the next batch off the front. */
function takeBatch<Request, Answer>(
  waiting: Waiting<Request, Answer>[],
  { most, heaviest, keyOf }: BatcherOptions<Request, Answer>,
): Waiting<Request, Answer>[] {
  const keys = new Set<string>()
  let count = 0
  let sum = 0
  for (const { request, weight } of waiting) {
    const key = keyOf?.(request) ?? String(count)
    sum += weight
    if (count > 0 && (count === most || sum > heaviest || keys.has(key))) break
    keys.add(key)
    count += 1
  }
  return waiting.splice(0, count)
}

/**
 * Group commit: what is asked for in one turn of the event loop goes together, and what is asked
 * for while every flight is taken goes together when one of them is over.
 */
export function createBatcher<Request, Answer>(
  options: BatcherOptions<Request, Answer>,
): Batcher<Request, Answer> {
  const waiting: Waiting<Request, Answer>[] = []
  const flights = new Set<Promise<void>>()
  let waitingWeight = 0
  const state: { due?: Promise<void> | undefined } = {}

  function start(): void {
    while (waiting.length > 0 && flights.size < options.flights) {
      const batch = takeBatch(waiting, options)
      for (const { weight } of batch) waitingWeight -= weight
      const flight = runBatch(options.run, batch).finally(() => {
        flights.delete(flight)
        start()
      })
      flights.add(flight)
    }
  }

  async function startSoon(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
    state.due = undefined
    start()
  }

  return {
    ask(request) {
      const answer = Promise.withResolvers<Answer>()
      const weight = options.weigh(request)
      waitingWeight += weight
      waiting.push({ request, weight, answer })
      if (flights.size < options.flights) state.due ??= startSoon()
      return answer.promise
    },
    backlog: () => ({ requests: waiting.length, weight: waitingWeight }),
    async idle() {
      while (state.due !== undefined || flights.size > 0) {
        await Promise.all([state.due, ...flights])
      }
    },
  }
}
