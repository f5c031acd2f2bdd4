import { fieldFrom, type Field } from './fields.ts'
import { listFrom, optionsFrom, type ListPart } from './listing.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { phraseList } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { subjectBefore } from './subject.ts'
import { phraseLength, textOf, type Word } from './words.ts'

/** A thing of which a client said what is to be kept. */
export interface RecordFinding {
  /** Base form of the noun: `class`. */
  noun: string
  fields: Field[]
  /** The fields in the client's words: `start time`, `number of places`. */
  said: string[]
  sentences: Sentence[]
}

/** What the talk is speaking of: the thing whose fields are being listed. */
interface Focus {
  noun?: string
  record?: RecordFinding
  /** The client's sentence before this one. */
  last?: Sentence
}

const having = phraseList(
  'has\nhave\nwill have\nshould have\nmust have\nwould have\nneeds\nincludes\ncontains\nconsists of\nwill include\nshould include',
)
const keeping = phraseList('keep\nstore\nrecord\nsave\nknow\ntrack\ncollect\nnote\nwrite down\nsee')
const asksFields = phraseList(
  'know about\nkeep about\nstore about\nrecord about\nbelongs to\nkeep for\nstore for\nrecord for\nknow for\ncollect about\ninformation about\ndetails of\nfields of\nfields does',
)
const optionCues = phraseList(
  "so\nwhich is\nwhich can be\ncan be\nthat 's either\nthat is either\nthat 's\neither\nit 's either\nlike\nsuch as\nthat can be",
)

/** The things and fields that are listed in the talk's sentences, in their order. */
export function recordsOf(sentences: readonly Sentence[]): RecordFinding[] {
  const records: RecordFinding[] = []
  const focus: Focus = {}
  for (const sentence of sentences) {
    if (sentence.turn.role !== 'client') {
      delete focus.last
      const asked = askedNoun(sentence.words)
      delete focus.record
      if (asked === undefined) delete focus.noun
      else focus.noun = asked
      continue
    }
    const found = recordIn(sentence, focus)
    focus.last = sentence
    if (found === undefined) continue
    records.push(found)
    focus.record = found
    focus.noun = found.noun
  }
  return records
}

/** In `what do you need to know about each class?` the class. */
function askedNoun(words: readonly Word[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const length = phraseLength(words, at, asksFields)
    if (length === 0) continue
    const start = at + length
    return nounOf(words.slice(start, nounPhraseEnd(words, start)))
  }
  return undefined
}

function nounOf(phrase: readonly Word[]): string | undefined {
  const head = headOf(withoutDeterminer(phrase))
  return head === undefined || emptyNouns.has(head.lemma) ? undefined : head.lemma
}

function recordIn(sentence: Sentence, focus: Focus): RecordFinding | undefined {
  const { words } = sentence
  const from = openingEnd(words)
  const listed =
    keptFor(words, from) ??
    keptOf(words, from) ??
    hadBy(words, from, focus) ??
    madeOf(words, from) ??
    continued(words, from, focus)
  if (listed === undefined) {
    addOptions(words, from, focus, sentence)
    return undefined
  }
  const { phrases, end } = listFrom(words, listed.at)
  if (listed.goesOn === true) return extend(focus, phrases, sentence)
  const fields = phrases.flatMap(({ words: phrase, unsure }) => fieldFrom(phrase, !unsure) ?? [])
  const enough = fields.length >= (listed.sure ? 1 : 2)
  if (!enough) return undefined
  const record: RecordFinding = {
    noun: listed.noun,
    fields,
    said: phrases.map(({ words: phrase }) => textOf(withoutDeterminer(phrase))),
    sentences: [sentence],
  }
  const last = fields.at(-1)
  const options = last === undefined ? [] : optionsAfter(words, end)
  if (last !== undefined && options.length > 0)
    fields.splice(-1, 1, { ...last, type: 'choice', options })
  const more = restated(words, end, listed.noun)
  return more === undefined
    ? record
    : { ...record, fields: [...fields, ...more.fields], said: [...record.said, ...more.said] }
}

/** `Oh, and the number of places.` adds to the list of the sentence before. */
function extend(focus: Focus, phrases: readonly ListPart[], sentence: Sentence): undefined {
  for (const { words, unsure } of phrases) {
    const field = fieldFrom(words, !unsure)
    if (field === undefined || focus.record === undefined) continue
    focus.record.fields.push(field)
    focus.record.said.push(textOf(withoutDeterminer(words)))
  }
  focus.record?.sentences.push(sentence)
  return undefined
}

interface Listed {
  noun: string
  at: number
  /** One field is enough to believe it. */
  sure: boolean
  /** Belongs to the list of the sentence before. */
  goesOn?: boolean
}

