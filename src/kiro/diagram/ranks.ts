import type { Diagram, DiagramPart } from './diagram.ts'

/**
 * The parts in ranks: each comes after all that lead to it. Of a circle, the part that was named
 * first goes first.
 */
export function ranksOf({ parts, links }: Diagram): DiagramPart[][] {
  const next = new Map<string, string[]>()
  for (const { from, to } of links) next.set(from, [...(next.get(from) ?? []), to])
  const rankOf = new Map<string, number>()
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const forward: (readonly [from: string, to: string])[] = []

  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const to of next.get(id) ?? []) {
      // A link back into what is open closes a circle, and says nothing of ranks.
      if (state.get(to) === 'open') continue
      forward.push([id, to])
      if (state.get(to) === undefined) visit(to)
    }
    state.set(id, 'done')
    order.unshift(id)
  }
  for (const { id } of parts) if (state.get(id) === undefined) visit(id)
  for (const id of order) {
    const before = forward.flatMap(([from, to]) => (to === id ? [(rankOf.get(from) ?? 0) + 1] : []))
    rankOf.set(id, Math.max(0, ...before))
  }
  const ranks: DiagramPart[][] = []
  for (const part of parts) (ranks[rankOf.get(part.id) ?? 0] ??= []).push(part)
  return ranks.filter((rank) => rank.length > 0)
}
