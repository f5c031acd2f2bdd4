import type { Need } from '../../domain/brief.ts'
import type { Outcome } from './claims.ts'

/**
 * The needs when entries of the brief have gone: one of which nothing is left comes to what `lost`
 * says.
 */
export function withoutEntries(
  needs: readonly Need[],
  isThere: (id: string, need: Need) => boolean,
  lost: Outcome,
): Need[] {
  const left = needs.map((need): Need => {
    if (!('items' in need) || need.items.length === 0) return need
    const items = need.items.filter((id) => isThere(id, need))
    const { turn, quote } = need
    return items.length > 0 ? { ...need, items } : { turn, quote, ...lost }
  })
  return distinctNeeds(left)
}

/** Each need once with each outcome. */
export function distinctNeeds(needs: readonly Need[]): Need[] {
  return [...new Map(needs.map((need) => [JSON.stringify(need), need])).values()]
}

/** The needs in the order of their turns. */
export function inTurnOrder(needs: readonly Need[]): Need[] {
  return needs.toSorted((a, b) => Number(a.turn.slice(1)) - Number(b.turn.slice(1)))
}
