import { nounOf } from './asked-noun.ts'
import { emptyNouns, isHuman } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { listFrom } from './listing.ts'
import { isDeterminer, nounPhraseEnd } from './noun-phrase.ts'
import { subjectBefore } from './subject.ts'
import { phraseLength, type Word } from './words.ts'

/** Where the fields of a thing are listed in a sentence. */
export interface Listed {
  noun: string
  at: number
  /** One field is enough to believe it. */
  sure: boolean
  /** Belongs to the list of the sentence before. */
  goesOn?: boolean
  /** Where a deed ends that the sentence tells as well: `creates a flat | with a price, …`. */
  deedEnd?: number
}

/** What the talk is speaking of, as far as a sentence may point at it. */
export interface Topic {
  noun?: string
  /** Whether this sentence follows right after a list. */
  afterList?: boolean
  listing?: boolean
}

const having = phraseList(
  'has\nhave\nwill have\nshould have\nmust have\nwould have\nneeds\nincludes\ncontains\nconsists of\nwill include\nshould include',
)
const keeping = phraseList(
  'keep\nstore\nrecord\nsave\nknow\ntrack\ncollect\nnote\nwrite down\nsee\nask for\nregister',
)
const needing = phraseList('need\nwant')
const linking = phraseList(
  'belongs to\nis linked to\nis assigned to\nis made by\nis placed by\nrefers to\nis connected to',
)
const making = wordSet(
  'create creates add adds enter enters record records register registers log logs',
)

const reasons = wordSet('because since although')

/** The pattern by which a sentence lists fields, or undefined. */
export function listedIn(words: readonly Word[], from: number, topic: Topic): Listed | undefined {
  return (
    fieldFor(words, from) ??
    keptFor(words, from) ??
    keptOf(words, from) ??
    hadBy(words, from, topic) ??
    madeOf(words, from) ??
    linkedTo(words, from) ??
    madeWith(words, from) ??
    continued(words, from, topic)
  )
}

/** Where fields are listed that `it has …`. */
export function havingAt(words: readonly Word[], at: number): number {
  const length = phraseLength(words, at, having)
  return length > 0 && words[at - 1]?.lower === 'it' ? at + length : 0
}

/** `we need one more field for the patient, the insurance number` */
function fieldFor(words: readonly Word[], from: number): Listed | undefined {
  const field = words.findIndex(
    ({ lemma }, at) =>
      at > from &&
      lemma === 'field' &&
      ['for', 'on', 'in', 'of'].includes(words[at + 1]?.lower ?? ''),
  )
  if (field === -1) return undefined
  const end = nounPhraseEnd(words, field + 2)
  const noun = nounOf(words.slice(field + 2, end))
  const lists = [',', ':'].includes(words[end]?.lower ?? '')
  return noun === undefined || !lists ? undefined : { noun, at: end + 1, sure: true }
}

/** `for each member we need to keep the name, …` */
function keptFor(words: readonly Word[], from: number): Listed | undefined {
  if (!['for', 'about', 'of'].includes(words[from]?.lower ?? '')) return undefined
  const end = nounPhraseEnd(words, from + 1)
  const noun = nounOf(words.slice(from + 1, end))
  if (noun === undefined) return undefined
  const each = ['each', 'every', 'a', 'an', 'all'].includes(words[from + 1]?.lower ?? '')
  for (let at = end; at < Math.min(words.length, end + 9); at++) {
    const length = phraseLength(words, at, keeping)
    if (length > 0) return { noun, at: at + length, sure: each }
    const need = each ? phraseLength(words, at, needing) : 0
    if (need > 0 && isDeterminer(words[at + need])) return { noun, at: at + need, sure: false }
  }
  return undefined
}

/** `we store the date and the reason for each appointment` */
function keptOf(words: readonly Word[], from: number): Listed | undefined {
  const each = words.findLastIndex(
    (word, index) =>
      ['for', 'of', 'about'].includes(word.lower) &&
      ['each', 'every'].includes(words[index + 1]?.lower ?? ''),
  )
  const noun =
    each === -1 ? undefined : nounOf(words.slice(each + 1, nounPhraseEnd(words, each + 1)))
  if (noun === undefined) return undefined
  for (let at = from + 1; at < Math.min(each, from + 9); at++) {
    const length = phraseLength(words, at, keeping)
    // `they see lower prices, and they need ten of each item` lists nothing of an item.
    const goesOn = words
      .slice(at + Math.max(length, 1), each)
      .some(({ pos }) => pos === 'VERB' || pos === 'AUX')
    if (length > 0 && goesOn) return undefined
    const asks = ['how', 'which', 'what', 'who', 'whether'].includes(
      words[at + length]?.lower ?? '',
    )
    if (length > 0) return asks ? undefined : { noun, at: at + length, sure: true }
  }
  return undefined
}

