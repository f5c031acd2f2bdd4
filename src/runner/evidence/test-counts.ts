import type { z } from 'zod'
import type { TestCounts as TestCountsSchema } from '../../domain/build.ts'

export type TestCounts = z.infer<typeof TestCountsSchema>

/** Counts what node:test's summary says; the last summary wins, other runners' output counts zero. */
export function countTests(lines: readonly string[]): TestCounts {
  const counts: TestCounts = { passed: 0, failed: 0 }
  for (const line of lines) {
    const match = /^(?:ℹ|#) (pass|fail|cancelled) (\d{1,9})$/u.exec(line.trim())
    if (match?.[1] === 'pass') counts.passed = Number(match[2])
    if (match?.[1] === 'fail') counts.failed = Number(match[2])
    if (match?.[1] === 'cancelled') counts.failed += Number(match[2])
  }
  return counts
}
