import type { Anchor } from './anchors.ts'
import { systemNouns } from './lexicon/nouns.ts'
import { wordSet } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { subjectBefore, type Subject } from './subject.ts'
import type { Word } from './words.ts'

/** In `a class that should …` and `what they want` the anchor belongs to another clause. */
export function isEmbedded(words: readonly Word[], anchor: Anchor): boolean {
  const before = words[anchor.start - 1]?.lower ?? ''
  if (['who', 'which', 'that'].includes(before)) return true
  const subject = subjectBefore(words, anchor.start)
  return ['that', 'which', 'what', 'how', 'where', 'who', 'when', 'if', 'than'].includes(
    words[subject.start - 1]?.lower ?? '',
  )
}

const subordinating = wordSet(
  'which what how where who whose if when whenever while unless whether than why',
)

const places = wordSet('link form screen area section tab view list place something')

/** `the day in which it will …`, `if you can …`, `a class that should …`: no need of its own. */
export function isSubordinate(words: readonly Word[], subject: Subject): boolean {
  if (subject.kind === 'it' && subject.noun !== 'it') {
    return subject.noun !== 'this'
  }
  const before = words[subject.start - 1]?.lower ?? ''
  // `a website where customers can …` says what the website is for.
  const place = words[subject.start - 2]?.lemma ?? ''
  if (before === 'where' && (systemNouns.has(place) || places.has(place))) return false
  // `one option in which they can …` gives them the option.
  // `tell which days they can work`
  const phrase = nounPhraseEnd(words, subject.start - 2)
  const asked = ['which', 'what', 'whose'].includes(words[subject.start - 2]?.lower ?? '')
  if (asked && subject.kind === 'they' && phrase <= subject.start) return true
  return subordinating.has(before) && !(before === 'which' && subject.kind === 'they')
}

const times = wordSet('before after until till unless')
const spans = wordSet('minute hour day week month year time evening morning night')

/** `approve a maker before anything can be seen`: tells when, and asks for nothing of its own. */
export function isInTime(words: readonly Word[], from: number, to: number): boolean {
  for (let at = to - 1; at > from; at--) {
    const word = words[at]
    if (word === undefined) return false
    // `three days before the stay` names a time.
    if (times.has(word.lower)) return !spans.has(words[at - 1]?.lemma ?? '')
    if (word.pos === 'PUNCT' || word.pos === 'CCONJ' || word.pos === 'VERB') return false
    if (word.pos === 'AUX') return false
  }
  return false
}

/** `since we would like …` gives a reason, not a need. */
export function isReason(words: readonly Word[], from: number, to: number): boolean {
  return words
    .slice(from, to + 1)
    .some((word) => word.lower === 'since' || word.lower === 'because')
}

const doubting = wordSet('expecting think sure saying know believe decided')

/** `I'm not expecting that …`, `I don't think we need …` */
export function isDenied(words: readonly Word[], to: number): boolean {
  return words
    .slice(0, to)
    .some(
      (word, index) =>
        (word.lower === 'not' || word.lower === "n't") &&
        doubting.has(words[index + 1]?.lower ?? '') &&
        words[index + 2]?.lower !== 'but',
    )
}

/** A condition stands before, but one that points at what is not named. */
export function hasConditionWord(words: readonly Word[], from: number, to: number): boolean {
  return words.slice(from, to).some(
    (word, at, all) =>
      ['if', 'when', 'whenever', 'once', 'while'].includes(word.lower) &&
      // `once a month`
      !(word.lower === 'once' && ['a', 'every', 'per'].includes(all[at + 1]?.lower ?? '')),
  )
}

/** In `a system that should send …` the system is the subject. */
export function ofSystem(words: readonly Word[], subject: Subject): Subject {
  const points = subject.noun === 'that' || subject.noun === 'which'
  return points && systemNouns.has(words[subject.start - 1]?.lemma ?? '')
    ? { ...subject, kind: 'system', noun: 'system', words: [] }
    : subject
}
