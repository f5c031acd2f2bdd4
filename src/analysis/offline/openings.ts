import { openings } from './lexicon/speech.ts'
import { isNoun } from './noun-phrase.ts'
import { phraseLength, type Word } from './words.ts'

/** Where the sentence's matter begins, after `so`, `yeah`, `I think that`. */
export function openingEnd(words: readonly Word[]): number {
  let at = 0
  for (;;) {
    const length = words[at]?.lower === ',' ? 1 : phraseLength(words, at, openings)
    // `No patient data may leave` denies; it does not answer.
    const denies = length === 1 && words[at]?.lower === 'no' && !isPause(words[at + 1])
    // `First letters go out on the same day`
    const ranks = length === 1 && words[at]?.pos === 'ADJ' && isNoun(words[at + 1])
    if (length === 0 || denies || ranks) return at
    at += length
  }
}

function isPause(word: Word | undefined): boolean {
  return (
    word === undefined ||
    word.pos === 'PUNCT' ||
    ['no', 'wait', 'we', 'i', 'it', 'they', 'that', 'you', 'there'].includes(word.lower)
  )
}
