import { actionVerbs, talkVerbs } from './lexicon/verbs.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { type PlainDeed, withoutStop } from './plain-deed.ts'
import { subjectBefore } from './subject.ts'
import type { Word } from './words.ts'

/** `There is a caretaker who hands out the instruments`: what the caretaker does. */
export function introducedDeed(words: readonly Word[]): PlainDeed | undefined {
  const from = openingEnd(words)
  const text = words.slice(from, from + 3).map(({ lower }) => lower)
  const opens = text[0] === 'there' && ["'s", 'is', 'are'].includes(text[1] ?? '')
  const have = text[0] === 'we' && (text[1] === 'have' || text[1] === "'ve")
  if (!opens && !have) return undefined
  const start = from + (text[2] === 'got' ? 3 : 2)
  const end = nounPhraseEnd(words, start)
  const subject = subjectBefore(words, end, start)
  const who = ['who', 'that'].includes(words[end]?.lower ?? '')
  const verb = words[end + 1]
  const known = verb?.pos === 'VERB' && actionVerbs.has(verb.lemma) && !talkVerbs.has(verb.lemma)
  if (!who || subject.kind !== 'people' || !known || verb.lower.endsWith('ed')) return undefined
  const stop = words.findIndex(({ lower }, at) => at > end && lower === ',')
  const told = words.slice(start, stop === -1 ? words.length : stop)
  const [first, ...rest] = subject.words
  const the: Word = { text: 'the', lower: 'the', lemma: 'the', pos: 'DET', spaced: true }
  const one = ['a', 'an'].includes(first?.lower ?? '') ? [the, ...rest] : subject.words
  const at = end + 1 - start
  const base: Word = { ...verb, text: verb.lemma, lower: verb.lemma }
  const deed = [...told.slice(0, at), base, ...told.slice(at + 1)]
  return { words: withoutStop(deed), subject: { ...subject, words: one }, at, only: false }
}
