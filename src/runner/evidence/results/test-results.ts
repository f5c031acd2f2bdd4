import type { z } from 'zod'
import type { TestCounts as TestCountsSchema } from '../../../domain/build.ts'

export type TestCounts = z.infer<typeof TestCountsSchema>

/** One test, or a suite of them, as its runner names and judges it. */
export interface TestCase {
  /** Its own title, and those of the suites around it where they are known, the outermost first. */
  titles: readonly string[]
  /** A test that is expected to fail, or was left out, shows nothing. */
  outcome: 'passed' | 'failed' | 'skipped'
}

/** What a run of tests said of them. */
export interface TestResults {
  counts: TestCounts
  /** Undefined where the output is of no known form; empty where no test ran. */
  cases: readonly TestCase[] | undefined
}

/** Cases that are kept of one run; what comes after them is counted alone. */
export const maxCases = 20_000
