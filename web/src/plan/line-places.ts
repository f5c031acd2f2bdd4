/** The last of the places that does not come after the line, or the first. */
function placeOf(places: readonly number[], line: number): number {
  return places.findLast((place) => place <= line) ?? places[0] ?? line
}

/** Things by the place of a document that they belong to: the block or list item with their line. */
export function byPlace<T>(
  places: readonly number[],
  things: readonly T[],
  lineOf: (thing: T) => number,
): ReadonlyMap<number, readonly T[]> {
  return Map.groupBy(things, (thing) => placeOf(places, lineOf(thing)))
}
