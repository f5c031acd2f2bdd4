import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProjectEvent } from '../domain/event.ts'
import { createFeed } from './feed.ts'

/** A log in memory that grows as a test says. */
function makeLog() {
  const events: ProjectEvent[] = []
  return {
    append: (count: number) => {
      for (let i = 0; i < count; i += 1) {
        events.push({
          projectId: 'p',
          seq: events.length + 1,
          at: '2026-01-01T00:00:00.000Z',
          body: { type: 'build.log', kind: 'runner', text: 'x', build: 'b' },
        })
      }
    },
    read: async (_projectId: string, after: number, limit: number) =>
      events.slice(after, after + limit),
    length: () => events.length,
  }
}

async function take(source: AsyncIterable<ProjectEvent>, count: number): Promise<number[]> {
  const seen: number[] = []
  if (count === 0) return seen
  for await (const event of source) {
    seen.push(event.seq)
    if (seen.length === count) break
  }
  return seen
}

const upTo = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index + 1)

describe('the feed', () => {
  it('gives every follower every event once and in order, however appends and pokes fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 1_200 }), { minLength: 1, maxLength: 4 }),
        async (batches, starts) => {
          const log = makeLog()
          const feed = createFeed({ read: log.read, sweepMs: 60_000 })
          const total = batches.reduce((sum, size) => sum + size, 0)
          const signal = new AbortController().signal
          const followers = starts.map((start) =>
            take(feed.follow('p', start, signal), Math.max(0, total - start)),
          )
          for (const size of batches) {
            log.append(size)
            feed.poke('p')
            await Promise.resolve()
          }
          const seen = await Promise.all(followers)
          seen.forEach((seqs, index) => expect(seqs).toEqual(upTo(starts[index] ?? 0, total)))
          feed.close()
        },
      ),
      { numRuns: 40 },
    )
  })

  it('finds events that nobody poked it about', async () => {
    const log = makeLog()
    const feed = createFeed({ read: log.read, sweepMs: 5 })
    const following = take(feed.follow('p', 0, new AbortController().signal), 2)
    log.append(2)
    expect(await following).toEqual([1, 2])
    feed.close()
  })

  it('ends a follower whose signal is aborted and all of them when it closes', async () => {
    const log = makeLog()
    const feed = createFeed({ read: log.read, sweepMs: 60_000 })
    const gone = new AbortController()
    const one = take(feed.follow('p', 0, gone.signal), 1)
    const other = take(feed.follow('p', 0, new AbortController().signal), 1)
    gone.abort()
    expect(await one).toEqual([])
    feed.close()
    expect(await other).toEqual([])
  })
})
