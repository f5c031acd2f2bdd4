import type { Clause } from '../../domain/brief.ts'
import { theSystem, type Actor } from './actors.ts'
import { deedsFrom, type ConditionPart, type Deed } from './deeds.ts'
import { capitalised, thirdPerson } from './inflect.ts'
import { emptyNouns, isHuman, pronounObjects, systemNouns } from './lexicon/nouns.ts'
import {
  actionVerbs,
  dutyVerbs,
  loneVerbs,
  receivingVerbs,
  stateParticiples,
  talkVerbs,
} from './lexicon/verbs.ts'
import { headOf, nounPhraseEnd, singularName } from './noun-phrase.ts'
import type { Reading } from './readings.ts'
import { subjectBefore } from './subject.ts'
import { textOf, type Word } from './words.ts'

/** A clean sentence and its parts. */
export interface Statement {
  text: string
  clause: Clause
  actor: Actor
  /** A copula (`is easy to use`) says how something is, not what is done. */
  describes: boolean
}

/** The statement of a reading by its actor; undefined when it would be vague or broken. */
export function stateReading(reading: Reading, actor: Actor): Statement | undefined {
  const { content } = reading
  if (content.type === 'thing') return stateThing(reading, actor, content.phrase)
  const { deed } = content
  const handed = handOver(reading, actor, deed)
  if (handed !== undefined) return stateReading(handed.reading, handed.actor)
  if (deed.verb.lower === 'be') {
    return isParticiple(deed.phrase)
      ? statePassive(reading, actor, deed)
      : stateState(reading, actor, deed)
  }
  return stateDeed(reading, actor, deed)
}

/** `the system enables the referees to …`, `must not let anybody book …`: the others act. */
function handOver(
  reading: Reading,
  actor: Actor,
  deed: Deed,
): { reading: Reading; actor: Actor } | undefined {
  if (!['enable', 'allow', 'let', 'permit'].includes(deed.verb.lemma) || actor.kind === 'thing')
    return undefined
  const end = handedAt(deed.phrase)
  if (end < 1) return undefined
  const subject = subjectBefore(deed.phrase, end)
  const [inner] = deedsFrom(deed.phrase, end, deed.phrase.length)
  if (subject.kind !== 'people' || inner === undefined) return undefined
  const condition = deed.condition ?? inner.condition
  return {
    reading: {
      ...reading,
      subject,
      able: true,
      content: { type: 'deed', deed: inner },
      ...(condition && { condition }),
    },
    actor: {
      kind: 'people',
      text: capitalised(textOf(subject.words)),
      name: singularName(subject.words).toLowerCase(),
      plural: subject.plural,
    },
  }
}

/** Where the others' verb begins: after `to`, or after a group's name. */
function handedAt(phrase: readonly Word[]): number {
  const to = phrase.findIndex((word, index) => index > 0 && word.lower === 'to' && index < 12)
  if (to !== -1) return to
  return phrase.findIndex((word, index) => {
    const before = phrase[index - 1]
    return before !== undefined && isHuman(before.lemma) && actionVerbs.has(word.lower)
  })
}

function stateDeed(reading: Reading, actor: Actor, deed: Deed): Statement | undefined {
  const verb = baseOf(deed.verb)
  if (talkVerbs.has(verb) || !isSound(deed.phrase)) return undefined
  const bare = deed.object.length === 0
  if (bare && deed.phrase.length === 0 && !loneVerbs.has(verb)) return undefined
  if (!actionVerbs.has(verb) && bare && !(verb === 'look' && deed.phrase[0]?.lower === 'into'))
    return undefined
  if (actor.kind === 'system' && systemNouns.has(headOf(deed.object)?.lemma ?? '')) {
    return stateDeed(reading, actor, {
      ...deed,
      phrase: deed.phrase.slice(deed.object.length),
      object: [],
    })
  }
  const nobody =
    reading.negated && ['anybody', 'anyone', 'everybody', 'everyone'].includes(actor.name)
  const shown = nobody ? { ...actor, text: 'Nobody', name: '' } : actor
  const negated = reading.negated && !nobody
  const predicate = `${predicateOf(reading, actor, verb, negated)} ${spoken(deed.phrase)}`.trim()
  return finish(reading, shown, predicate, {
    verb,
    ...(deed.object.length > 0 && { object: singularName(deed.object).slice(0, 120) }),
    ...restOf(deed.phrase.slice(deed.object.length)),
    negated: reading.negated,
  })
}

