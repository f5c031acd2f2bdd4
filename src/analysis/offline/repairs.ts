import { phraseList } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { phraseLength, type Word } from './words.ts'

const corrections = phraseList(
  'no wait , make that\nno wait , make it\nno , make that\nno , make it\nwait , make that\nactually , make that\nsorry , make that\nno wait , i mean\nno , i mean\nno wait ,\nsorry , i mean\nor no , wait ,\nno , wait ,\nor rather\nor , no ,\nor , wait ,',
)

/** `gets a text message, no wait, make that an email` says `gets an email`. */
export function corrected(words: readonly Word[]): readonly Word[] {
  for (let at = 2; at < words.length; at++) {
    const length = phraseLength(words, at, corrections)
    const start = at + length
    const end = length === 0 ? start : nounPhraseEnd(words, start)
    if (end === start) continue
    const before = lastPhrase(words, words[at - 1]?.lower === ',' ? at - 1 : at)
    if (before !== undefined) return [...words.slice(0, before), ...words.slice(start)]
  }
  return words
}

/** Where the noun phrase begins that ends here. */
function lastPhrase(words: readonly Word[], end: number): number | undefined {
  for (let start = Math.max(0, end - 5); start < end; start++) {
    if (nounPhraseEnd(words, start) === end) return start
  }
  return undefined
}
