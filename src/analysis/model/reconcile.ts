import type { Removal } from '../../domain/flag.ts'
import { boundedLine } from '../../domain/screen/bounded-line.ts'
import { signalIn } from '../../domain/screen/screen.ts'
import { isUserSpeaker, type Turn } from '../../domain/turn.ts'
import { dataJson } from '../../model/data-json.ts'
import type { AnsweredReconciliation } from './answer.ts'
import type { Findings, ItemDraft } from './drafts.ts'
import { contentWords } from '../offline/findings.ts'
import { isSpokenOf } from './digestion.ts'
import { union } from './merge.ts'

/** The items of all parts as the data of a call, with ids of that call's own. */
export function reconciliationInput({ items }: Findings): string {
  return dataJson({
    items: items.map(({ kind, statement, citations }, at) => ({
      id: `i${at + 1}`,
      kind,
      statement,
      turn: lastTurn(citations),
    })),
  })
}

/**
 * Carries out what a model says of the items of a talk's parts, as far as the talk bears it out: two
 * become one only when they are of one kind and share words, an item gives way only to a later one
 * that speaks of the same, and no citation is lost. What became part of another is reported.
 */
export function reconciled(
  findings: Findings,
  answer: AnsweredReconciliation,
  turns: readonly Turn[],
): Findings {
  const items = new Map(findings.items.map((item, at) => [`i${at + 1}`, item]))
  const clients = new Set(turns.filter(({ role }) => role === 'client').map(({ id }) => id))
  const replaced = [...findings.replaced]
  const spoken = new Set(contentWords(findings.items.map(({ statement }) => statement).join('\n')))
  const safe = (text: string, max: number): string =>
    signalIn(text) === undefined && isSpokenOf(text, spoken) ? boundedLine(text, max) : ''
  const removed = [...findings.removed, ...putTogether(items, answer.same)]
  const speakers = new Map(turns.map(({ id, speaker }) => [id, speaker]))
  const contested: Findings['contradictions'] = []
  for (const { item, by } of answer.replaced) {
    const [old, later] = [items.get(item), items.get(by)]
    if (old === undefined || later === undefined || item === by) continue
    if (!isAlike(old, later)) continue
    const last = clientTurns(later, clients).at(-1)
    const before = clientTurns(old, clients)
    if (last === undefined || before.length === 0 || before.some((turn) => !isBefore(turn, last)))
      continue
    const speaker = speakers.get(last) ?? ''
    if (!isUserSpeaker(speaker) && before.every((turn) => speakers.get(turn) !== speaker)) {
      // Another client said otherwise: nobody has decided.
      contested.push(contradictionOf(old, later, clients))
      continue
    }
    replaced.push({
      text: old.statement,
      citations: old.citations,
      became: { outcome: 'superseded', by: last },
    })
    items.delete(item)
  }
  const contradictions = answer.contradictions.slice(0, 50).flatMap(({ a, b, statement }) => {
    const [one, other] = [items.get(a)?.citations[0], items.get(b)?.citations[0]]
    const text = safe(statement, 500)
    return one === undefined || other === undefined || a === b || text === ''
      ? []
      : [{ statement: text, citations: union([one], [other]) }]
  })
  return {
    ...findings,
    title: safe(answer.title, 120) || findings.title,
    summary: safe(answer.summary, 1_000) || findings.summary,
    items: [...items.values()],
    contradictions: [
      ...findings.contradictions,
      ...contested,
      ...contradictions.filter(({ citations }) => citations.length > 1),
    ],
    replaced,
    removed,
  }
}

/** By the words of the clients alone: a question of the agent may stand behind both. */
function contradictionOf(
  one: ItemDraft,
  other: ItemDraft,
  clients: ReadonlySet<string>,
): Findings['contradictions'][number] {
  const said = ({ citations }: ItemDraft) => citations.filter(({ turn }) => clients.has(turn))
  return {
    statement: boundedLine(`${one.statement} ${other.statement}`, 500),
    citations: union(said(one), said(other)),
  }
}

/** Makes one of items that say the same; gives what became part of another. */
function putTogether(
  items: Map<string, ItemDraft>,
  same: AnsweredReconciliation['same'],
): Removal[] {
  const removed: Removal[] = []
  for (const { keep, drop } of same) {
    const [one, other] = [items.get(keep), items.get(drop)]
    if (one === undefined || other === undefined || keep === drop || one.kind !== other.kind)
      continue
    if (!isAlike(one, other)) continue
    const { inferred: _guess, ...said } = one
    const citations = union(one.citations, other.citations)
    items.set(keep, citations.length > 0 ? { ...said, citations } : one)
    items.delete(drop)
    removed.push({
      what: 'item',
      text: boundedLine(other.statement, 200),
      reason: boundedLine(`The model says that it is the same as: ${one.statement}`, 300),
    })
  }
  return removed
}

/** What names entries that are not there. */
export function reconciliationFaults(findings: Findings, answer: AnsweredReconciliation): string[] {
  const ids = new Set(findings.items.map((_, at) => `i${at + 1}`))
  const named = [
    ...answer.same.flatMap(({ keep, drop }) => [keep, drop]),
    ...answer.replaced.flatMap(({ item, by }) => [item, by]),
    ...answer.contradictions.flatMap(({ a, b }) => [a, b]),
  ]
  return [...new Set(named)]
    .filter((id) => !ids.has(id))
    .slice(0, 20)
    .map((id) => `There is no item ${dataJson(id.slice(0, 40).toWellFormed())}.`)
}

/** Whether two items share a telling word: what speaks of the same thing does. */
function isAlike(one: ItemDraft, other: ItemDraft): boolean {
  const words = new Set(contentWords(one.statement))
  return contentWords(other.statement).some((word) => words.has(word))
}

function clientTurns({ citations }: ItemDraft, clients: ReadonlySet<string>): string[] {
  const turns = new Set(citations.map(({ turn }) => turn).filter((turn) => clients.has(turn)))
  return [...turns].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
}

function isBefore(a: string, b: string): boolean {
  return Number(a.slice(1)) < Number(b.slice(1))
}

function lastTurn(citations: readonly { turn: string }[]): number {
  return Math.max(0, ...citations.map(({ turn }) => Number(turn.slice(1))))
}
