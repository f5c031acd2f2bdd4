import type { Clause, Priority } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import { isUserSpeaker } from '../../domain/turn.ts'
import { saysOpposite } from './opposites.ts'
import { contentWords, overlap, type Finding } from './findings.ts'

/** A finding with everything that was merged into it. */
export interface Merged extends Finding {
  /** Every finding that says it. */
  found: Finding[]
  words: ReadonlySet<string>
}

/** A finding that gave way to what was said at a later place of the talk. */
export interface Superseded {
  finding: Finding
  by: number
}

const strength: Readonly<Record<Priority, number>> = { wont: 0, could: 1, should: 2, must: 3 }
/** No bucket is compared further than this, so that a hostile talk costs no more than a long one. */
const nearest = 40

/** Puts near-duplicates together and lets what was taken back give way to what replaced it. */
export function mergeFindings(findings: readonly Finding[]): {
  items: Merged[]
  superseded: Superseded[]
} {
  const buckets = new Map<string, Merged[]>()
  const items = new Set<Merged>()
  const superseded: Superseded[] = []
  for (const finding of findings) {
    const merged: Merged = {
      ...finding,
      found: [finding],
      words: new Set(contentWords(finding.statement)),
    }
    const keys = bucketKeys(finding)
    const near = keys
      .flatMap((key) => (buckets.get(key) ?? []).slice(-nearest))
      .filter((other) => items.has(other))
    const old = near.find((other) => isReplaced(other, merged))
    if (old !== undefined) {
      items.delete(old)
      for (const finding of old.found) superseded.push({ finding, by: merged.at })
    }
    const same = old === undefined ? near.find((other) => isSame(other, merged)) : undefined
    const kept = same === undefined ? merged : join(same, merged)
    if (same !== undefined) items.delete(same)
    items.add(kept)
    for (const key of keys) buckets.set(key, [...(buckets.get(key) ?? []).slice(-nearest), kept])
  }
  return { items: [...items], superseded }
}

function bucketKeys(finding: Finding): string[] {
  const { clause, limit } = finding
  if (limit !== undefined) return [`limit ${limit.key}`]
  if (finding.kind === 'goal' || finding.kind === 'out_of_scope') return [finding.kind]
  if (clause === undefined) return [`${finding.kind} ${contentWords(finding.statement)[0] ?? ''}`]
  const head = headNoun(clause.object ?? clause.rest ?? '')
  return [`object ${head}`]
}

function headNoun(phrase: string): string {
  return contentWords(phrase.split(' of ')[0] ?? phrase).at(-1) ?? ''
}

/** The same need in other words: all of the smaller one is in the larger, or nearly all. */
function isSame(a: Merged, b: Merged): boolean {
  if (a.limit !== undefined || b.limit !== undefined)
    return a.limit?.amount === b.limit?.amount && a.limit?.key === b.limit?.key
  const outer = (item: Merged) => item.kind === 'out_of_scope'
  if (outer(a) !== outer(b) || a.clause?.negated !== b.clause?.negated) return false
  const actors = [a.clause?.actor ?? '', b.clause?.actor ?? ''].filter(
    (actor) => actor !== '' && actor !== 'user',
  )
  if (actors.length === 2 && actors[0] !== actors[1]) return false
  if (a.clause?.verb === 'keep' || b.clause?.verb === 'keep') return a.statement === b.statement
  return overlap(a.words, b.words) >= 0.8
}

/** What another client says takes nothing back: both stay, and a person decides. */
function isReplaced(old: Merged, fresh: Merged): boolean {
  return maySettle(old, fresh) && isOverruled(old, fresh)
}

/** Whoever said it, or who answered a question of ours after the talk. */
function maySettle(old: Merged, fresh: Merged): boolean {
  return old.saidBy === fresh.saidBy || isUserSpeaker(fresh.saidBy)
}

/** Whether the later one says that the earlier one is not to be, whoever says it. */
export function isOverruled(old: Merged, fresh: Merged): boolean {
  if (old.at > fresh.at) return false
  if (fresh.insteadOf !== undefined) return old.statement === fresh.insteadOf
  if (!fresh.replaces) return false
  if (saysOpposite(old, fresh)) return true
  if (old.limit !== undefined && fresh.limit !== undefined)
    return old.limit.amount !== fresh.limit.amount
  const [a, b] = [old.clause, fresh.clause]
  if (a === undefined || b === undefined || a.verb !== b.verb) return false
  const sameActor = a.actor === b.actor || a.actor === undefined || b.actor === undefined
  return sameActor && (a.negated !== b.negated || isOtherWay(a, b))
}

/** `by SMS`, then `by email`: the same deed in another way. */
function isOtherWay(a: Clause, b: Clause): boolean {
  const [first, second] = [a.rest ?? '', b.rest ?? '']
  const way = first.split(' ')[0] ?? ''
  return (
    a.object?.toLowerCase() === b.object?.toLowerCase() &&
    a.object !== undefined &&
    first !== second &&
    ['by', 'via', 'with', 'in', 'on', 'at', 'for', 'to', 'after', 'before'].includes(way) &&
    second.startsWith(`${way} `)
  )
}

/** The richer statement stays, with the citations of both and the stronger priority. */
function join(old: Merged, fresh: Merged): Merged {
  const richer = isRicher(fresh, old) ? fresh : old
  const firmer = strength[fresh.priority.level] > strength[old.priority.level] ? fresh : old
  // The list goes on: copying it for each repeat takes minutes where thousands say the same.
  old.found.push(...fresh.found)
  return {
    ...richer,
    priority: firmer.priority,
    citations: joinCitations(old.citations, fresh.citations),
    found: old.found,
  }
}

function isRicher(fresh: Merged, old: Merged): boolean {
  if (fresh.clause?.condition !== undefined && old.clause?.condition === undefined) return true
  if (old.clause?.condition !== undefined && fresh.clause?.condition === undefined) return false
  return fresh.words.size > old.words.size
}

function joinCitations(old: readonly Citation[], fresh: readonly Citation[]): Citation[] {
  const all = [...old, ...fresh]
  const first = new Map(all.map((citation) => [`${citation.turn} ${citation.quote}`, citation]))
  return [...first.values()].slice(0, 20)
}
