import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWatch } from './watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const limits = { wallMs: 10_000, idleMs: 3_000 }

test('stops a build that is idle, unless it shows signs of life', () => {
  const watch = createWatch()
  watch.start(limits)
  vi.advanceTimersByTime(2_999)
  watch.active()
  vi.advanceTimersByTime(2_999)
  expect(watch.cause()).toBeUndefined()
  vi.advanceTimersByTime(1)
  expect(watch.cause()).toBe('idle_time')
  expect(watch.signal.aborted).toBe(true)
})

test('stops a build that takes too long, whatever it shows', () => {
  const watch = createWatch()
  watch.start(limits)
  for (let second = 0; second < 10; second += 1) {
    watch.active()
    vi.advanceTimersByTime(1_000)
  }
  expect(watch.cause()).toBe('wall_time')
})

test('stands still while it is held, and goes on where it was', () => {
  const watch = createWatch()
  watch.start(limits)
  vi.advanceTimersByTime(2_000)
  const one = watch.hold()
  const other = watch.hold()
  vi.advanceTimersByTime(60_000)
  one[Symbol.dispose]()
  one[Symbol.dispose]()
  vi.advanceTimersByTime(60_000)
  other[Symbol.dispose]()
  vi.advanceTimersByTime(999)
  expect(watch.cause()).toBeUndefined()
  vi.advanceTimersByTime(1)
  expect(watch.cause()).toBe('idle_time')
})

test('gives the whole idle time after a sign of life that follows a pause', () => {
  const watch = createWatch()
  watch.start(limits)
  vi.advanceTimersByTime(2_000)
  watch.hold()[Symbol.dispose]()
  watch.active()
  vi.advanceTimersByTime(2_999)
  expect(watch.cause()).toBeUndefined()
  vi.advanceTimersByTime(1)
  expect(watch.cause()).toBe('idle_time')
})

test('ends a held build that is cancelled, and no limit wakes afterwards', () => {
  const watch = createWatch()
  const held = watch.hold()
  watch.start(limits)
  watch.stop('cancelled')
  held[Symbol.dispose]()
  vi.advanceTimersByTime(60_000)
  expect(watch.cause()).toBe('cancelled')
})

test('has no limits once it rests', () => {
  const watch = createWatch()
  watch.start(limits)
  watch.rest()
  watch.active()
  vi.advanceTimersByTime(60_000)
  expect(watch.signal.aborted).toBe(false)
})
