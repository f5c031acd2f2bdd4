import type { Brief } from '../domain/brief.ts'
import type { Citation } from '../domain/citation.ts'
import { plainWords, touching } from './touching.ts'

interface Entry {
  id: string
  text: string
  citations: readonly Citation[]
}

/** The highest number that an id of each letter has had in any brief of the project. */
export type HighestIds = ReadonlyMap<string, number>

function entriesOf(brief: Brief): Entry[] {
  return [
    ...brief.items.map(({ id, statement: text, citations }) => ({ id, text, citations })),
    ...brief.entities.map(({ id, name: text, citations }) => ({ id, text, citations })),
    ...brief.openQuestions.map(({ id, question: text, citations }) => ({ id, text, citations })),
    ...brief.contradictions.map(({ id, statement: text, citations }) => ({ id, text, citations })),
  ]
}

/** Whatever is not among these of an entry has nothing in common with it. */
function marksOf({ text, citations }: Entry): string[] {
  return [`"${plainWords(text)}"`, ...new Set(citations.map(({ turn }) => turn))]
}

/** How much two entries are the same; 0 when they are not. Equal words count more than equal evidence. */
function likeness(a: Entry, b: Entry): number {
  const shared = touching(a.citations, b.citations)
  return plainWords(a.text) === plainWords(b.text) ? 1_000 + shared : shared
}

/** Pairs the entries of one letter, the likest first, each once; gives old ids by the new ones. */
function pair(before: readonly Entry[], now: readonly Entry[]): Map<string, string> {
  const marked = new Map<string, Entry[]>()
  for (const old of before) {
    for (const mark of marksOf(old)) marked.set(mark, [...(marked.get(mark) ?? []), old])
  }
  const likes = now
    .flatMap((entry) => {
      const near = new Set(marksOf(entry).flatMap((mark) => marked.get(mark) ?? []))
      return [...near].map((old) => ({ entry, old, like: likeness(entry, old) }))
    })
    .filter(({ like }) => like > 0)
    .sort((a, b) => b.like - a.like)
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  for (const { entry, old } of likes) {
    if (ids.has(entry.id) || taken.has(old.id)) continue
    ids.set(entry.id, old.id)
    taken.add(old.id)
  }
  return ids
}

function letterOf({ id }: Entry): string {
  return id.slice(0, 1)
}

/** The new ids by those that the analyst gave. */
function renaming(before: Brief, now: Brief, highest: HighestIds): Map<string, string> {
  const old = Map.groupBy(entriesOf(before), letterOf)
  const names = new Map<string, string>()
  for (const [letter, entries] of Map.groupBy(entriesOf(now), letterOf)) {
    const known = pair(old.get(letter) ?? [], entries)
    let last = highest.get(letter) ?? 0
    for (const { id } of entries) {
      const kept = known.get(id)
      if (kept === undefined) last += 1
      names.set(id, kept ?? `${letter}${last}`)
    }
  }
  return names
}

/**
 * The brief with the ids of the one before for what is still in it; whatever is new gets an id that
 * no brief of the project has used, so that an id never changes its meaning.
 */
export function keepIds(before: Brief, now: Brief, highest: HighestIds): Brief {
  const names = renaming(before, now, highest)
  const nameOf = (id: string) => names.get(id) ?? id
  const named = <T extends { id: string }>(entry: T): T => ({ ...entry, id: nameOf(entry.id) })
  return {
    ...now,
    items: now.items.map(named),
    entities: now.entities.map(named),
    openQuestions: now.openQuestions.map(named),
    contradictions: now.contradictions.map(named),
    ledger: now.ledger.map((entry) =>
      entry.outcome === 'used' || entry.outcome === 'open'
        ? { ...entry, items: entry.items.map(nameOf) }
        : entry,
    ),
    ...(now.needs && {
      needs: now.needs.map((need) =>
        'items' in need ? { ...need, items: need.items.map(nameOf) } : need,
      ),
    }),
    dropped: now.dropped.map((entry) => ({ ...entry, item: nameOf(entry.item) })),
  }
}
