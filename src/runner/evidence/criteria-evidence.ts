import type { CriterionEvidence } from '../../domain/build.ts'
import { cleanLine } from '../process/log-text.ts'
import type { TestCase } from './results/test-results.ts'

const maxTestName = 300

/** The criterion that a test's title begins with: `1.2 …`, `1.2: …` or `[1.2] …`. */
export function criterionIn(title: string): string | undefined {
  const [, bracketed, plain] =
    /^\s*(?:\[(\d{1,4}\.\d{1,4})\]|(\d{1,4}\.\d{1,4})(?=$|[\s:)–—-]|\.\s))/u.exec(title) ?? []
  return bracketed ?? plain
}

/**
 * What tests show of each criterion. Several tests of one are taken together: all that ran must have
 * passed, and a failed one is named before the others.
 */
export function evidenceFrom(
  refs: readonly string[],
  cases: readonly TestCase[],
): CriterionEvidence[] {
  const byRef = new Map<string, TestCase[]>()
  for (const one of cases) {
    if (one.outcome === 'skipped') continue
    for (const ref of new Set(one.titles.flatMap((title) => criterionIn(title) ?? []))) {
      const about = byRef.get(ref) ?? []
      about.push(one)
      byRef.set(ref, about)
    }
  }
  return refs.map((ref) => {
    const about = byRef.get(ref) ?? []
    const shown = about.find(({ outcome }) => outcome === 'failed') ?? about[0]
    if (!shown) return { ref, result: 'not_shown' }
    const result = shown.outcome === 'failed' ? 'failed' : 'passed'
    return { ref, result, test: cleanLine(shown.titles.join(' > '), maxTestName) }
  })
}
