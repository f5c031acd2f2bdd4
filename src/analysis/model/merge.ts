import type { Citation } from '../../domain/citation.ts'
import { touch, touching } from '../touching.ts'
import type { TurnClaim } from '../ledger/accounts.ts'
import { contentWords } from '../offline/findings.ts'
import {
  type ContradictionDraft,
  type EntityDraft,
  type Findings,
  type ItemDraft,
  noFindings,
  type QuestionDraft,
} from './drafts.ts'

/**
 * Puts the findings of a talk's parts together. What two parts say of the same words, or in the same
 * words, becomes one with the citations of both; no citation is lost, and the order of the talk stays.
 */
export function mergeFindings(parts: readonly Findings[]): Findings {
  const merged = noFindings()
  for (const part of parts) {
    merged.title ||= part.title
    merged.summary ||= part.summary
    merged.language ||= part.language
    // Within one part the model has told things apart that look alike: only other parts can repeat them.
    const { items, questions, contradictions } = merged
    const before = [items.length, questions.length, contradictions.length] as const
    for (const item of part.items) mergeItem(items, before[0], item)
    for (const entity of part.entities) mergeEntity(merged.entities, entity)
    for (const question of part.questions) mergeQuestion(questions, before[1], question)
    for (const one of part.contradictions) mergeContradiction(contradictions, before[2], one)
    merged.ledger = mergeLedger(merged.ledger, part.ledger)
    merged.replaced.push(...part.replaced)
    merged.dropped.push(...part.dropped)
    merged.removed.push(...part.removed)
  }
  return merged
}

function mergeItem(items: ItemDraft[], before: number, item: ItemDraft): void {
  const at = items.findIndex(
    (other, index) => isSameStatement(other, item) || (index < before && isSameWish(other, item)),
  )
  const same = items[at]
  if (same === undefined) {
    items.push({ ...item })
    return
  }
  const { inferred: _guess, ...said } = same.citations.length === 0 ? { ...item } : same
  const citations = union(same.citations, item.citations)
  const isGuess = citations.length === 0
  items[at] = {
    ...said,
    citations,
    ...(isGuess && same.inferred !== undefined && { inferred: same.inferred }),
  }
}

function isSameStatement(a: ItemDraft, b: ItemDraft): boolean {
  return a.kind === b.kind && keyOf(a.statement) === keyOf(b.statement)
}

/** Nearly the same words, with the same numbers, of the same place in the talk. */
function isSameWish(a: ItemDraft, b: ItemDraft): boolean {
  if (a.kind !== b.kind || a.clause?.negated !== b.clause?.negated) return false
  if (a.clause?.verb.toLowerCase() !== b.clause?.verb.toLowerCase()) return false
  if (numbersOf(a.statement) !== numbersOf(b.statement)) return false
  if (!a.citations.some((one) => b.citations.some((other) => touch(one, other)))) return false
  return likeness(contentWords(a.statement), contentWords(b.statement)) >= 0.8
}

/** Twice the shared words over all words, from 0 to 1. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [new Set(a), new Set(b)]
  const shared = [...one].filter((word) => other.has(word)).length
  return one.size + other.size === 0 ? 1 : (2 * shared) / (one.size + other.size)
}

/** A statement without its capitals, marks and spaces. */
function keyOf(statement: string): string {
  return statement
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function numbersOf(statement: string): string {
  return (statement.match(/\d+(?:[.,]\d+)*/g) ?? []).join(' ')
}

function mergeEntity(entities: EntityDraft[], entity: EntityDraft): void {
  const at = entities.findIndex(({ name }) => name.toLowerCase() === entity.name.toLowerCase())
  const same = entities[at]
  if (same === undefined) {
    entities.push({ ...entity })
    return
  }
  const citations = union(same.citations, entity.citations)
  const known = new Set(same.fields.map(({ name }) => name))
  const { inferred, ...rest } = same
  entities[at] = {
    ...rest,
    fields: [...same.fields, ...entity.fields.filter(({ name }) => !known.has(name))],
    citations,
    ...(citations.length === 0 && inferred !== undefined && { inferred }),
  }
}

function mergeQuestion(questions: QuestionDraft[], before: number, question: QuestionDraft): void {
  const isSame = (other: QuestionDraft): boolean =>
    restOnTheSame(other.citations, question.citations) &&
    likeness(contentWords(other.question), contentWords(question.question)) >= 0.5
  const same = questions.find(
    (other, at) =>
      keyOf(other.question) === keyOf(question.question) || (at < before && isSame(other)),
  )
  if (same === undefined) questions.push({ ...question })
  else same.citations = union(same.citations, question.citations)
}

/** Two statements of the same two places are told once, in the words of the first part. */
function mergeContradiction(
  contradictions: ContradictionDraft[],
  before: number,
  one: ContradictionDraft,
): void {
  const same = contradictions.find(
    (other, at) =>
      keyOf(other.statement) === keyOf(one.statement) ||
      (at < before && restOnTheSame(other.citations, one.citations)),
  )
  if (same === undefined) contradictions.push({ ...one })
  else same.citations = union(same.citations, one.citations)
}

/** Whether all that the one cites is cited by the other, and the other way round. */
function restOnTheSame(a: readonly Citation[], b: readonly Citation[]): boolean {
  return a.length > 0 && touching(a, b) === a.length && touching(b, a) === b.length
}

function mergeLedger(a: readonly TurnClaim[], b: readonly TurnClaim[]): TurnClaim[] {
  const first = new Map([...a, ...b].map((entry) => [JSON.stringify(entry), entry]))
  return [...first.values()]
}

export function union(a: readonly Citation[], b: readonly Citation[]): Citation[] {
  const first = new Map([...a, ...b].map((one) => [JSON.stringify([one.turn, one.quote]), one]))
  return [...first.values()]
}
