import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWatch } from './watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('stops a build whose agent gives no sign of life, but not while the runner is at work', () => {
  using watch = createWatch()
  watch.start({ wallMs: 10_000, idleMs: 100 })
  const hold = watch.hold()
  vi.advanceTimersByTime(1_000)
  expect(watch.cause()).toBeUndefined()
  hold[Symbol.dispose]()
  vi.advanceTimersByTime(99)
  expect(watch.cause()).toBeUndefined()
  vi.advanceTimersByTime(1)
  expect(watch.cause()).toBe('idle_time')
})

test('stops a build that takes too long, whoever is at work', () => {
  using watch = createWatch()
  watch.start({ wallMs: 1_000, idleMs: 100 })
  using _ = watch.hold()
  vi.advanceTimersByTime(1_000)
  expect(watch.cause()).toBe('wall_time')
})

test('gives an agent that shows signs of life all the time that it may take', () => {
  using watch = createWatch()
  watch.start({ wallMs: 10_000, idleMs: 3_000 })
  for (let second = 0; second < 9; second += 1) {
    vi.advanceTimersByTime(1_000)
    watch.active()
  }
  expect(watch.cause()).toBeUndefined()
  vi.advanceTimersByTime(1_000)
  expect(watch.cause()).toBe('wall_time')
})

test('stands still while a person is waited for, and then goes on', () => {
  using watch = createWatch()
  watch.start({ wallMs: 5_000, idleMs: 3_000 })
  vi.advanceTimersByTime(2_000)
  const [one, other] = [watch.pause(), watch.pause()]
  vi.advanceTimersByTime(60_000)
  one?.[Symbol.dispose]()
  one?.[Symbol.dispose]()
  vi.advanceTimersByTime(60_000)
  expect(watch.cause()).toBeUndefined()
  other?.[Symbol.dispose]()
  vi.advanceTimersByTime(2_999)
  watch.active()
  expect(watch.cause()).toBeUndefined()
  vi.advanceTimersByTime(1)
  expect(watch.cause()).toBe('wall_time')
})

test('ends a build that waits when it is cancelled, and no limit wakes afterwards', () => {
  using watch = createWatch()
  const pause = watch.pause()
  watch.start({ wallMs: 1_000, idleMs: 1_000 })
  watch.stop('cancelled')
  pause[Symbol.dispose]()
  vi.advanceTimersByTime(60_000)
  expect(watch.cause()).toBe('cancelled')
})

test('has no limits once it rests', () => {
  using watch = createWatch()
  watch.start({ wallMs: 1_000, idleMs: 1_000 })
  watch.rest()
  watch.active()
  vi.advanceTimersByTime(60_000)
  expect(watch.signal.aborted).toBe(false)
})
