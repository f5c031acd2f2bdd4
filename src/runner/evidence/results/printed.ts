import { readTap } from './tap.ts'
import type { TestCase, TestCounts } from './test-results.ts'

/** Lines of an output that may say something of a test; the others need not be kept. */
export function saysSomething(line: string): boolean {
  return /^ *(?:TAP version|(?:not )?ok\b|---$|\.\.\.$|[✔✖✓✗×﹣⚠ℹ#])/u.test(line)
}

/**
 * What printed lines say of tests: TAP, or the marks of node:test's spec reporter and its like;
 * undefined when they say nothing.
 */
export function readPrinted(lines: readonly string[]): TestCase[] | undefined {
  const isTap = lines.some((line) => /^TAP version 1[34]$/.test(line.trim()))
  if (isTap) return readTap(lines)
  const cases = lines.flatMap(markedCase)
  return cases.length > 0 ? cases : undefined
}

function markedCase(line: string): TestCase[] {
  const [, mark = '', rest = ''] = /^ *([✔✖✓✗×﹣⚠])\s+(.*)$/u.exec(line) ?? []
  if (mark === '') return []
  const isLeftOut = mark === '﹣' || mark === '⚠' || / # (?:SKIP|TODO)\b/.test(rest)
  const title = rest
    .replace(/ # (?:SKIP|TODO)\b.*$/, '')
    .replace(/ \(\d+(?:\.\d+)?ms\)$/, '')
    .trim()
  const hasPassed = mark === '✔' || mark === '✓'
  return [{ titles: [title], outcome: isLeftOut ? 'skipped' : hasPassed ? 'passed' : 'failed' }]
}

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
