import { afterEach, describe, expect, it, vi } from 'vitest'
import { createNews } from './news.ts'

describe('news of workspaces', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('are told at once, and together when many come', () => {
    vi.useFakeTimers()
    const passed: string[] = []
    const told: string[] = []
    const news = createNews({ pauseMs: 500, pass: (id) => passed.push(id) })
    const unwatch = news.watch('a', () => told.push('a'))
    news.watch('b', () => told.push('b'))
    for (let time = 0; time < 100; time += 1) news.changed('a')
    expect(told).toEqual(['a'])
    vi.advanceTimersByTime(500)
    expect(told).toEqual(['a', 'a'])
    vi.advanceTimersByTime(5_000)
    expect(passed).toEqual(['a', 'a'])
    unwatch()
    news.changed('a')
    expect(told).toEqual(['a', 'a'])
    expect(passed).toEqual(['a', 'a', 'a'])
    news.close()
  })

  it('of others are told and not passed on', () => {
    const passed: string[] = []
    const told: string[] = []
    const news = createNews({ pauseMs: 500, pass: (id) => passed.push(id) })
    news.watch('a', () => told.push('a'))
    news.heard('a')
    news.heard('b')
    news.missed()
    expect(told).toEqual(['a', 'a'])
    expect(passed).toEqual([])
    news.close()
  })
})
