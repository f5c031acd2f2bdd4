import type { Clause } from '../../domain/brief.ts'
import { emptyNouns, isHuman } from './lexicon/nouns.ts'
import { phraseList } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd, singularName, subjectPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, type Word } from './words.ts'
import { spoken } from './written.ts'

const removing = phraseList(`
  take out
  throw out
  kick out
  chuck out
  get rid of
  do away with
  remove
  drop
  scrap
  ditch
  delete
  lose
`)
const wanting = phraseList(
  "you can\nwe can\nwe want to\ni want to\nwe 'd like to\ni 'd like to\nwe would like to\nplease\nlet 's\njust\ni 'd\nwe 'd",
)
const going = phraseList(
  'can go\nhas to go\nhave to go\nshould go\nmust go\nneeds to go\nneed to go\ncan be removed\ncan be dropped\nshould disappear\nhas to disappear',
)

/** What is to be taken out of a product that is there. */
export interface Removal {
  statement: string
  clause: Clause
  words: readonly Word[]
}

/** `Take out the comment box`, `the fax number can go`; undefined where nothing is taken out. */
export function removalIn(clause: readonly Word[]): Removal | undefined {
  let from = openingEnd(clause)
  from += phraseLength(clause, from, wanting)
  const length = phraseLength(clause, from, removing)
  const thing =
    length > 0
      ? clause.slice(from + length, nounPhraseEnd(clause, from + length))
      : goneThing(clause, from)
  return removalOf(thing, clause)
}

/** `Anything to be dropped? – The fax confirmation.` */
export function removalNamed(words: readonly Word[]): Removal[] {
  const from = openingEnd(words)
  const end = nounPhraseEnd(words, from)
  const closes = words[end] === undefined || words[end]?.pos === 'PUNCT'
  const found = closes ? removalOf(words.slice(from, end), words) : undefined
  return found === undefined ? [] : [found]
}

function removalOf(thing: readonly Word[], clause: readonly Word[]): Removal | undefined {
  const head = headOf(thing)
  if (head === undefined || emptyNouns.has(head.lemma) || isHuman(head.lemma)) return undefined
  return {
    statement: `The system removes ${spoken(thing)}.`,
    clause: { verb: 'remove', object: singularName(thing).slice(0, 120), negated: false },
    words: clause,
  }
}

/** In `the fax number can go` the fax number. */
function goneThing(clause: readonly Word[], from: number): readonly Word[] {
  const end = Math.max(nounPhraseEnd(clause, from), subjectPhraseEnd(clause, from))
  const length = phraseLength(clause, end, going)
  const next = clause[end + length]
  const closes = next === undefined || next.pos === 'PUNCT'
  return length > 0 && closes ? clause.slice(from, end) : []
}
