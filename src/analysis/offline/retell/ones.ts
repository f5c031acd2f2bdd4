import { isHuman } from '../lexicon/nouns.ts'
import { wordSet } from '../lexicon/word-set.ts'
import { isNoun } from '../noun-phrase.ts'
import type { Word } from '../words.ts'

const ranks = wordSet('other second third next last new old first same')
const introducing = wordSet('one first new another second')

/** `One coach proposes a date, the other one agrees`: the other coach; by what was said before in the turn. */
export function withOnes(words: readonly Word[], before: readonly Word[]): readonly Word[] {
  return words.flatMap((word, at) => {
    const rank = words[at - 1]?.lower ?? ''
    if (word.lower !== 'one' || !ranks.has(rank) || isNoun(words[at + 1])) return [word]
    const meant = meantBy([...before, ...words.slice(0, at - 1)], rank)
    return meant === undefined ? [word] : [{ ...meant, spaced: true }]
  })
}

/** The thing that was brought in as one of several, or else what was named last. */
function meantBy(words: readonly Word[], rank: string): Word | undefined {
  const nouns = words.filter(
    (word, at) => isNoun(word) && word.lower === word.lemma && !isNoun(words[at + 1]),
  )
  const introduced = nouns.findLast((noun) => {
    const at = words.indexOf(noun)
    return words.slice(Math.max(0, at - 2), at).some(({ lower }) => introducing.has(lower))
  })
  const things = nouns.filter(({ lemma }) => rank === 'other' || !isHuman(lemma))
  return introduced ?? things.at(-1)
}