function predicateOf(reading: Reading, actor: Actor, verb: string, negated: boolean): string {
  const present = actor.plural ? verb : thirdPerson(verb)
  const denied = `${actor.plural ? 'do' : 'does'} not ${verb}`
  if (actor.kind !== 'people') return negated ? denied : present
  if (receivingVerbs.has(verb)) return negated ? denied : present
  if (reading.able) return negated ? `cannot ${verb}` : `can ${verb}`
  if (reading.duty && dutyVerbs.has(verb)) return negated ? `must not ${verb}` : `must ${verb}`
  if (!actionVerbs.has(verb) || dutyVerbs.has(verb) || verb === 'participate')
    return negated ? denied : present
  return negated ? `cannot ${verb}` : `can ${verb}`
}

/** `be kept`, `be automatically sent`, but not `be easy`, `be interested`. */
function isParticiple(phrase: readonly Word[]): boolean {
  const word = phrase.find((candidate) => candidate.pos !== 'ADV')
  return word?.pos === 'VERB' && !word.lower.endsWith('ing') && !stateParticiples.has(word.lower)
}

/** `all archives should be kept` says that the system keeps all archives. */
function statePassive(reading: Reading, actor: Actor, deed: Deed): Statement | undefined {
  const at = deed.phrase.findIndex((word) => word.pos !== 'ADV')
  const participle = deed.phrase[at]
  if (participle === undefined || actor.text === '' || reading.subject.kind === 'it')
    return undefined
  const verb = participle.lemma
  if (verb === participle.lower || reading.subject.words.length === 0 || talkVerbs.has(verb))
    return undefined
  const after = deed.phrase.slice(at + 1)
  const by = after.findIndex((word) => word.lower === 'by')
  const doer = by === -1 ? undefined : doerAfter(after, by)
  const rest = doer === undefined ? after : [...after.slice(0, by), ...after.slice(doer.end)]
  const who = doer?.actor ?? (reading.able ? usersActor : theSystem)
  const objectText = lowerFirst(actor.text)
  if (!isSound(rest)) return undefined
  const predicate = `${predicateOf({ ...reading, able: who.kind === 'people' }, who, verb, reading.negated)} ${objectText} ${spoken(rest)}`
  return finish(reading, who, predicate.trim(), {
    verb,
    object: singularName(reading.subject.words).slice(0, 120),
    ...restOf(rest),
    negated: reading.negated,
  })
}

const usersActor: Actor = { kind: 'people', text: 'Users', name: 'user', plural: true }

function doerAfter(words: readonly Word[], by: number): { actor: Actor; end: number } | undefined {
  const only = words[by + 1]?.lower === 'only' ? 1 : 0
  const end = nounPhraseEnd(words, by + 1 + only)
  const subject = subjectBefore(words, end, by + 1 + only)
  if (subject.kind !== 'people') return undefined
  const text = textOf(subject.words)
  return {
    actor: {
      kind: 'people',
      text: only ? `Only ${text}` : capitalised(text),
      name: singularName(subject.words).toLowerCase(),
      plural: subject.plural,
    },
    end,
  }
}

/** `it has to be easy to use`: how something is. Of people nothing is described. */
function stateState(reading: Reading, actor: Actor, deed: Deed): Statement | undefined {
  if (actor.kind === 'people' || deed.phrase.length === 0 || !isSound(deed.phrase)) return undefined
  const is = actor.plural ? 'are' : 'is'
  const statement = finish(
    reading,
    actor,
    `${is}${reading.negated ? ' not' : ''} ${spoken(deed.phrase)}`,
    {
      verb: 'be',
      ...restOf(deed.phrase),
      negated: reading.negated,
    },
  )
  return statement && { ...statement, describes: true }
}

const amounts = new Set([
  'limit',
  'gap',
  'maximum',
  'minimum',
  'time',
  'delay',
  'number',
  'deadline',
  'period',
])

function stateThing(
  reading: Reading,
  actor: Actor,
  phrase: readonly Word[],
): Statement | undefined {
  const object = phrase.slice(0, nounPhraseEnd(phrase, 0))
  const head = headOf(object)
  const simple = amounts.has(head?.lemma ?? '')
  if (
    head === undefined ||
    isHuman(head.lemma) ||
    head.lemma === 'system' ||
    (emptyNouns.has(head.lemma) && !simple) ||
    !isSound(phrase)
  )
    return undefined
  const text = spoken(phrase)
  const clause: Clause = {
    verb: simple ? 'have' : 'provide',
    object: singularName(object).slice(0, 120),
    ...restOf(phrase.slice(object.length)),
    negated: reading.negated,
  }
  if (simple)
    return finish(
      reading,
      { ...theSystem, text: 'There' },
      `${head.lower === head.lemma ? 'is' : 'are'} ${text}`,
      clause,
    )
  const provider = actor.kind === 'system' ? actor : theSystem
  const forWhom =
    actor.kind === 'people' && reading.subject.kind === 'people'
      ? ` for ${lowerFirst(actor.text)}`
      : ''
  return finish(
    reading,
    provider,
    `${reading.negated ? 'does not provide' : 'provides'} ${text}${forWhom}`,
    clause,
  )
}

