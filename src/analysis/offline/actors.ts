import { assertNever } from '../../domain/assert-never.ts'
import { capitalised, plural } from './inflect.ts'
import { emptyNouns, isHuman, outputNouns, systemNouns } from './lexicon/nouns.ts'
import { peopleVerbs, receivingVerbs, systemVerbs } from './lexicon/verbs.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, isNoun, nounPhraseEnd, singularName } from './noun-phrase.ts'
import type { Reading } from './reading.ts'
import type { Subject } from './subject.ts'
import { textOf, type Word } from './words.ts'

/** A subject that is settled: a name for the sentence and, for people, the word for them. */
export interface Actor {
  kind: 'system' | 'people' | 'thing'
  /** As it stands at the front of a statement: `The front desk`. */
  text: string
  /** Singular, in small letters: `front desk`; of people only. */
  name: string
  plural: boolean
}

export const theSystem: Actor = { kind: 'system', text: 'The system', name: '', plural: false }
const users: Actor = { kind: 'people', text: 'Users', name: 'user', plural: true }
/** `only I can see it`: a rule that sets the speaker apart from other users. */
const theClient: Actor = { kind: 'people', text: 'The client', name: 'client', plural: false }

/** Whom `they` means, from what was said last. */
export interface Mention {
  people?: Actor
  /** The last ones of whom there are many. */
  group?: Actor
}

