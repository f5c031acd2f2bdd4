import { emptyNouns, systemNouns } from './lexicon/nouns.ts'
import { wordSet } from './lexicon/word-set.ts'
import { withoutDeterminer } from './noun-phrase.ts'
import { subjectBefore } from './subject.ts'
import type { Word } from './words.ts'

const anyone = wordSet(
  'nobody everybody everyone anybody anyone people person user somebody someone',
)

export interface Owner {
  name: string
  /** There is one of it: `the kitchen`. */
  definite: boolean
}

/** Of whom or what an amount is spoken, singular: in `a member can have at most five loans` the member. */
export function ownerBefore(words: readonly Word[], at: number): Owner | undefined {
  const opens = words.findLastIndex(
    (word, index) => index < at && (word.pos === 'PUNCT' || word.pos === 'CCONJ'),
  )
  const verb = words.findIndex(
    (word, index) =>
      index > opens &&
      index < at &&
      (word.pos === 'AUX' || (word.pos === 'VERB' && !/(?:ing|ed)$/.test(word.lower))),
  )
  if (verb === -1) return undefined
  const subject = subjectBefore(words, verb, opens + 1)
  if (subject.kind !== 'people' && subject.kind !== 'thing' && subject.kind !== 'system')
    return undefined
  if (anyone.has(subject.noun)) return { name: 'user', definite: false }
  const isSystem =
    systemNouns.has(subject.noun) && !['a', 'each'].includes(subject.words[0]?.lower ?? '')
  const named = withoutDeterminer(subject.words)
  const plain =
    named.length < 4 && named.every((word) => ['NOUN', 'ADJ', 'PROPN'].includes(word.pos))
  if (isSystem || emptyNouns.has(subject.noun) || !plain) return undefined
  const name = [...named.slice(0, -1).map(({ lower }) => lower), subject.noun].join(' ')
  return { name, definite: subject.words[0]?.lower === 'the' && !subject.plural }
}
