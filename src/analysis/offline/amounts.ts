import { wordSet } from './lexicon/word-set.ts'
import type { Word } from './words.ts'

const currencies = wordSet('dollar euro pound franc cent pence usd eur gbp chf $ € £')
const shares = wordSet('percent % per-cent')

/** Whether a sum of money or a share is named: `2 euros per half hour`, `8 percent`. */
export function amountIn(words: readonly Word[]): boolean {
  return words.some((word, at) => {
    if (word.pos !== 'NUM' && !/^\d/.test(word.text)) return false
    const around = [words[at - 1], words[at + 1], words[at + 2]]
    return around.some((one) => currencies.has(one?.lemma ?? '') || shares.has(one?.lower ?? ''))
  })
}