/** Words that point outside of the sentence, or to the speaker, make a statement unusable. */
const pointing = new Set([
  'i',
  'me',
  'my',
  'us',
  "let's",
  'gonna',
  'gotta',
  'blah',
  'okay',
  'sorry',
  '?',
  'myself',
  'mine',
  'whatever',
  'mean',
])

function isSound(phrase: readonly Word[]): boolean {
  if (phrase.length > 32 || phrase.some((word) => pointing.has(word.lower))) return false
  const first = phrase[0]
  const second = phrase[1]
  if (first?.pos === 'AUX' || first?.pos === 'CCONJ' || first?.lower === ',') return false
  if (first?.pos === 'ADP' && (second?.pos === 'ADV' || second?.lower === 'more')) return false
  if (first !== undefined && pronounObjects.has(first.lower)) {
    return nounPhraseEnd(phrase, 0) > 1
  }
  // `register to that`, `look for it`
  const last = phrase.at(-1)
  if (first?.pos === 'ADP' && second !== undefined && pronounObjects.has(second.lower))
    return nounPhraseEnd(phrase, 1) > 2
  if (
    last !== undefined &&
    ['it', 'this', 'that', 'them', 'thing', 'things', 'something'].includes(last.lower)
  )
    return false
  const head = headOf(phrase.slice(0, nounPhraseEnd(phrase, 0)))
  return (
    head === undefined ||
    !emptyNouns.has(head.lemma) ||
    amounts.has(head.lemma) ||
    phrase.length > 3
  )
}

function baseOf(verb: Word): string {
  return verb.lemma
}

const demonstratives = new Set(['this', 'that', 'these', 'those'])
const swapped: ReadonlyMap<string, string> = new Map([
  ['our', 'the'],
  ['your', 'their'],
  ['we', 'the business'],
  ['his', 'their'],
  ['her', 'their'],
])

/** The words as written language, from the client's `our` to `the`. */
export function spoken(words: readonly Word[]): string {
  return words
    .map(
      (word, index) =>
        (index > 0 && word.spaced ? ' ' : '') + writtenWord(word, words[index + 1], index === 0),
    )
    .join('')
}

function writtenWord(word: Word, next: Word | undefined, isFirst: boolean): string {
  const points = demonstratives.has(word.lower) && (word.pos === 'DET' || isFirst)
  if (points && (next?.pos === 'NOUN' || next?.pos === 'ADJ')) return 'the'
  if (word.lower === 'such' && next?.pos === 'NOUN') return 'the'
  return swapped.get(word.lower) ?? word.text
}

function restOf(words: readonly Word[]): { rest?: string } {
  const rest = spoken(words).trim()
  return rest === '' ? {} : { rest: rest.slice(0, 400) }
}

export function lowerFirst(text: string): string {
  return /^[A-Z](?:[a-z]|\s)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

function finish(
  reading: Reading,
  actor: Actor,
  predicate: string,
  clause: Omit<Clause, 'actor' | 'condition'>,
): Statement | undefined {
  const subject =
    reading.subject.only && !actor.text.startsWith('Only') && actor.kind === 'people'
      ? `Only ${lowerFirst(actor.text)}`
      : actor.text
  const condition = reading.condition
  const main = `${subject} ${predicate}`
  const text =
    condition === undefined
      ? main
      : `${capitalised(condition.kind)} ${conditionText(condition)}, ${lowerFirst(main)}`
  const name = actor.kind === 'people' ? actor.name : ''
  return {
    text: `${capitalised(text).replace(/[\s,;:]{1,9}$/, '')}.`.slice(0, 1_000),
    actor,
    describes: false,
    clause: {
      ...(name !== '' && { actor: name.slice(0, 80) }),
      ...clause,
      verb: clause.verb.slice(0, 40),
      ...(condition && { condition: { ...condition, text: conditionText(condition) } }),
    },
  }
}

function conditionText(condition: ConditionPart): string {
  return condition.text
    .replace(/\byou\b/gi, 'users')
    .replace(/\bwe\b/gi, 'the business')
    .replace(/\b(?:our|my)\b/gi, 'the')
    .slice(0, 500)
}
