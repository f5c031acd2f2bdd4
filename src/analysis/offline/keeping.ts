import type { Clause } from '../../domain/brief.ts'
import { capitalised, isPlural } from './inflect.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import {
  headOf,
  isDeterminer,
  isNoun,
  nounPhraseEnd,
  singularName,
  withoutDeterminer,
} from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, type Word } from './words.ts'
import { lowerFirst, spoken } from './written.ts'

const leaving = wordSet('leave keep')
const asItIs = phraseList(`
  alone
  as is
  as it is
  as they are
  the way it is
  the way they are
  like it is
  like that
  like this
  untouched
  unchanged
  the same
`)
const denying = phraseList("do n't\ndo not\nplease do n't\nnever\nnobody should\nno one should")
const touching = wordSet('touch change alter')

/** What stays as it is. */
export interface Kept {
  statement: string
  clause: Clause
}

/** `Leave the payment part alone`, `don't touch the old orders`; undefined where nothing is left as it is. */
export function leftAsItIs(words: readonly Word[]): Kept | undefined {
  const from = openingEnd(words)
  const thing = leftAlone(words, from) ?? untouched(words, from)
  // `the ranking`: the tagger takes it for a deed.
  const head = thing && (headOf(thing) ?? thing.at(-1))
  if (thing === undefined || head === undefined) return undefined
  // `the payment part` names something; `the thing` does not.
  if (emptyNouns.has(head.lemma) && withoutDeterminer(thing).length < 2) return undefined
  const plural = isPlural(head)
  const rest = plural ? 'as they are' : 'as it is'
  const name = lowerFirst(spoken(thing))
  const opened = /^(?:the|all|each|every|any|these|those) /.test(name) ? name : `the ${name}`
  return {
    statement: `${capitalised(opened)} ${plural ? 'stay' : 'stays'} ${rest}.`,
    clause: { verb: 'stay', object: singularName(thing).slice(0, 120), rest, negated: false },
  }
}

/** `leave the payment part alone`, `keep the colours as they are` */
function leftAlone(words: readonly Word[], from: number): readonly Word[] | undefined {
  if (!leaving.has(words[from]?.lower ?? '')) return undefined
  // `the login page as it is`, `the part with the payments alone`
  const at = words.findIndex(
    (_, index) => index > from + 1 && index < from + 9 && phraseLength(words, index, asItIs) > 0,
  )
  const opens = isDeterminer(words[from + 1]) || isNoun(words[from + 1])
  return at === -1 || !opens ? undefined : words.slice(from + 1, at)
}

/** `don't touch the old orders` */
function untouched(words: readonly Word[], from: number): readonly Word[] | undefined {
  const at = from + phraseLength(words, from, denying)
  if (at === from || !touching.has(words[at]?.lower ?? '')) return undefined
  const end = nounPhraseEnd(words, at + 1)
  return end > at + 1 ? words.slice(at + 1, end) : undefined
}
