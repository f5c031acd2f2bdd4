import { wordSet } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { subjectBefore, type Subject } from './subject.ts'
import type { Word } from './words.ts'

const ways = wordSet('way option possibility ability chance function means')

/** In `a way for customers to order` who shall be able to, and where the deed begins. */
export function wayAt(
  words: readonly Word[],
  from: number,
): { at: number; subject?: Subject } | undefined {
  const article = ['a', 'an', 'the', 'some'].includes(words[from]?.lower ?? '') ? 1 : 0
  const at = from + article
  if (article === 0 || !ways.has(words[at]?.lower ?? '')) return undefined
  if (words[at + 1]?.lower === 'to') return { at: at + 2 }
  if (words[at + 1]?.lower !== 'for') return undefined
  const end = nounPhraseEnd(words, at + 2)
  const subject = subjectBefore(words, end, at + 2)
  // Whoever a way is for can do something: it is people, by whatever name.
  const isDoer = subject.kind === 'people' || subject.kind === 'thing'
  return words[end]?.lower === 'to' && isDoer
    ? { at: end + 1, subject: { ...subject, kind: 'people' } }
    : undefined
}
