import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AppError } from '../domain/errors.ts'
import { createBatcher } from './batcher.ts'

/** What a request does to the batch that it is in. */
type Kind = 'fine' | 'refuses its batch' | 'fails alone' | 'answers later'

interface Request {
  id: number
  kind: Kind
  key: string
  weight: number
}

const bounds = { flights: 2, most: 5, heaviest: 20 }

/** Runs batches when the scheduler lets it, and notes whatever must not happen. */
function createRunner(scheduler: fc.Scheduler) {
  const faults: string[] = []
  const carriedOut: number[] = []
  let flights = 0

  async function run(batch: readonly Request[]) {
    flights += 1
    if (flights > bounds.flights) faults.push(`${flights} flights`)
    if (batch.length > bounds.most) faults.push(`${batch.length} in a batch`)
    const weight = batch.reduce((sum, request) => sum + request.weight, 0)
    if (batch.length > 1 && weight > bounds.heaviest) faults.push(`a batch of ${weight}`)
    if (new Set(batch.map(({ key }) => key)).size < batch.length) faults.push('a key twice')
    await scheduler.schedule(Promise.resolve(), 'batch')
    flights -= 1
    if (batch.some(({ kind }) => kind === 'refuses its batch')) throw new Error('refused')
    carriedOut.push(...batch.map(({ id }) => id))
    return batch.map(({ id, kind }) => () => {
      if (kind === 'fails alone') throw new Error('failed')
      return kind === 'answers later' ? Promise.resolve(id) : id
    })
  }

  return { run, faults, carriedOut }
}

const requests = fc.array(
  fc.record({
    kind: fc.constantFrom<Kind>(
      'fine',
      'fine',
      'refuses its batch',
      'fails alone',
      'answers later',
    ),
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    weight: fc.integer({ min: 0, max: 25 }),
    /** Whether the next request comes in a later turn of the event loop. */
    pause: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
)

it('answers each request by itself, whatever the others in its batch do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), requests, async (scheduler, list) => {
      const { run, faults, carriedOut } = createRunner(scheduler)
      const batcher = createBatcher<Request, number>({
        run,
        ...bounds,
        weigh: ({ weight }) => weight,
        keyOf: ({ key }) => key,
      })
      const answers: Promise<PromiseSettledResult<number>[]>[] = []
      for (const [id, { pause, ...request }] of list.entries()) {
        answers.push(Promise.allSettled([batcher.ask({ id, ...request })]))
        if (pause) await new Promise((resolve) => setImmediate(resolve))
      }
      await scheduler.waitFor(batcher.idle())
      const settled = (await Promise.all(answers)).flat()
      expect(faults).toEqual([])
      expect(settled.map(({ status }) => status)).toEqual(
        list.map(({ kind }) =>
          kind === 'fine' || kind === 'answers later' ? 'fulfilled' : 'rejected',
        ),
      )
      const wanted = list.flatMap(({ kind }, id) => (kind === 'refuses its batch' ? [] : [id]))
      expect(carriedOut.toSorted((a, b) => a - b)).toEqual(wanted)
      expect(batcher.backlog()).toEqual({ requests: 0, weight: 0 })
    }),
  )
})

interface Tried {
  batches: number[][]
  outcomes: PromiseSettledResult<number>[]
}

/** Asks for so many at once, of a database that refuses the first batches with this error. */
async function askOf(refusals: number, error: AppError, count: number): Promise<Tried> {
  const batches: number[][] = []
  const batcher = createBatcher<number, number>({
    run: async (batch) => {
      batches.push([...batch])
      if (batches.length <= refusals) throw error
      return batch.map((id) => () => id)
    },
    flights: 1,
    most: 10,
    heaviest: 10,
    weigh: () => 1,
  })
  const asked = Array.from({ length: count }, (_, id) => batcher.ask(id))
  return { outcomes: await Promise.allSettled(asked), batches }
}

const conflict = new AppError('database_conflict', 'In the way.', { retryable: true })
const gone = new AppError('database_unavailable', 'Gone.', { retryable: true })

it('asks a database that is gone once for all of a batch', async () => {
  const { batches, outcomes } = await askOf(1, gone, 4)
  expect(batches).toEqual([[0, 1, 2, 3]])
  expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
})

it('takes a batch apart that others got into the way of, and loses none of it', async () => {
  const { batches, outcomes } = await askOf(2, conflict, 4)
  expect(batches).toEqual([[0, 1, 2, 3], [0, 1], [0], [1], [2, 3]])
  expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'))
})

it('gives up on one that others are always in the way of', async () => {
  const { batches, outcomes } = await askOf(100, conflict, 1)
  expect(batches).toHaveLength(4)
  expect(outcomes).toMatchObject([{ status: 'rejected', reason: { code: 'database_conflict' } }])
})
