/**
 * Pairs the entries of two lists one to one, the likest first; of equals those that stand first. The
 * same lists always give the same pairs.
 *
 * @param likeness 0 or less for two that are not the same
 * @returns the old entry of each new one that has one
 */
export function pairUp<Old, New>(
  before: readonly Old[],
  after: readonly New[],
  likeness: (old: Old, now: New) => number,
): Map<New, Old> {
  const candidates = after
    .flatMap((now, place) =>
      before.flatMap((old, was) => {
        const like = likeness(old, now)
        return like > 0 ? [{ old, now, like, place, was }] : []
      }),
    )
    .sort((a, b) => b.like - a.like || a.was - b.was || a.place - b.place)
  const pairs = new Map<New, Old>()
  const taken = new Set<Old>()
  for (const { old, now } of candidates) {
    if (pairs.has(now) || taken.has(old)) continue
    pairs.set(now, old)
    taken.add(old)
  }
  return pairs
}
