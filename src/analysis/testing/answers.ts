import type { Brief, BriefItem } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import type { AnsweredBrief, AnsweredItem } from '../model/answer.ts'

/** What a model would answer that found what a brief holds. */
export function answerOf(brief: Brief): AnsweredBrief {
  return {
    title: brief.title,
    summary: brief.summary,
    language: brief.language.code,
    items: brief.items.map(itemOf),
    entities: brief.entities.map(({ name, fields, citations, inferred }) => ({
      name,
      fields: fields.map((field) => ({ ...field, options: field.options ?? [] })),
      quotes: quotesOf(citations),
      inferred: inferred ?? null,
    })),
    openQuestions: brief.openQuestions.map(({ question, why, citations }) => ({
      question,
      why,
      quotes: quotesOf(citations),
    })),
    contradictions: brief.contradictions.map(({ statement, citations }) => ({
      statement,
      quotes: quotesOf(citations),
    })),
    ledger: brief.ledger.flatMap((entry): AnsweredBrief['ledger'] => {
      if (entry.outcome === 'superseded') return [{ ...entry, quote: null, reason: null }]
      return entry.outcome === 'rejected' ? [{ ...entry, quote: null, by: null }] : []
    }),
  }
}

function itemOf({
  kind,
  statement,
  priority,
  citations,
  inferred,
  clause,
}: BriefItem): AnsweredItem {
  return {
    kind,
    statement,
    priority: priority.level,
    priorityReason: priority.reason,
    quotes: quotesOf(citations),
    inferred: inferred ?? null,
    clause: clause
      ? {
          actor: clause.actor ?? null,
          verb: clause.verb,
          object: clause.object ?? null,
          rest: clause.rest ?? null,
          condition: clause.condition ?? null,
          negated: clause.negated,
        }
      : null,
  }
}

/** An item with its quotes as `t3: words`. */
export function answeredItem(
  statement: string,
  quotes: readonly string[],
  more: Partial<AnsweredItem> = {},
): AnsweredItem {
  return {
    kind: 'requirement',
    statement,
    priority: 'should',
    priorityReason: 'said',
    quotes: quotes.map((one) => {
      const [turn = '', ...words] = one.split(': ')
      return { turn, quote: words.join(': '), english: null }
    }),
    inferred: null,
    clause: null,
    ...more,
  }
}

/** An answer with nothing in it but what is given. */
export function answered(parts: Partial<AnsweredBrief> = {}): AnsweredBrief {
  return {
    title: 'Library Loans',
    summary: 'Members borrow a book.',
    language: 'en',
    items: [],
    entities: [],
    openQuestions: [],
    contradictions: [],
    ledger: [],
    ...parts,
  }
}

function quotesOf(citations: readonly Citation[]) {
  return citations.map(({ turn, quote }) => ({ turn, quote, english: null }))
}
