import type { Contradiction } from '../../domain/brief.ts'
import type { Merged } from './merge.ts'

/** Pairs that cannot both hold and of which neither was taken back: other numbers, or yes and no. */
export function contradictionsOf(items: readonly Merged[]): Contradiction[] {
  const seen = new Map<string, Merged>()
  const found: Contradiction[] = []
  for (const item of items) {
    const key = subjectKey(item)
    const other = key === undefined ? undefined : seen.get(key)
    if (key !== undefined && other === undefined) seen.set(key, item)
    if (other === undefined || !clashes(other, item)) continue
    const [first, second] = [other.citations[0], item.citations[0]]
    if (first === undefined || second === undefined) continue
    found.push({
      id: `K${found.length + 1}`,
      statement:
        `“${trimmed(other.statement)}” and “${trimmed(item.statement)}” cannot both hold.`.slice(
          0,
          500,
        ),
      citations: [first, second],
    })
  }
  return found
}

function trimmed(statement: string): string {
  return statement.replace(/\.$/, '').slice(0, 200)
}

function subjectKey({ limit, clause }: Merged): string | undefined {
  if (limit !== undefined) return limit.key
  if (clause?.object === undefined || clause.condition !== undefined) return undefined
  return [clause.actor ?? '', clause.verb, clause.object.toLowerCase(), clause.rest ?? ''].join('|')
}

function clashes(a: Merged, b: Merged): boolean {
  if (a.limit !== undefined && b.limit !== undefined) return a.limit.amount !== b.limit.amount
  return a.clause?.negated !== b.clause?.negated
}
