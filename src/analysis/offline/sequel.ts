import type { ConditionPart } from './deeds.ts'
import { pastParticiple } from './inflect.ts'
import { phraseList } from './lexicon/word-set.ts'
import { isPlural } from './inflect.ts'
import { headOf, withoutDeterminer } from './noun-phrase.ts'
import type { Reading } from './reading.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const sequels = phraseList(
  'from then on\nfrom that point on\nfrom that moment on\nsince then\nafter that\nafterwards\nonce that is done\nas of then',
)

/** How many words from this place on say so. */
export function sequelAt(words: readonly Word[], at: number): number {
  return phraseLength(words, at, sequels)
}

/** How many words before this place say that something was done before: `and from then on`. */
export function sequelBefore(words: readonly Word[], from: number, to: number): number {
  for (let at = Math.max(from, to - 5); at < to; at++) {
    const length = phraseLength(words, at, sequels)
    const rest = words.slice(at + length, to)
    if (length > 0 && rest.every(({ lower }) => lower === ',')) return length
  }
  return 0
}

/** After `marks a bike as in repair`: when a bike is marked as in repair. */
export function afterDeed({ content }: Reading): ConditionPart | undefined {
  if (content.type === 'thing') return undefined
  const { verb, object, phrase } = content.deed
  const head = headOf(object)
  if (head === undefined || withoutDeterminer(object).length === 0) return undefined
  const is = isPlural(head) ? 'are' : 'is'
  const rest = textOf(phrase.slice(object.length))
  return {
    kind: 'when',
    text: `${textOf(object)} ${is} ${pastParticiple(verb.lemma)} ${rest}`.trim(),
  }
}
