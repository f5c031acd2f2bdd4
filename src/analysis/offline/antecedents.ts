import { contentWords } from './findings.ts'
import type { Sentence } from './sentences.ts'

/**
 * In `They could print it` neither the bakers nor the list are named: the sentences shortly before
 * that name what a statement has and its own sentence does not. At most two, in the talk's order.
 */
export function antecedentsOf(
  statement: string,
  sentence: Sentence,
  recent: readonly Sentence[],
): Sentence[] {
  const said = new Set(contentWords(sentence.quote))
  let missing = contentWords(statement).filter((word) => !said.has(word))
  const found: Sentence[] = []
  for (const before of recent.toReversed()) {
    if (missing.length === 0 || found.length === 2) break
    if (before.quote === sentence.quote) continue
    const words = new Set(contentWords(before.quote))
    if (!missing.some((word) => words.has(word))) continue
    missing = missing.filter((word) => !words.has(word))
    found.unshift(before)
  }
  return found
}
