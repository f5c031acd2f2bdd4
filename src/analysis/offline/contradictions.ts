import type { Contradiction } from '../../domain/brief.ts'
import { contentWords } from './findings.ts'
import { isOverruled, type Merged } from './merge.ts'
import { saysOpposite } from './opposites.ts'

/** No subject is compared further back than this, so that a hostile talk costs no more than a long one. */
const nearest = 40

/**
 * Pairs that cannot both hold and of which neither was taken back: other numbers, yes and no, a
 * right that only some have and others ask for too, and a thing that one client refuses another.
 */
export function contradictionsOf(items: readonly Merged[]): Contradiction[] {
  const seen = new Map<string, Merged[]>()
  const found: Contradiction[] = []
  const inOrder = [...items].sort((a, b) => a.at - b.at)
  for (const item of inOrder) {
    const clashing = new Set<Merged>()
    for (const key of keysOf(item)) {
      const known = seen.get(key) ?? []
      const other = known.find((earlier) => clashes(earlier, item))
      if (other !== undefined) clashing.add(other)
      seen.set(key, [...known.slice(-nearest), item])
    }
    for (const other of clashing) {
      const contradiction = between(other, item, found.length + 1)
      if (contradiction !== undefined) found.push(contradiction)
    }
  }
  return found
}

function between(first: Merged, second: Merged, number: number): Contradiction | undefined {
  const [a, b] = [first.citations[0], second.citations[0]]
  if (a === undefined || b === undefined) return undefined
  const said = [first, second].map(({ statement }) => `“${trimmed(statement)}”`)
  return {
    id: `K${number}`,
    statement: `${said.join(' and ')} cannot both hold.`.slice(0, 500),
    citations: [a, b],
  }
}

function trimmed(statement: string): string {
  return statement.replace(/\.$/, '').slice(0, 200)
}

/** Two items can only clash when they share one of these. */
function keysOf({ kind, limit, clause, statement }: Merged): string[] {
  if (limit !== undefined) return [`limit ${limit.key}`]
  if (kind === 'out_of_scope') return refused(statement).map((thing) => `thing ${thing}`)
  if (clause?.object === undefined) return []
  const head = contentWords(clause.object).at(-1) ?? ''
  return [`deed ${clause.verb} ${head}`, `deed ${clause.verb}`, `thing ${head}`]
}

/** In `A deposit is out of scope.` the deposit. */
function refused(statement: string): string[] {
  const thing = /^(.{1,80}?) (?:is|are) out of scope/.exec(statement)?.[1]
  const head = thing === undefined ? undefined : contentWords(thing).at(-1)
  return head === undefined ? [] : [head]
}

function clashes(a: Merged, b: Merged): boolean {
  if (a.limit !== undefined || b.limit !== undefined)
    return a.limit !== undefined && b.limit !== undefined && a.limit.amount !== b.limit.amount
  const out = (item: Merged) => item.kind === 'out_of_scope'
  if (out(a) !== out(b)) return a.saidBy !== b.saidBy && !(out(a) ? b : a).clause?.negated
  // One client takes back what another one said.
  if (a.saidBy !== b.saidBy && isOverruled(a, b)) return true
  return saysOpposite(a, b) || isReserved(a, b) || isReserved(b, a)
}

/** `Only the harbour master can change a reservation`, and skippers are to change one too. */
function isReserved(only: Merged, other: Merged): boolean {
  const [a, b] = [only.clause, other.clause]
  if (a === undefined || b === undefined || !only.statement.startsWith('Only ')) return false
  if (other.statement.startsWith('Only ') || b.negated || a.verb !== b.verb) return false
  return (
    a.actor !== undefined &&
    b.actor !== undefined &&
    b.actor !== 'user' &&
    a.actor !== b.actor &&
    a.object?.toLowerCase() === b.object?.toLowerCase() &&
    (a.rest ?? '') === (b.rest ?? '').replace(/ ?(?:themselves|by themselves)$/, '')
  )
}
