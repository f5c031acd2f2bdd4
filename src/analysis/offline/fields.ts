import type { z } from 'zod'
import type { Entity, FieldType } from '../../domain/brief.ts'
import { wordSet } from './lexicon/word-set.ts'
import type { ListPart } from './listing.ts'
import { headOf, isNoun, withoutDeterminer } from './noun-phrase.ts'
import type { Word } from './words.ts'

export type Field = z.infer<typeof Entity>['fields'][number]

/** The words that give a field its type, strongest first; the last word of a name counts. */
const typeWords: readonly (readonly [FieldType, ReadonlySet<string>])[] = [
  ['email', wordSet('email mail e-mail')],
  [
    'money',
    wordSet(
      'price cost fee amount salary budget total rent wage balance payment discount deposit fare income expense revenue tax sum',
    ),
  ],
  ['datetime', wordSet('time timestamp start begin end slot datetime')],
  ['date', wordSet('date day birthday deadline due expiry birthdate')],
  [
    'boolean',
    wordSet('flag paid active availability done urgent vaccinated available confirmed archived'),
  ],
  ['choice', wordSet('status state type kind category level role gender priority size')],
  [
    'long_text',
    wordSet(
      'description note comment text message remark bio summary detail content instruction feedback ingredient diagnosis',
    ),
  ],
  [
    'number',
    wordSet(
      'number count quantity duration place seat capacity age minute hour score points stock weight height length width depth rating year mileage area serving portion percentage temperature distance speed rank limit',
    ),
  ],
]
const lengthsOfTime = wordSet(
  'cooking preparation waiting travel delivery driving running response',
)
const currencies = wordSet('euro dollar pound franc cent')

/** A field from the phrase that names it (`the number of places`); undefined for no usable name. */
export function fieldFrom(part: ListPart): Field | undefined {
  const required = !part.unsure
  const bare = withoutDeterminer(part.words)
  if (part.yesNo === true) {
    const name = camelCase(bare)
    return name === undefined ? undefined : { name, type: 'boolean', required }
  }
  const counted = bare.findIndex(
    (word, index) => word.lower === 'number' && bare[index + 1]?.lower === 'of',
  )
  const named = withoutDeterminer(
    counted === -1 ? bare.slice(0, ofAt(bare)) : bare.slice(counted + 2),
  )
  const name = camelCase(named.filter((word) => word.pos !== 'ADV' && word.lower !== "'s"))
  const perAt = named.findIndex(({ lower }) => lower === 'per')
  const head = headOf(perAt === -1 ? named : named.slice(0, perAt))
  if (name === undefined || head === undefined) return undefined
  if (part.options !== undefined) return { name, type: 'choice', required, options: part.options }
  const type = counted === -1 ? typeOf(named, head, part.unit) : 'number'
  return { name, type, required }
}

/** `the name of the owner` where there is a name already: `ownerName`. */
export function fieldOf(part: ListPart): Field | undefined {
  const field = fieldFrom(part)
  const of = part.words.findIndex(({ lower }) => lower === 'of')
  const owner = of === -1 ? undefined : headOf(part.words.slice(of + 1))
  const name = owner === undefined ? undefined : camelCase([{ ...owner, lower: owner.lemma }])
  if (field === undefined || name === undefined) return undefined
  const joined = `${name}${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`
  return { ...field, name: joined.slice(0, 40) }
}

/** `date of birth` is one name; `description of the problem` is about a description. */
function ofAt(words: readonly Word[]): number {
  const at = words.findIndex((word) => word.lower === 'of')
  const joined = ['date', 'place', 'year', 'time'].includes(words[at - 1]?.lower ?? '')
  return at === -1 || (joined && words.length === at + 2) ? words.length : at
}

function typeOf(named: readonly Word[], head: Word, unit?: string): FieldType {
  // A phone number, an order number: digits, but nothing to count with.
  if (head.lemma === 'number') return 'text'
  if (named.some(({ lower }) => lower === 'date') && head.lemma === 'time') return 'datetime'
  if (named.some(({ lower }, at) => lower === 'date' && named[at + 1]?.lower === 'of'))
    return 'date'
  if (['maximum', 'minimum'].includes(named[0]?.lower ?? '')) return 'number'
  if (unit !== undefined && currencies.has(unit)) return 'money'
  if (unit !== undefined || named.some(({ lower }) => lengthsOfTime.has(lower))) return 'number'
  if (head.lemma === 'rate')
    return /^(?:hourly|daily|weekly|monthly|day|hour|pay)$/.test(named[0]?.lower ?? '')
      ? 'money'
      : 'number'
  // A parking place is a name; places are counted.
  if (['place', 'seat'].includes(head.lemma) && head.lower === head.lemma) return 'text'
  const byHead = typeWords.find(([, words]) => words.has(head.lemma))
  if (byHead !== undefined) return byHead[0]
  const byAny = typeWords.find(
    ([type, words]) => type !== 'datetime' && named.some((word) => words.has(word.lemma)),
  )
  return byAny !== undefined && head.lemma === 'address' ? byAny[0] : 'text'
}

function camelCase(words: readonly Word[]): string | undefined {
  const parts = words
    .filter(
      (word) =>
        isNoun(word) ||
        word.pos === 'ADJ' ||
        word.pos === 'VERB' ||
        /^(?:of|and|per)$/.test(word.lower),
    )
    .map((word) => word.lower.replace(/[^a-z0-9]/g, ''))
    .filter((part) => part !== '')
  const name = parts
    .map((part, index) => (index === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('')
  return /^[a-z][A-Za-z0-9]{0,39}$/.test(name) ? name : undefined
}
