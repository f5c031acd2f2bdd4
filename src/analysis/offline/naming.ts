import type { BriefItem, Entity } from '../../domain/brief.ts'
import { defectOf } from '../../domain/job.ts'
import { untitled } from '../../domain/screen/title.ts'
import { givenTitle } from '../given-title.ts'
import { capitalised, plural } from './inflect.ts'
import { emptyNouns, isHuman, outputNouns, systemNouns } from './lexicon/nouns.ts'
import { technologies } from './lexicon/technologies.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
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
  'system app application software website site platform tool portal shop program programme',
)
const anyProduct = wordSet(
  'mobile new own simple small little web whole current old existing native separate good proper nice other same great cheap whole kind similar second single',
)

/** What the client calls the product: `inventory tool`, `ticket shop`. */
export function productIn(sentences: readonly Sentence[]): string | undefined {
  for (const [place, { words, turn }] of sentences.slice(0, 40).entries()) {
    if (turn.role !== 'client') continue
    for (let at = 0; at < words.length; at++) {
      if (!['our', 'my', 'a', 'an', 'the'].includes(words[at]?.lower ?? '')) continue
      const phrase = words.slice(at + 1, nounPhraseEnd(words, at))
      const head = headOf(phrase)
      const telling = phrase.filter(({ pos, lower }) => {
        const says =
          ['NOUN', 'PROPN'].includes(pos) ||
          (pos === 'VERB' && lower.endsWith('ing')) ||
          (head?.lemma === 'shop' && ['web', 'online'].includes(lower))
        return says && !anyProduct.has(lower) && !technologies.has(lower)
      })
      const whole = head !== undefined && productNouns.has(head.lemma) && phrase.at(-1) === head
      // Later `our billing program` is another one.
      const early = !(head?.lemma ?? '').startsWith('program') || place < 8
      if (whole && early && telling.length > 1 && phrase.length < 5) return textOf(telling)
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
  /** What the client answered to what it is about: `Parents evenings.` */
  subject?: string | undefined
}

/** The software's name: the business and what it keeps most, or what the client calls the product. */
export function titleOf(named: Named): string {
  const { business, product, items, entities, given } = named
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
  return made === '' ? (brokenThing(items) ?? givenOr(given, named)) : made
}

/** The title that the talk came with, or what it tells of most. */
function givenOr(given: string | undefined, { items, subject }: Named): string {
  const title = givenTitle(given)
  if (title !== untitled.title) return title
  const found = subject ?? goalThing(items) ?? topicOf(items)
  return found === undefined ? title : titleCase(found)
}

/** In `The goal is a program for the instruments.` the instruments. */
function goalThing(items: readonly BriefItem[]): string | undefined {
  for (const { kind, statement } of items) {
    if (kind !== 'goal') continue
    const thing = /^The goal is .{1,60}? for (?:the |our |a |an )?([a-z][a-z ]{2,30})\.$/.exec(
      statement,
    )
    if (thing?.[1] !== undefined && thing[1].split(' ').length < 4) return `${thing[1]} software`
  }
  return undefined
}

/** The thing that is asked for twice at least, and most: `slot management`. */
function topicOf(items: readonly BriefItem[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { kind, clause } of items) {
    if (kind !== 'requirement' && kind !== 'constraint') continue
    const object = clause?.object?.split(/ (?:of|for|in|on|with|to|from) /)[0] ?? ''
    const noun = object.toLowerCase().split(' ').at(-1) ?? ''
    const empty = emptyNouns.has(noun) || outputNouns.has(noun) || systemNouns.has(noun)
    if (!/^[a-z]{3,20}$/.test(noun) || empty || isHuman(noun)) continue
    counts.set(noun, (counts.get(noun) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1])
  return most === undefined || most[1] < 2 ? undefined : `${most[0]} management`
}

/** `What is this about? – Parents evenings.`: nothing but the name of it. */
export function subjectIn(sentences: readonly Sentence[]): string | undefined {
  const first = sentences.find(({ turn }) => turn.role === 'client')
  const asked = sentences.findLast(
    ({ turn, at }) => turn.role === 'agent' && first !== undefined && at < first.at,
  )
  if (first === undefined || asked === undefined) return undefined
  const words = first.words.filter(({ pos }) => pos !== 'PUNCT')
  const thing = withoutDeterminer(words)
  const head = headOf(thing)
  const whole = nounPhraseEnd(words, 0) === words.length && words.length < 5
  const names = head !== undefined && !emptyNouns.has(head.lemma) && !isHuman(head.lemma)
  const asks = /\b(?:what|which|about)\b/i.test(asked.quote)
  const talk =
    head !== undefined &&
    /^(?:hello|hi|bug|error|morning|afternoon|evening|thanks)$/.test(head.lower)
  return whole && names && asks && !talk ? textOf(thing) : undefined
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