/** `for each member we need to keep the name, …` */
function keptFor(words: readonly Word[], from: number): Listed | undefined {
  if (!['for', 'about', 'of'].includes(words[from]?.lower ?? '')) return undefined
  const end = nounPhraseEnd(words, from + 1)
  const noun = nounOf(words.slice(from + 1, end))
  if (noun === undefined) return undefined
  for (let at = end; at < Math.min(words.length, end + 9); at++) {
    const length = phraseLength(words, at, keeping)
    const each = ['each', 'every', 'a', 'an', 'all'].includes(words[from + 1]?.lower ?? '')
    if (length > 0) return { noun, at: at + length, sure: each }
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
    if (length > 0) return { noun, at: at + length, sure: true }
  }
  return undefined
}

/** `each class has a name, …`; `it has …` of what was spoken of. */
function hadBy(words: readonly Word[], from: number, focus: Focus): Listed | undefined {
  for (let at = from + 1; at < Math.min(words.length, from + 9); at++) {
    const length = phraseLength(words, at, having)
    if (length === 0) continue
    const subject = subjectBefore(words, at, from)
    const each = ['each', 'every', 'a', 'an', 'all', 'the'].includes(subject.words[0]?.lower ?? '')
    const named = subject.kind === 'thing' || subject.kind === 'people' ? subject.noun : undefined
    const noun =
      named ?? (subject.kind === 'it' || subject.kind === 'they' ? focus.noun : undefined)
    if (noun === undefined || emptyNouns.has(noun)) return undefined
    return {
      noun,
      at: at + length,
      sure: each && subject.words[0]?.lower !== 'the' && subject.words[0]?.lower !== 'a',
    }
  }
  return undefined
}

/** `a booking is for one member and one class` */
function madeOf(words: readonly Word[], from: number): Listed | undefined {
  const end = nounPhraseEnd(words, from)
  if (words[end]?.lower !== 'is' || words[end + 1]?.lower !== 'for') return undefined
  const noun = nounOf(words.slice(from, end))
  const counted = ['one', 'a', 'an', 'exactly'].includes(words[end + 2]?.lower ?? '')
  return noun === undefined || !counted ? undefined : { noun, at: end + 2, sure: false }
}

/** A bare list that answers the question, or goes on with the list before. */
function continued(words: readonly Word[], from: number, focus: Focus): Listed | undefined {
  const hasVerb = words
    .slice(from)
    .some((word) => word.pos === 'AUX' || (word.pos === 'VERB' && !/(?:ing|ed)$/.test(word.lower)))
  if (focus.noun === undefined || hasVerb || nounPhraseEnd(words, from) === from) return undefined
  // Only the sentence right after a list can go on with it.
  const goesOn = focus.record?.sentences.at(-1) === focus.last && focus.last !== undefined
  if (focus.record !== undefined && !goesOn) return undefined
  return { noun: focus.noun, at: from, sure: false, goesOn }
}

/** `… and it has a date and a status` later in the same sentence. */
function restated(
  words: readonly Word[],
  from: number,
  noun: string,
): { fields: Field[]; said: string[] } | undefined {
  for (let at = from; at < words.length; at++) {
    const length = phraseLength(words, at, having)
    if (length === 0 || words[at - 1]?.lower !== 'it' || noun === '') continue
    const { phrases, end } = listFrom(words, at + length)
    const fields = phrases.flatMap(({ words: phrase, unsure }) => fieldFrom(phrase, !unsure) ?? [])
    const last = fields.at(-1)
    const options = optionsAfter(words, end)
    if (last !== undefined && options.length > 0)
      fields.splice(-1, 1, { ...last, type: 'choice', options })
    return { fields, said: phrases.map(({ words: phrase }) => textOf(withoutDeterminer(phrase))) }
  }
  return undefined
}

function optionsAfter(words: readonly Word[], end: number): string[] {
  const at = words[end]?.lower === ',' ? end + 1 : end
  const cue = phraseLength(words, at, optionCues)
  return cue === 0 ? [] : optionsFrom(words, at + cue)
}

/** `that's either monthly, class card or drop-in` names the values of the field before. */
function addOptions(words: readonly Word[], from: number, focus: Focus, sentence: Sentence): void {
  const last = focus.record?.fields.at(-1)
  const cue = phraseLength(words, from, optionCues)
  if (focus.record === undefined || last === undefined || cue === 0) return
  const options = optionsFrom(words, from + cue)
  if (options.length < 2 || (last.type !== 'choice' && words[from + cue - 1]?.lower !== 'either'))
    return
  focus.record.fields.splice(-1, 1, { ...last, type: 'choice', options })
  focus.record.sentences.push(sentence)
}
