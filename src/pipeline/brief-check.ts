import type { Brief } from '../domain/brief.ts'
import { citationFault, turnsById } from '../domain/citation.ts'
import { AppError } from '../domain/errors.ts'
import type { Turn } from '../domain/turn.ts'

/**
 * Nothing goes on whose evidence does not stand in the talk, whoever made the brief.
 *
 * @throws AppError `citation_not_verbatim`, `item_without_evidence`
 */
export function checkEvidence(brief: Brief, turns: readonly Turn[]): void {
  const byId = turnsById(turns)
  const items = [...brief.items, ...brief.entities]
  for (const item of items) {
    for (const citation of item.citations) {
      const fault = citationFault(citation, byId)
      if (fault === undefined) continue
      throw new AppError(
        'citation_not_verbatim',
        `Item ${item.id} cites words that do not stand in turn ${citation.turn}. Run the analysis again.`,
        { details: { item: item.id, fault } },
      )
    }
    if (item.citations.length === 0 && item.inferred === undefined) {
      throw new AppError(
        'item_without_evidence',
        `Item ${item.id} neither cites the talk nor says that it is inferred.`,
        { details: { item: item.id } },
      )
    }
  }
}

/** What a brief holds, in numbers. */
export function briefCounts(brief: Brief): Record<string, number> {
  const items = [...brief.items, ...brief.entities]
  return {
    items: brief.items.length,
    requirements: brief.items.filter((item) => item.kind === 'requirement').length,
    entities: brief.entities.length,
    citations: items.reduce((sum, item) => sum + item.citations.length, 0),
    openQuestions: brief.openQuestions.length,
    contradictions: brief.contradictions.length,
  }
}
