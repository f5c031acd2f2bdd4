import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProjectEvent } from '../domain/event.ts'
import { silentLog } from '../domain/log.ts'
import type { Cursor } from './cursor.ts'
import type { EventLog } from './event-log.ts'
import { createFeed } from './feed.ts'
import { makeMemoryLog } from './testing/memory-log.ts'

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

const feedOf = (events: EventLog, sweepMs = 60_000) =>
  createFeed({ events, sweepMs, log: silentLog })

const forever = () => new AbortController().signal

const settled = () => new Promise((resolve) => setTimeout(resolve, 2))

const batches = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 })

describe('the feed', () => {
  it('gives every follower every event once and in order, however appends and pokes fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        batches,
        fc.array(fc.integer({ min: 0, max: 1_200 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }),
        async (sizes, starts, pauses) => {
          const log = makeMemoryLog()
          const feed = feedOf(log)
          const before = Math.max(...starts)
          log.append('p', before)
          const total = before + sizes.reduce((sum, size) => sum + size, 0)
          const followers = starts.map((start) =>
            take(feed.follow('p', start, forever()), total - start),
          )
          for (const [index, size] of sizes.entries()) {
            log.append('p', size)
            feed.poke('p')
            for (let turn = pauses[index] ?? 0; turn > 0; turn -= 1) await Promise.resolve()
          }
          const seen = await Promise.all(followers)
          seen.forEach((seqs, index) => expect(seqs).toEqual(upTo(starts[index] ?? 0, total)))
          feed.close()
        },
      ),
      { numRuns: 40 },
    )
  })

  it('reads once for all followers, and once for all pokes that come meanwhile', async () => {
    const log = makeMemoryLog()
    log.append('p', 1)
    const feed = feedOf(log)
    const followers = Array.from({ length: 50 }, () => take(feed.follow('p', 1, forever()), 10))
    await new Promise((resolve) => setImmediate(resolve))
    const before = log.looks()
    log.append('p', 10)
    for (let time = 0; time < 10; time += 1) feed.poke('p')
    await Promise.all(followers)
    expect(log.looks() - before).toBe(1)
    feed.close()
  })

  it('finds events that nobody poked it about', async () => {
    const log = makeMemoryLog()
    const feed = feedOf(log, 5)
    const following = take(feed.follow('p', 0, forever()), 2)
    log.append('p', 2)
    expect(await following).toEqual([1, 2])
    feed.close()
  })

  it('ends a follower whose signal is aborted and all of them when it closes', async () => {
    const log = makeMemoryLog()
    const feed = feedOf(log)
    const gone = new AbortController()
    const one = take(feed.follow('p', 0, gone.signal), 1)
    const other = take(feed.follow('p', 0, forever()), 1)
    gone.abort()
    expect(await one).toEqual([])
    feed.close()
    expect(await other).toEqual([])
  })

  it('refuses a place that the log has not reached', async () => {
    const log = makeMemoryLog()
    log.append('p', 3)
    const feed = feedOf(log)
    await expect(take(feed.follow('p', 4, forever()), 1)).rejects.toMatchObject({
      code: 'position_unknown',
      details: { reason: 'ahead', seq: 3 },
    })
    feed.close()
  })

  it('has nothing to wait for at a place that it has not read up to, once the record has confirmed it', async () => {
    const log = makeMemoryLog()
    log.append('p', 3)
    const feed = feedOf(log)
    feed.open('p', 3, () => undefined)
    await settled()
    // Told to the client by another process, before this one has heard of it.
    log.append('p', 2)
    const { promise: woken, resolve: wake } = Promise.withResolvers<void>()
    const cursor = feed.open('p', 5, wake)
    expect(await cursor.next()).toBeUndefined()
    expect(cursor.isLive()).toBe(false)
    // A promise here would be taken for more to come, and asked again without end.
    expect(cursor.next()).toBeUndefined()
    await woken
    expect(cursor.isLive()).toBe(true)
    feed.close()
  })

  it('refuses a place whose events are gone, rather than leave some out', async () => {
    const log = makeMemoryLog()
    log.append('p', 9)
    log.forget('p', 5)
    const feed = feedOf(log)
    await expect(take(feed.follow('p', 2, forever()), 1)).rejects.toMatchObject({
      code: 'position_unknown',
      details: { reason: 'too_old', seq: 9 },
    })
    expect(await take(feed.follow('p', 5, forever()), 4)).toEqual([6, 7, 8, 9])
    feed.close()
  })
})

