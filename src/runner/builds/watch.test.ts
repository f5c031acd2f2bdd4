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
