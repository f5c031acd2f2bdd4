import { openingEnd } from './openings.ts'
import { phraseList } from './lexicon/word-set.ts'
import { actionVerbs } from './lexicon/verbs.ts'
import { phraseLength, type Word, wordOf } from './words.ts'

const happening = phraseList(`
  should happen
  should be done
  should go
  should work
  should run
  has to happen
  must happen
  needs to happen
  could happen
  ought to happen
  should just happen
`)
const alone = phraseList('by itself\nautomatically\non its own\nwithout me\nwithout us\nby magic')

/**
 * `I send him a list at the moment, that should happen by itself` asks the software to send it: the words
 * as that wish; undefined for any other sentence.
 */
export function automatedWish(words: readonly Word[]): readonly Word[] | undefined {
  const at = words.findIndex(
    ({ lower }, index) =>
      index > 3 &&
      ['that', 'this', 'it', 'which'].includes(lower) &&
      phraseLength(words, index + 1, happening) > 0,
  )
  const end = at + 1 + phraseLength(words, at + 1, happening)
  if (at === -1 || phraseLength(words, end, alone) === 0) return undefined
  const we = words.findIndex(
    ({ lower }, index) => index >= openingEnd(words) && index < at && ['i', 'we'].includes(lower),
  )
  let from = we + 1
  while (['always', 'still', 'just', 'currently', 'usually'].includes(words[from]?.lower ?? ''))
    from++
  const verb = words[from]
  if (we === -1 || verb === undefined || !actionVerbs.has(verb.lower)) return undefined
  const stop = words.findIndex(
    ({ lower, pos }, index) =>
      index > from && (pos === 'PUNCT' || ['and', 'but', 'at'].includes(lower) || index === at),
  )
  return [
    wordOf('the', 'DET'),
    wordOf('system', 'NOUN'),
    wordOf('should', 'AUX'),
    { ...verb, pos: 'VERB' },
    ...words.slice(from + 1, stop),
    wordOf('automatically', 'ADV'),
    { ...wordOf('.', 'PUNCT'), spaced: false },
  ]
}
