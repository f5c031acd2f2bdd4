import { findAnchors } from './anchors.ts'
import { wordSet } from './lexicon/word-set.ts'
import { systemNouns } from './lexicon/nouns.ts'
import { actionVerbs, talkVerbs } from './lexicon/verbs.ts'
import { isNoun, nounPhraseEnd } from './noun-phrase.ts'
import { subjectBefore, type Subject } from './subject.ts'
import type { Word } from './words.ts'

/** A deed that is told, not asked for: its words with base verbs, its subject, where it begins. */
export interface PlainDeed {
  words: readonly Word[]
  subject: Subject
  at: number
}

const skipped = wordSet('either then also always usually automatically later just')
const leading = wordSet('after before during at on in for when once')
const speakers = wordSet('i me my us you your myself')

/**
 * `The mechanic changes the status of a repair`, `Visitors request a viewing`: in answer to a
 * question about the software this says who does what with it.
 */
export function plainDeed(words: readonly Word[], from: number): PlainDeed | undefined {
  return systemDeed(words) ?? peopleDeed(words, from)
}

function peopleDeed(words: readonly Word[], from: number): PlainDeed | undefined {
  const start = afterTime(words, from)
  const end = subjectEnd(words, start)
  if (end === start) return undefined
  let at = end
  while (skipped.has(words[at]?.lower ?? '')) at++
  const subject = subjectBefore(words, end, start)
  const people = subject.kind === 'people' || (subject.kind === 'they' && words[start] === words[end - 1])
  const verb = words[at]
  if (!people || verb === undefined || !isTold(verb, subject)) return undefined
  if (findAnchors(words)[0] !== undefined) return undefined
  if (words.some(({ lower, pos }) => speakers.has(lower) || (pos === 'VERB' && isPast(lower)))) {
    return undefined
  }
  const object = words.slice(at + 1)
  const hasObject = object.some((word) => isNoun(word) || word.lower === 'it' || word.lower === 'them')
  return hasObject ? { words: withBaseVerbs(words, at), subject, at } : undefined
}

/** `We need a system that sends reminders`: said of the software itself. */
function systemDeed(words: readonly Word[]): PlainDeed | undefined {
  const that = words.findIndex(
    (word, at) =>
      ['that', 'which'].includes(word.lower) &&
      systemNouns.has(words[at - 1]?.lemma ?? '') &&
      words[at + 1]?.pos === 'VERB' &&
      words[at + 1]?.lower !== words[at + 1]?.lemma,
  )
  const verb = words[that + 1]
  const wished = words.slice(0, that).some(({ lemma }) => ['need', 'want', 'like'].includes(lemma))
  if (that < 1 || verb === undefined || !wished || !actionVerbs.has(verb.lemma)) return undefined
  const subject: Subject = {
    kind: 'system',
    words: [],
    noun: 'system',
    plural: false,
    only: false,
    start: that,
  }
  return { words: withBaseVerbs(words, that + 1), subject, at: that + 1 }
}

/** After `After the viewing`, `For every order,` */
function afterTime(words: readonly Word[], from: number): number {
  if (!leading.has(words[from]?.lower ?? '')) return from
  const end = nounPhraseEnd(words, from + 1)
  if (words[end]?.lower === ',') return end + 1
  // `after the viewing the agent …`: one phrase was taken for two.
  const second = words.findIndex((word, at) => at > from + 1 && at < end && word.pos === 'DET')
  return second === -1 ? end : second
}

function subjectEnd(words: readonly Word[], start: number): number {
  const pronoun = ['he', 'she', 'they'].includes(words[start]?.lower ?? '')
  return pronoun ? start + 1 : nounPhraseEnd(words, start)
}

function isTold(verb: Word, subject: Subject): boolean {
  const base = verb.lemma
  if (verb.pos !== 'VERB' || !actionVerbs.has(base) || talkVerbs.has(base)) return false
  return subject.plural || subject.noun === 'they' ? verb.lower === base : verb.lower !== base
}

function isPast(lower: string): boolean {
  return /ed$/.test(lower) || ['had', 'went', 'did', 'came', 'made', 'lost', 'wrote'].includes(lower)
}

function withBaseVerbs(words: readonly Word[], from: number): readonly Word[] {
  return words.map((word, at) =>
    at >= from && word.pos === 'VERB' && actionVerbs.has(word.lemma) && word.lower.endsWith('s')
      ? { ...word, text: word.lemma, lower: word.lemma }
      : word,
  )
}
