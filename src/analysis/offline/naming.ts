import type { BriefItem, Entity } from '../../domain/brief.ts'
import { defectOf } from '../../domain/job.ts'
import { givenTitle } from '../given-title.ts'
import { capitalised, plural } from './inflect.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { listText } from './records-statement.ts'
import type { Sentence } from './sentences.ts'
import { textOf } from './words.ts'

const deedNouns = new Set([
  'booking',
  'order',
  'appointment',
  'reservation',
  'ticket',
  'invoice',
  'loan',
  'rental',
  'delivery',
  'registration',
  'shift',
  'repair',
  'request',
])

const productNouns = wordSet(
  'system app application software website site platform tool portal shop',
)
const anyProduct = wordSet(
  'mobile new own simple small little web whole current old existing native separate good proper nice other same great cheap whole kind similar second single',
)

/** What the client calls the product: `inventory tool`, `ticket shop`. */
export function productIn(sentences: readonly Sentence[]): string | undefined {
  for (const { words, turn } of sentences.slice(0, 40)) {
    if (turn.role !== 'client') continue
    for (let at = 0; at < words.length; at++) {
      if (!['our', 'my', 'a', 'an', 'the'].includes(words[at]?.lower ?? '')) continue
      const phrase = words.slice(at + 1, nounPhraseEnd(words, at))
      const head = headOf(phrase)
      const telling = phrase.filter(({ pos, lower }) => {
        return ['NOUN', 'PROPN'].includes(pos) && !anyProduct.has(lower)
      })
      const whole = head !== undefined && productNouns.has(head.lemma) && phrase.at(-1) === head
      if (whole && telling.length > 1 && phrase.length < 5) return textOf(telling)
    }
  }
  return undefined
}

/** What a name may be made of. */
interface Named {
  business: string | undefined
  product: string | undefined
  items: readonly BriefItem[]
  entities: readonly Entity[]
  /** The talk's own title. */
  given: string | undefined
}

/** The software's name: the business and what it keeps most, or what the client calls the product. */
export function titleOf({ business, product, items, entities, given }: Named): string {
  if (business === undefined && product !== undefined) return titleCase(product)
  const names = entities.map((entity) => entity.name.toLowerCase())
  const deed = names.find((name) => deedNouns.has(name))
  const about = deed ?? names[0]
  // `dog grooming salon` says already that it keeps dogs.
  const isNamed = about !== undefined && ` ${business} `.toLowerCase().includes(` ${about} `)
  const words =
    business === undefined
      ? [about ?? '', about === undefined ? '' : 'management']
      : [business, isNamed ? 'software' : (about ?? 'software')]
  const made = titleCase(words.join(' '))
  return made === '' ? (brokenThing(items) ?? givenTitle(given)) : made
}

const small = wordSet('of and for the in')

function titleCase(text: string): string {
  const words = text.trim().split(/\s+/)
  const titled = words.map((word, at) => (at > 0 && small.has(word) ? word : capitalised(word)))
  return titled.join(' ').slice(0, 120)
}

/** Of a talk about a defect what is broken: `Receipt`. */
function brokenThing(items: readonly BriefItem[]): string | undefined {
  const [defect = ''] = items.flatMap((item) => defectOf(item) ?? [])
  const thing =
    /^(?:When .{1,200}?, )?(?:the|an?|our|every|each) ((?:[a-z-]{2,20} )?(?!only|also|still|always|never)[a-z-]{2,20}?)s? (?:on|in|for|of|at|[a-z]+s|is|are|does|only)\b/i.exec(
      defect,
    )
  const name = thing?.[1]
  return name === undefined || /^(?:system|users?|same)$/i.test(name) ? undefined : titleCase(name)
}

/** The folder name of the spec, from the title. */
export function featureOf(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]{1,120}/g, '-')
    .replace(/^[^a-z]{1,120}/, '')
    .slice(0, 50)
    .replace(/-$/, '')
  return name === '' ? 'software' : name
}

/** Two or three sentences: for whom, what it keeps, what was asked for. */
export function summaryOf(
  said: string | undefined,
  items: readonly BriefItem[],
  entities: readonly Entity[],
): string {
  const parts: string[] = []
  if (said !== undefined) parts.push(`The client runs ${said}.`)
  if (entities.length > 0) {
    parts.push(
      `The software keeps ${listText(entities.map(({ name }) => plural(name.toLowerCase())))}.`,
    )
  }
  parts.push(
    ...items
      .filter((item) => defectOf(item) !== undefined)
      .slice(0, 2)
      .map(({ statement }) => statement),
  )
  const first = items
    .filter(({ kind, priority }) => kind === 'requirement' && priority.level === 'must')
    .slice(0, 2)
  parts.push(
    ...(first.length > 0
      ? first
      : items.filter(({ kind }) => kind === 'requirement').slice(0, 2)
    ).map(({ statement }) => statement),
  )
  return parts.length === 0
    ? 'The talk asks for nothing that could be built.'
    : parts.join(' ').slice(0, 2_000)
}
