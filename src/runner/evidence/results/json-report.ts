import { z } from 'zod'
import { maxCases, type TestCase, type TestResults } from './test-results.ts'

const Assertion = z.object({
  ancestorTitles: z.array(z.string()).max(50).catch([]),
  title: z.string(),
  status: z.string(),
})

const Report = z.object({
  numPassedTests: z.int().nonnegative(),
  numFailedTests: z.int().nonnegative(),
  testResults: z.array(z.object({ assertionResults: z.array(Assertion) })),
})

/** The JSON report that Jest writes, and Vitest in the same form; undefined when it is none. */
export function readJsonReport(text: string): TestResults | undefined {
  const report = Report.safeParse(parseJson(text))
  if (!report.success) return undefined
  const { numPassedTests: passed, numFailedTests: failed, testResults } = report.data
  const cases = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .slice(0, maxCases)
    .map(({ ancestorTitles, title, status }) => ({
      titles: [...ancestorTitles, title],
      outcome: outcomeOf(status),
    }))
  return { counts: { passed, failed }, cases }
}

function outcomeOf(status: string): TestCase['outcome'] {
  if (status === 'passed' || status === 'failed') return status
  return 'skipped'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