/** What a follower of a workspace has been given, by project. */
function gather(cursor: () => Cursor | undefined) {
  const seen = new Map<string, number[]>()
  let pulling = false
  let again = false
  async function pull(): Promise<void> {
    again = true
    if (pulling) return
    pulling = true
    for (;;) {
      again = false
      const batch = await cursor()?.next()
      if (batch === undefined && again) continue
      if (batch === undefined) break
      const seqs = batch.events.map((event) => event.seq)
      seen.set(batch.projectId, [...(seen.get(batch.projectId) ?? []), ...seqs])
    }
    pulling = false
  }
  return { seen, pull: () => void pull() }
}

/** The last of these comes while the end of the log is asked for, after a page that went beyond it. */
const newsWhileAsked = [
  { project: 'b', count: 1 },
  { project: 'foreign', count: 0 },
  { project: 'c', count: 0 },
  { project: 'c', count: 0 },
  { project: 'b', count: 201 },
  { project: 'b', count: 1 },
]

describe('the feed of a workspace', () => {
  it('gives the events of all its projects, each in order and once, and of no other', async () => {
    const step = fc.record({
      project: fc.constantFrom('a', 'b', 'c', 'foreign'),
      count: fc.nat(300),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const log = makeMemoryLog((id) => (id === 'foreign' ? 'other' : 'w'))
        const feed = feedOf(log)
        let cursor: Cursor | undefined
        const { seen, pull } = gather(() => cursor)
        cursor = await feed.openWorkspace('w', undefined, pull)
        const totals = new Map<string, number>()
        for (const { project, count } of steps) {
          log.append(project, count)
          feed.poke(project)
          totals.set(project, (totals.get(project) ?? 0) + count)
          await Promise.resolve()
        }
        const wanted = [...totals].filter(([id, total]) => id !== 'foreign' && total > 0)
        await expect
          .poll(() => Object.fromEntries([...seen].map(([id, seqs]) => [id, seqs.length])))
          .toEqual(Object.fromEntries(wanted))
        for (const [id, total] of wanted) expect(seen.get(id)).toEqual(upTo(0, total))
        feed.close()
      }),
      { numRuns: 30, examples: [[newsWhileAsked]] },
    )
  })

  it('goes on in each project where a client has been', async () => {
    const log = makeMemoryLog()
    log.append('a', 5)
    log.append('b', 7)
    const feed = feedOf(log)
    let cursor: Cursor | undefined
    const { seen, pull } = gather(() => cursor)
    const since = { at: new Date(), projects: new Map([['a', 3]]) }
    cursor = await feed.openWorkspace('w', since, pull)
    pull()
    await expect.poll(() => seen.get('a')).toEqual([4, 5])
    await expect.poll(() => seen.get('b')).toEqual(upTo(0, 7))
    feed.close()
  })

  it('goes on with the others when the place in one project is unknown', async () => {
    const log = makeMemoryLog()
    log.append('a', 2)
    log.append('b', 2)
    const feed = feedOf(log)
    const since = { at: new Date(), projects: new Map([['a', 9]]) }
    const cursor = await feed.openWorkspace('w', since, () => undefined)
    const seqs: number[] = []
    const failures: unknown[] = []
    for (let time = 0; time < 10; time += 1) {
      try {
        const batch = await cursor.next()
        if (batch !== undefined) seqs.push(...batch.events.map((event) => event.seq))
      } catch (error) {
        failures.push(error)
      }
      await settled()
    }
    expect(failures).toMatchObject([{ details: { project: 'a', reason: 'ahead', seq: 2 } }])
    expect(seqs).toEqual([1, 2])
    expect(cursor.isLive()).toBe(true)
    feed.close()
  })
})
