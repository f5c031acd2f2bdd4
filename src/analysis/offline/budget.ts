import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { phraseList } from './lexicon/word-set.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const cues = phraseList('budget is\nbudget of\nspend\ncost\npay')
const qualifiers = phraseList(
  'about\naround\nup to\nat most\nno more than\nroughly\nbetween\nnot more than',
)
const currencies = new Set(['dollar', 'euro', 'pound', 'franc', 'usd', 'eur', 'gbp', 'chf'])

/** What may be spent, as a sentence; undefined when a sentence names no sum for the work. */
export function budgetIn(words: readonly Word[]): string | undefined {
  if (!words.some((word) => word.lower === 'budget' || word.lower === 'spend')) return undefined
  for (let at = 0; at < words.length; at++) {
    const length = phraseLength(words, at, cues)
    if (length === 0) continue
    const start = at + length
    const sum = start + phraseLength(words, start, qualifiers)
    const end = nounPhraseEnd(words, sum)
    const money = words.slice(sum, end)
    const named =
      currencies.has(headOf(money)?.lemma ?? '') || /^[$€£]$/.test(words[sum]?.text ?? '')
    const last = /^[$€£]$/.test(words[sum]?.text ?? '') ? sum + 2 : end
    if (named) return `The budget is ${textOf(words.slice(start, last))}.`
  }
  return undefined
}
