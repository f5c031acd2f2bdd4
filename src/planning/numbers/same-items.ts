import type { Brief } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import { citeTheSame, share, wordSet } from './likeness.ts'
import { pairUp } from './pair-up.ts'

interface Entry {
  id: string
  text: string
  words: ReadonlySet<string>
  citations: readonly Citation[]
  isEntity: boolean
}

/**
 * The ids that items and entities of an earlier brief have in a later one. An id alone proves nothing:
 * whoever analyses a talk again may number anew.
 */
export function sameItems(before: Brief, now: Brief): ReadonlyMap<string, string> {
  const pairs = pairUp(entriesOf(before), entriesOf(now), likeness)
  return new Map([...pairs].map(([is, was]) => [was.id, is.id]))
}

function entriesOf(brief: Brief): Entry[] {
  const entry = (id: string, text: string, citations: readonly Citation[], isEntity: boolean) => {
    return { id, text, words: wordSet(text), citations, isEntity }
  }
  return [
    ...brief.items.map((item) => entry(item.id, item.statement, item.citations, false)),
    ...brief.entities.map((entity) => entry(entity.id, entity.name, entity.citations, true)),
  ]
}

function likeness(old: Entry, now: Entry): number {
  if (old.isEntity !== now.isEntity) return 0
  const words = share(old.words, now.words)
  const cited = citeTheSame(old.citations, now.citations)
  if (old.text === now.text) return 4 + Number(old.id === now.id)
  if (now.isEntity) return words === 1 ? 3 : 0
  if (old.id === now.id && (cited || words > 0.2)) return 2 + words
  if (cited && words > 0.2) return 1 + words
  return words >= 0.7 ? words : 0
}
