import type { z } from 'zod'
import type { Entity, FieldType } from '../../domain/brief.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, isNoun, withoutDeterminer } from './noun-phrase.ts'
import type { Word } from './words.ts'

export type Field = z.infer<typeof Entity>['fields'][number]

/** The words that give a field its type, strongest first; the last word of a name counts. */
const typeWords: readonly (readonly [FieldType, ReadonlySet<string>])[] = [
  ['email', wordSet('email mail')],
  [
    'money',
    wordSet('price cost fee amount salary budget total rent wage balance payment discount'),
  ],
  ['datetime', wordSet('time timestamp start begin slot')],
  ['date', wordSet('date day birthday deadline due')],
  ['boolean', wordSet('flag paid active availability done')],
  ['choice', wordSet('status state type kind category level role gender priority size')],
  [
    'long_text',
    wordSet('description note comment text message remark bio summary detail content instruction'),
  ],
  [
    'number',
    wordSet(
      'number count quantity duration place seat capacity age minute hour score points stock weight height length rating amount_of',
    ),
  ],
]

/** A field from the phrase that names it (`the number of places`); undefined for no usable name. */
export function fieldFrom(phrase: readonly Word[], required: boolean): Field | undefined {
  const bare = withoutDeterminer(phrase)
  const counted = bare.findIndex(
    (word, index) => word.lower === 'number' && bare[index + 1]?.lower === 'of',
  )
  const named = withoutDeterminer(
    counted === -1 ? bare.slice(0, ofAt(bare)) : bare.slice(counted + 2),
  )
  const name = camelCase(named.filter((word) => word.pos !== 'ADV' && word.lower !== "'s"))
  const head = headOf(named)
  if (name === undefined || head === undefined) return undefined
  const type = counted === -1 ? typeOf(named, head) : 'number'
  return { name, type, required }
}

function ofAt(words: readonly Word[]): number {
  const at = words.findIndex((word) => word.lower === 'of')
  return at === -1 ? words.length : at
}

function typeOf(named: readonly Word[], head: Word): FieldType {
  // A phone number, an order number: digits, but nothing to count with.
  if (head.lemma === 'number') return 'text'
  const byHead = typeWords.find(([, words]) => words.has(head.lemma))
  if (byHead !== undefined) return byHead[0]
  const byAny = typeWords.find(
    ([type, words]) => type !== 'datetime' && named.some((word) => words.has(word.lemma)),
  )
  return byAny !== undefined && head.lemma === 'address' ? byAny[0] : 'text'
}

function camelCase(words: readonly Word[]): string | undefined {
  const parts = words
    .filter((word) => isNoun(word) || word.pos === 'ADJ' || word.pos === 'VERB')
    .map((word) => word.lower.replace(/[^a-z0-9]/g, ''))
    .filter((part) => part !== '')
  const name = parts
    .map((part, index) => (index === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('')
  return /^[a-z][A-Za-z0-9]{0,39}$/.test(name) ? name : undefined
}
