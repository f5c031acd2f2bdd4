import type { BriefItem } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import { contentWords } from './findings.ts'

/** Words of our own patterns, which no client need have said. */
const ours = new Set(
  contentWords(
    'the software replaces today way of working in which the business keeps limits each requires least use goal there nobody product itself',
  ),
)

/** The share of items of which at least half the content words stand in what they cite; 1 for none. */
export function faithfulnessOf(items: readonly BriefItem[]): number {
  const cited = items.filter(({ inferred }) => inferred === undefined)
  if (cited.length === 0) return 1
  return cited.filter(isSupported).length / cited.length
}

/** Whether at least half the content words of an item stand in what it cites. */
export function isSupported({
  statement,
  citations,
}: {
  statement: string
  citations: readonly Citation[]
}): boolean {
  const said = new Set(citations.flatMap(({ quote }) => contentWords(quote)))
  const words = contentWords(statement).filter((word) => !ours.has(word))
  return words.filter((word) => said.has(word)).length * 2 >= words.length
}
