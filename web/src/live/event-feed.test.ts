import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEventFeed } from './event-feed.ts'

/** An event source whose server is the test. */
class TestSource extends EventTarget {
  readyState = 1
  readonly url: string

  constructor(url: string) {
    super()
    this.url = url
  }

  close(): void {
    this.readyState = 2
  }

  say(seq: number): void {
    const body = { type: 'build.cancelled', build: 'b' }
    const data = JSON.stringify({ seq, at: '2026-05-01T10:00:00.000Z', body })
    this.dispatchEvent(new MessageEvent('event', { data }))
  }
}

function makeFeed() {
  const opened: TestSource[] = []
  const onBatch = vi.fn<(batch: readonly unknown[]) => void>()
  const onRefused = vi.fn<() => void>()
  const feed = createEventFeed({
    url: (after) => `/events?after=${after}`,
    open: (url) => {
      const source = new TestSource(url)
      opened.push(source)
      return source
    },
    onBatch,
    onRefused,
  })
  return { feed, opened, onBatch, onRefused }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('following the events of a project', () => {
  it('takes a burst in at once', () => {
    const { feed, opened, onBatch } = makeFeed()
    feed.start()
    for (const seq of [1, 2, 3]) opened[0]?.say(seq)
    expect(feed.getState().project.seq).toBe(0)
    vi.runAllTimers()
    expect(feed.getState().project.seq).toBe(3)
    expect(onBatch).toHaveBeenCalledTimes(1)
  })

  it('goes on after the last event when it was paused', () => {
    const { feed, opened } = makeFeed()
    feed.start()
    opened[0]?.say(1)
    feed.stop('paused')
    expect(feed.getState()).toMatchObject({ connection: 'paused', project: { seq: 1 } })
    feed.start()
    expect(opened.map((source) => source.url)).toEqual(['/events?after=0', '/events?after=1'])
  })

  it('leaves a lost connection to the browser', () => {
    const { feed, opened, onRefused } = makeFeed()
    feed.start()
    opened[0]?.dispatchEvent(new Event('error'))
    vi.runAllTimers()
    expect(feed.getState().connection).toBe('retrying')
    expect(opened).toHaveLength(1)
    expect(onRefused).not.toHaveBeenCalled()
  })

  it('opens a new connection when the server refused, and says so', () => {
    const { feed, opened, onRefused } = makeFeed()
    feed.start()
    opened[0]?.say(4)
    opened[0]?.close()
    opened[0]?.dispatchEvent(new Event('error'))
    expect(onRefused).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(60_000)
    expect(opened.at(-1)?.url).toBe('/events?after=4')
  })

  it('opens one connection however often it is started', () => {
    const { feed, opened } = makeFeed()
    feed.start()
    feed.start()
    expect(opened).toHaveLength(1)
  })
})