/** Who acts in a reading; undefined when the talk does not tell. */
export function actorOf(reading: Reading, mention: Mention): Actor | undefined {
  const { subject, content } = reading
  const verb = content.type === 'deed' ? content.deed.verb.lemma : 'have'
  switch (subject.kind) {
    case 'system':
      return reading.able && peopleVerbs.has(verb) ? users : systemActor(subject)
    case 'people':
    case 'thing':
      return actsAsPeople(reading)
        ? { ...namedActor(subject), kind: 'people' }
        : namedActor(subject)
    case 'speaker':
      // `I'll check that` promises; it asks for nothing.
      if (/^(?:'ll|will|wo)\b(?! (?:need|like|have to|want))/.test(reading.said)) return undefined
      if (subject.only) return theClient
      return content.type === 'thing' || systemVerbs.has(verb) ? theSystem : users
    case 'listener':
      return users
    case 'they':
      return theyOf(reading, mention)
    case 'it':
      // A bare `it can` may mean anything that was just named; `it should` is said of the software.
      if (
        subject.noun !== 'it' ||
        !/^(?:should|must|has to|needs? to|have to|want|need|(?:would|'d) like)/.test(reading.said)
      )
        return undefined
      return reading.able && peopleVerbs.has(verb) ? users : theSystem
    case 'there':
      return theSystem
    case 'none':
      if (/ability/.test(reading.said)) return peopleVerbs.has(verb) ? users : theSystem
      return receivingVerbs.has(verb) ? mention.people : undefined
    default:
      return assertNever(subject.kind)
  }
}

/** `They` are many, or work as one: `the front desk`. */
function theyOf({ subject, said }: Reading, { people, group }: Mention): Actor | undefined {
  const isOne = people !== undefined && !people.plural && !isCollective(people.name)
  const asked = /\b(?:must|should|ought|can|may|need|needs|have to|has to|want|like|able)\b/.test(
    said,
  )
  return subject.noun === 'they' && isOne && asked ? (group ?? people) : people
}

function isCollective(name: string): boolean {
  const head = name.split(' ').at(-1) ?? ''
  return collectives.has(head) || /^[A-Z]{2,6}$/.test(head)
}

const collectives = wordSet(
  'desk team staff department office family company committee crew reception kitchen administration management accounting board household audience couple jury business',
)

const ofThings = wordSet(
  'be have contain include show display start begin end stay last hold cover support cost change take run open close fit leave',
)

/** `hotels should be able to order a pickup`: only people are able to, whatever they are called. */
function actsAsPeople({ able, content, subject }: Reading): boolean {
  if (!able || content.type === 'thing') return false
  const { verb, object } = content.deed
  const outputs = outputNouns.has(subject.noun) || systemNouns.has(subject.noun)
  return object.length > 0 && !outputs && !ofThings.has(verb.lemma) && !systemVerbs.has(verb.lemma)
}

function systemActor(subject: Subject): Actor {
  if (subject.words.length === 0) return theSystem
  const noun = subject.words.find((word) => systemNouns.has(word.lemma))
  // A website's `page` or a certain `portal` keeps its own name.
  return noun?.lower === 'system' || noun === undefined
    ? {
        ...theSystem,
        text:
          subject.words.length > 2 && subject.words.length < 5
            ? phraseText(subject.words)
            : theSystem.text,
      }
    : { ...theSystem, text: phraseText(subject.words) }
}

function namedActor(subject: Subject): Actor {
  const kind = subject.kind === 'people' ? 'people' : 'thing'
  return {
    kind,
    text: phraseText(subject.words),
    name: lowerName(singularName(subject.words)),
    plural: subject.plural,
  }
}

/** The phrase as the subject of a sentence: `our members` becomes `The members`. */
function phraseText(words: readonly Word[]): string {
  const [first, ...rest] = words
  if (first === undefined) return ''
  if (['kind', 'sort', 'type'].includes(rest[0]?.lower ?? '') && rest[1]?.lower === 'of') {
    return phraseText(rest.slice(2))
  }
  if (
    first.lower === 'that' &&
    ['the', 'a', 'an', 'each', 'every', 'all', 'this'].includes(rest[0]?.lower ?? '')
  ) {
    return phraseText(rest)
  }
  const opened =
    ['my', 'our', 'your', 'their', 'his', 'her', 'its', 'this', 'that', 'these', 'those'].includes(
      first.lower,
    ) && rest.length > 0
  return capitalised(opened ? `the ${textOf(rest)}` : textOf(words))
}

/** For a `they` of a later sentence: the people that one names first, who are its subject as a rule. */
export function peopleNamed(words: readonly Word[]): Actor | undefined {
  return groupsIn(words)[0]
}

/** For a `they` of the same sentence: the people that it named last. */
export function peopleBefore(words: readonly Word[]): Actor | undefined {
  return groupsIn(words).at(-1)
}

function groupsIn(words: readonly Word[]): Actor[] {
  const found: Actor[] = []
  for (let index = 0; index < words.length;) {
    const end = nounPhraseEnd(words, index)
    const whole = words.slice(index, end)
    const head = headOf(whole)
    // `at the moment people write to us`: of people.
    const idle = whole.findIndex((word) => isNoun(word) && emptyNouns.has(word.lemma))
    const phrase = idle === -1 || whole[idle] === head ? whole : whole.slice(idle + 1)
    if (head !== undefined && isHuman(head.lemma)) found.push(groupOf(phrase, head))
    index = Math.max(end, index + 1)
  }
  return found
}

/** `a member` is taken up as `Members`, `the front desk` as it is. */
function groupOf(said: readonly Word[], head: Word): Actor {
  // `sixty people`: taken up later, they are people.
  const phrase = said[0]?.pos === 'NUM' ? said.slice(1) : said
  const name = lowerName(singularName(phrase))
  const single = ['a', 'an', 'each', 'every'].includes(phrase[0]?.lower ?? '')
  return single
    ? { kind: 'people', text: capitalised(plural(name)), name, plural: true }
    : {
        kind: 'people',
        text: phraseText(phrase),
        name,
        plural: head.lower !== head.lemma || head.lower === 'people',
      }
}

/** The actor as `they` would take it up later: after `no member may …` that is every member. */
export function asGroup(actor: Actor, subject: Subject): Actor {
  if (actor.name === 'nobody') return users
  const denied = /^no \S/i.test(actor.text)
  if (denied)
    return { kind: 'people', text: capitalised(plural(actor.name)), name: actor.name, plural: true }
  const head = subject.words.findLast(isNoun)
  return head === undefined || subject.kind !== 'people' ? actor : groupOf(subject.words, head)
}

/** In small letters, but for names in capitals: `IFA representative`. */
export function lowerName(name: string): string {
  return name
    .split(' ')
    .map((part) => (/^[A-Z]{2,6}$/.test(part) ? part : part.toLowerCase()))
    .join(' ')
}