/** `each class has a name, …`; `it has …` of what was spoken of. */
function hadBy(words: readonly Word[], from: number, topic: Topic): Listed | undefined {
  for (let at = from + 1; at < Math.min(words.length, from + 9); at++) {
    const length = phraseLength(words, at, having)
    if (length === 0 || isSupposed(words, at)) continue
    const subject = subjectBefore(words, at, from)
    const first = subject.words[0]?.lower ?? ''
    const each = ['each', 'every', 'a', 'an', 'all', 'the'].includes(first)
    const named =
      subject.kind === 'thing' || subject.kind === 'people' || (subject.kind === 'system' && each)
        ? subject.noun
        : undefined
    const noun =
      named ?? (subject.kind === 'it' || subject.kind === 'they' ? topic.noun : undefined)
    if (noun === undefined || emptyNouns.has(noun)) return undefined
    return { noun, at: at + length, sure: each && first !== 'the' && first !== 'a' }
  }
  return undefined
}

/** `when a customer has a discount, …` lists nothing. */
function isSupposed(words: readonly Word[], to: number): boolean {
  return words
    .slice(0, to)
    .some(({ lower }) => ['if', 'when', 'whenever', 'unless'].includes(lower))
}

/** `a booking is for one member and one class` */
function madeOf(words: readonly Word[], from: number): Listed | undefined {
  const end = nounPhraseEnd(words, from)
  if (words[end]?.lower !== 'is' || words[end + 1]?.lower !== 'for') return undefined
  const noun = nounOf(words.slice(from, end))
  const counted = ['one', 'a', 'an', 'exactly'].includes(words[end + 2]?.lower ?? '')
  return noun === undefined || !counted ? undefined : { noun, at: end + 2, sure: false }
}

/** `each repair belongs to one customer` */
function linkedTo(words: readonly Word[], from: number): Listed | undefined {
  const end = nounPhraseEnd(words, from)
  const length = phraseLength(words, end, linking)
  const noun = nounOf(words.slice(from, end))
  const each = ['each', 'every', 'a', 'an'].includes(words[from]?.lower ?? '')
  const counted = ['one', 'a', 'an', 'exactly'].includes(words[end + length]?.lower ?? '')
  return length === 0 || noun === undefined || !each || !counted
    ? undefined
    : { noun, at: end + length, sure: true }
}

/** `an agent creates a property with the address, the rent and the type` */
function madeWith(words: readonly Word[], from: number): Listed | undefined {
  const verb = words.findIndex((word, at) => at > from && at < from + 8 && making.has(word.lower))
  const end = verb === -1 ? 0 : nounPhraseEnd(words, verb + 1)
  const noun = verb === -1 ? undefined : nounOf(words.slice(verb + 1, end))
  const lists = words[end]?.lower === 'with' && isDeterminer(words[end + 1])
  if (noun === undefined || isHuman(noun) || !lists) return undefined
  return { noun, at: end + 1, sure: false, deedEnd: end }
}

/** `There is the title, …` */
const presenting = phraseList("there is\nthere 's\nthere are\nwell there is")

/** A bare list that answers the question, or goes on with the list before. */
function continued(words: readonly Word[], start: number, topic: Topic): Listed | undefined {
  const from = start + phraseLength(words, start, presenting)
  if (topic.noun === undefined || nounPhraseEnd(words, from) === from) return undefined
  const { phrases, end } = listFrom(words, from)
  const reason = words.findIndex(({ lower }, at) => at >= end && reasons.has(lower))
  const rest = words.slice(end, reason === -1 ? words.length : reason)
  // A long list stays one, whatever is said after it.
  const isLong = phrases.filter(({ words: said }) => said.length > 0).length > 2
  if (!isLong && rest.some(({ pos }) => !['PUNCT', 'ADV', 'INTJ'].includes(pos))) return undefined
  // Only the sentence right after a list can go on with it.
  const adds = ['and', 'also', 'plus'].includes(words[0]?.lower ?? '')
  if (topic.listing === true && topic.afterList !== true && !adds) return undefined
  return { noun: topic.noun, at: from, sure: false, goesOn: topic.listing === true }
}
