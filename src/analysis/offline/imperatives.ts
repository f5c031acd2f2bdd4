import { conditionOf, deedsFrom } from './deeds.ts'
import { actionVerbs, systemVerbs, talkVerbs } from './lexicon/verbs.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import type { Reading } from './reading.ts'
import { subjectBefore, type Subject } from './subject.ts'
import { textOf, type Word } from './words.ts'

/** `let customers pick a colour`: the software is told to. */
function readLetting(words: readonly Word[], start: number): Reading[] {
  const lets = ['let', 'allow'].includes(words[start]?.lower ?? '')
  const end = nounPhraseEnd(words, start + 1)
  if (!lets || subjectBefore(words, end, start + 1).kind !== 'people') return []
  return systemReadings(words, start)
}

/** `remind me five minutes before the game starts`: asked of the software itself. */
export function readImperative(words: readonly Word[], from: number): Reading[] {
  const letting = readLetting(words, from)
  if (letting.length > 0) return letting
  if (isRequest(words, from)) return systemReadings(words, from)
  const starts = [from, ...words.flatMap(({ lower }, at) => (lower === ',' ? [at + 1] : []))]
  const start = starts.findLast((at) => isOrder(words, at))
  if (start === undefined) return []
  const condition = conditionOf(words.slice(from, start))
  return systemReadings(words, start).map((reading) => ({
    ...(condition && { condition }),
    ...reading,
  }))
}

/** `send them a reminder` */
function isOrder(words: readonly Word[], at: number): boolean {
  const known = systemVerbs.has(words[at]?.lower ?? '')
  return known && ['me', 'us', 'them', 'him', 'her'].includes(words[at + 1]?.lower ?? '')
}

/** `please remove the field for the fax number` */
function isRequest(words: readonly Word[], from: number): boolean {
  const [verb, next] = [words[from], words[from + 1]]
  const asks = words.slice(0, from).some(isPlease) || words.slice(-3).some(isPlease)
  const ofUs = ['me', 'us', 'that', 'this'].includes(next?.lower ?? '')
  // `Send it right away, please.`: what it means is found later.
  const alone = next?.lower === 'it' && words[from + 2]?.pos === 'PUNCT'
  const known = verb !== undefined && verb.lower === verb.lemma && actionVerbs.has(verb.lower)
  return (
    asks &&
    known &&
    !talkVerbs.has(verb.lemma) &&
    !ofUs &&
    !alone &&
    nounPhraseEnd(words, from + 1) > from + 1
  )
}

function isPlease({ lower }: Word): boolean {
  return lower === 'please'
}

function systemReadings(words: readonly Word[], start: number): Reading[] {
  const subject: Subject = {
    kind: 'system',
    words: [],
    noun: 'system',
    plural: false,
    only: false,
    start,
  }
  return deedsFrom(words, start, words.length).map((deed) => ({
    subject,
    force: 'should',
    able: false,
    duty: false,
    negated: false,
    said: textOf(words.slice(start, start + 2)),
    content: { type: 'deed', deed },
    ...(deed.condition && { condition: deed.condition }),
  }))
}
