import { assertNever } from '../../domain/assert-never.ts'
import type { Clause } from '../../domain/brief.ts'
import { boundedLine } from '../../domain/screen/bounded-line.ts'
import { contentWords } from '../offline/findings.ts'
import type { AnsweredItem } from './answer.ts'
import { bare, type Digestion, isSpokenOf, remove, safeLine, takeQuotes } from './digestion.ts'
import type { ItemDraft } from './drafts.ts'
import type { FoundQuote } from './quotes.ts'
import { supportOf } from './support.ts'

const maxInferred = 5

/** An item as far as words of the talk support it: said, suggested, inferred, or nothing. */
export function takeItem(digestion: Digestion, item: AnsweredItem): void {
  const { findings, turns } = digestion
  const texts = [item.statement, ...clauseTexts(item), item.inferred ?? '', item.priorityReason]
  const statement =
    safeLine(digestion, 'item', texts.join('\n'), 4_000) && boundedLine(item.statement, 1_000)
  if (statement === undefined || statement === '') return
  const quotes = takeQuotes(digestion, statement, item.quotes)
  const draft: ItemDraft = {
    kind: item.kind,
    statement,
    priority: { level: item.priority, reason: boundedLine(item.priorityReason, 300) },
    citations: [],
    ...clauseOf(item),
  }
  const support = supportOf(statement, quotes, turns, item.kind === 'out_of_scope')
  switch (support.kind) {
    case 'said':
      findings.items.push({
        ...draft,
        citations: support.citations,
        saidBy: support.saidBy.slice(0, 200),
      })
      return
    case 'suggested':
      findings.questions.push({
        question: boundedLine(`Does the client want this? ${statement}`, 500),
        why: 'The agent suggested it, and no client agreed.',
        citations: support.citations,
      })
      return
    case 'declined':
      remove(digestion, 'item', statement, 'A client declined it.')
      return
    case 'unsupported':
      takeUnsupported(digestion, draft, item, quotes)
      return
    default:
      assertNever(support)
  }
}

/** What no quote supports: left out, or kept as inferred where words stand there that may mean it. */
function takeUnsupported(
  digestion: Digestion,
  draft: ItemDraft,
  item: AnsweredItem,
  quotes: readonly FoundQuote[],
): void {
  const { findings } = digestion
  const claimed = item.inferred !== null && item.quotes.length === 0
  const inferred = findings.items.filter((one) => one.inferred !== undefined).length
  const fault =
    inferred >= maxInferred
      ? 'There are too many inferred items.'
      : !claimed && quotes.length === 0
        ? 'Its quotes do not stand in the talk.'
        : isSpokenOf(draft.statement, digestion.byClients)
          ? undefined
          : 'It does not speak of what the clients said.'
  if (fault !== undefined) {
    remove(digestion, 'item', draft.statement, fault)
    return
  }
  const reason = claimed
    ? boundedLine(item.inferred ?? '', 300) || 'Added by the model.'
    : 'The model read it out of words that do not say it.'
  if (!claimed) {
    for (const quote of quotes)
      findings.dropped.push({ statement: draft.statement, citation: bare(quote) })
  }
  findings.items.push({ ...draft, inferred: reason })
}

function clauseTexts({ clause }: AnsweredItem): string[] {
  if (clause === null) return []
  const { actor, verb, object, rest, condition } = clause
  return [actor ?? '', verb, object ?? '', rest ?? '', condition?.text ?? '']
}

function clauseOf({ clause, statement }: AnsweredItem): { clause?: Clause } {
  const verb = boundedLine(clause?.verb ?? '', 40)
  if (clause === null || verb === '' || !repeats(statement, clause)) return {}
  const part = (key: 'actor' | 'object' | 'rest', max: number) => {
    const text = boundedLine(clause[key] ?? '', max)
    return text === '' ? {} : { [key]: text }
  }
  const condition = boundedLine(clause.condition?.text ?? '', 500)
  return {
    clause: {
      ...part('actor', 80),
      verb,
      ...part('object', 120),
      ...part('rest', 400),
      ...(clause.condition !== null &&
        condition !== '' && {
          condition: { kind: clause.condition.kind, text: condition },
        }),
      negated: clause.negated,
    },
  }
}

/** A clause takes its statement apart: it has no words of its own. */
function repeats(statement: string, clause: NonNullable<AnsweredItem['clause']>): boolean {
  const whole = new Set(contentWords(statement))
  const { actor, verb, object, rest, condition } = clause
  return [actor, verb, object, rest, condition?.text].every((part) => {
    const words = contentWords(part ?? '')
    return 2 * words.filter((word) => whole.has(word)).length >= words.length
  })
}
