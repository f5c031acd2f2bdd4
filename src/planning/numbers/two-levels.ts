/** Where something stands: `4.2` is child 2 of group 4. */
export interface Place {
  group: number
  child: number
}

/** A group with its number and those of its children, both in order. */
export interface NumberedGroup<Child> {
  number: number
  /** Its place in the list that was given; undefined for one that only the version before had. */
  from: number | undefined
  children: readonly { number: number; child: Child }[]
}

/** What the version before has, and what may not be used again. */
export interface Taken {
  /** Highest number of a group, also of one that is gone. */
  highestGroup: number
  /** Highest number of a child of this group, also of one that is gone. */
  highestChild: (group: number) => number
}

/**
 * Numbers groups and their children so that every child that was there before keeps its place, even
 * if the new list puts it into another group. What is new gets the next free numbers in its order.
 */
export function numberTwoLevels<Child>(
  groups: readonly (readonly Child[])[],
  placeOf: (child: Child) => Place | undefined,
  { highestGroup, highestChild }: Taken,
): NumberedGroup<Child>[] {
  const numbers = groupNumbers(groups, placeOf)
  const numbered = new Map<
    number,
    { from: number | undefined; fresh: Child[]; kept: [number, Child][] }
  >()
  const groupAt = (number: number, from: number | undefined) => {
    const known = numbered.get(number)
    if (known) return known
    const group = { from, fresh: [], kept: [] }
    numbered.set(number, group)
    return group
  }
  let last = Math.max(highestGroup, 0)
  groups.forEach((children, from) => {
    const own = numbers.get(from)
    const fresh = children.filter((child) => placeOf(child) === undefined)
    // A group whose children all stand elsewhere is none.
    if (own === undefined && fresh.length === 0) return
    if (own === undefined) last += 1
    groupAt(own ?? last, from).fresh.push(...fresh)
  })
  for (const child of groups.flat()) {
    const place = placeOf(child)
    if (place) groupAt(place.group, undefined).kept.push([place.child, child])
  }
  return [...numbered]
    .map(([number, { from, fresh, kept }]) => {
      const next = Math.max(highestChild(number), 0) + 1
      const added = fresh.map((child, index) => ({ number: next + index, child }))
      const old = kept.map(([own, child]) => ({ number: own, child }))
      return { number, from, children: [...old, ...added].sort((a, b) => a.number - b.number) }
    })
    .sort((a, b) => a.number - b.number)
}

/** For each group the old one that most of its children come from, each old one once. */
function groupNumbers<Child>(
  groups: readonly (readonly Child[])[],
  placeOf: (child: Child) => Place | undefined,
): ReadonlyMap<number, number> {
  const votes = groups.flatMap((children, from) => {
    const places = children.flatMap((child) => placeOf(child)?.group ?? [])
    return [...Map.groupBy(places, (group) => group)].map(([group, all]) => {
      return { from, group, count: all.length }
    })
  })
  votes.sort((a, b) => b.count - a.count || a.group - b.group || a.from - b.from)
  const numbers = new Map<number, number>()
  const given = new Set<number>()
  for (const { from, group } of votes) {
    if (numbers.has(from) || given.has(group)) continue
    numbers.set(from, group)
    given.add(group)
  }
  return numbers
}
