import type { BriefItem, Entity } from '../../domain/brief.ts'
import { givenTitle } from '../given-title.ts'
import { capitalised, plural } from './inflect.ts'
import { isHuman } from './lexicon/nouns.ts'
import { phraseList } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { listText } from './records-statement.ts'
import type { Sentence } from './sentences.ts'
import { phraseLength, textOf } from './words.ts'

const running = phraseList(
  "we run\ni run\nwe have\ni have\nwe own\ni own\nwe are\nwe manage\ni manage\nwe operate\ni am running\nwe 're",
)
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

/** What the client runs, as said early in the talk: `small yoga studio`. */
export function businessIn(
  sentences: readonly Sentence[],
): { said: string; core: string } | undefined {
  for (const { words, turn } of sentences.slice(0, 40)) {
    if (turn.role !== 'client') continue
    const from = openingEnd(words)
    const length = phraseLength(words, from, running)
    const start = from + length
    const end = nounPhraseEnd(words, start)
    const phrase = words.slice(start, end)
    const head = headOf(phrase)
    if (
      length === 0 ||
      head === undefined ||
      isHuman(head.lemma) ||
      phrase[0]?.pos !== 'DET' ||
      phrase.length > 7
    )
      continue
    const bare = withoutDeterminer(phrase)
    const core = bare.filter((word) => word.pos === 'NOUN' || word.pos === 'PROPN')
    return { said: textOf(phrase), core: textOf(core) }
  }
  return undefined
}

/** The software's name: the business and what it keeps most. */
export function titleOf(
  business: string | undefined,
  entities: readonly Entity[],
  given: string | undefined,
): string {
  const names = entities.map((entity) => entity.name.toLowerCase())
  const deed = names.find((name) => deedNouns.has(name))
  const about = deed ?? names[0]
  // `dog grooming salon` says already that it keeps dogs.
  const isNamed = about !== undefined && ` ${business} `.toLowerCase().includes(` ${about} `)
  const words =
    business === undefined
      ? [about ?? '', about === undefined ? '' : 'management']
      : [business, isNamed ? 'software' : (about ?? 'software')]
  const made = words.join(' ').trim().split(/\s+/).map(capitalised).join(' ')
  return made === '' ? givenTitle(given) : made.slice(0, 120)
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
