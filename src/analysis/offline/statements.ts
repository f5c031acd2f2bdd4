import type { Clause } from '../../domain/brief.ts'
import { lowerName, theSystem, type Actor } from './actors.ts'
import { deedsFrom, type Deed } from './deeds.ts'
import { finish, type Statement } from './finish.ts'
import { capitalised } from './inflect.ts'
import { emptyNouns, isHuman, outputNouns, systemNouns, wholeSoftware } from './lexicon/nouns.ts'
import { actionVerbs } from './lexicon/verbs.ts'
import { wordSet } from './lexicon/word-set.ts'
import { countingEnd, headOf, nounPhraseEnd, singularName } from './noun-phrase.ts'
import type { Reading } from './reading.ts'
import { amounts, isSound } from './soundness.ts'
import { stateAsSaid } from './state-as-said.ts'
import { stateDeed } from './state-deed.ts'
import { isParticiple, statePassive } from './state-passive.ts'
import { subjectBefore } from './subject.ts'
import { textOf, type Word } from './words.ts'
import { lowerFirst, restOf, spoken } from './written.ts'

/** `an app`, `a booking system`; but `a mobile app` is a wish of its own. */
function isWholeSoftware(phrase: readonly Word[], head: Word): boolean {
  const apart = phrase.some(({ lower }) =>
    ['mobile', 'native', 'desktop', 'separate'].includes(lower),
  )
  // `a program`; a loyalty programme is something else.
  const program = phrase.length < 3 && ['program', 'programme'].includes(head.lemma)
  return (program || wholeSoftware.has(head.lemma)) && !apart
}

/** The statement of a reading by its actor; undefined when it would be vague or broken. */
export function stateReading(reading: Reading, actor: Actor): Statement | undefined {
  return stateKnown(reading, actor) ?? stateAsSaid(reading, actor)
}

/** The statement of what is known to be asked of software. */
function stateKnown(reading: Reading, actor: Actor): Statement | undefined {
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
      name: lowerName(singularName(subject.words)),
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

/** `it has to be easy to use`: how something is. Of people nothing is described. */
function stateState(reading: Reading, actor: Actor, deed: Deed): Statement | undefined {
  if (deed.phrase.length === 0 || !isSound(deed.phrase)) return undefined
  if (actor.kind === 'people') return stateAge(reading, actor, deed)
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

/** `members must be at least 16 years old`: a rule about people that can be checked. */
function stateAge(reading: Reading, actor: Actor, deed: Deed): Statement | undefined {
  const counted = deed.phrase.some(({ pos }) => pos === 'NUM')
  if (!reading.duty || !counted) return undefined
  const predicate = `must ${reading.negated ? 'not ' : ''}be ${spoken(deed.phrase)}`
  return finish(reading, actor, predicate, {
    verb: 'be',
    ...restOf(deed.phrase),
    negated: reading.negated,
  })
}

/** `A lesson needs a car`, `children need the signature of a parent`: no part of the software. */
function stateNeed(
  reading: Reading,
  actor: Actor,
  { lemma }: Word,
  clause: Clause,
  text: string,
): Statement | undefined {
  const { kind } = reading.subject
  const own = !outputNouns.has(lemma) && !systemNouns.has(lemma)
  const ofPeople = kind === 'people' && own && /^needs?$/.test(reading.said)
  const ofThing = kind === 'thing' && /\b(?:need|require)s?$/.test(reading.said)
  return reading.negated || !(ofPeople || ofThing)
    ? undefined
    : finish(reading, actor, `${actor.plural ? 'need' : 'needs'} ${text}`, clause)
}

const news = wordSet('message email mail notification alert reminder text sms warning')

function stateThing(
  reading: Reading,
  actor: Actor,
  phrase: readonly Word[],
): Statement | undefined {
  const hedges = countingEnd(phrase)
  const object = phrase.slice(hedges, nounPhraseEnd(phrase, hedges))
  const head = headOf(object)
  const simple = amounts.has(head?.lemma ?? '')
  // `There must always be at least two people on duty.`
  const isThere = reading.subject.kind === 'there'
  const counted = isThere && phrase.some(({ pos }) => pos === 'NUM')
  const isLeast = isThere && hedges > 0
  if (
    head === undefined ||
    (isHuman(head.lemma) && !counted) ||
    isWholeSoftware(object, head) ||
    (emptyNouns.has(head.lemma) && !simple && !isLeast) ||
    !isSound(phrase.slice(hedges))
  )
    return undefined
  const text = spoken(phrase)
  const clause: Clause = {
    verb: simple ? 'have' : 'provide',
    object: singularName(object).slice(0, 120),
    ...restOf(phrase.slice(hedges + object.length)),
    negated: reading.negated,
  }
  if (simple || isLeast || (counted && isHuman(head.lemma)))
    return finish(
      reading,
      { ...theSystem, text: 'There' },
      `${head.lower === head.lemma && head.lower !== 'people' ? 'is' : 'are'} ${text}`,
      clause,
    )
  const needed = stateNeed(reading, actor, head, { ...clause, verb: 'need' }, text)
  if (needed !== undefined) return needed
  const isNews = reading.subject.kind === 'speaker' && news.has(head.lemma) && !reading.negated
  // `If a tool is late, we'd like a text message`: what is sent, not what is there.
  if (isNews && reading.condition !== undefined)
    return finish(reading, theSystem, `sends the business ${text}`, { ...clause, verb: 'send' })
  // `Guests don't need an account`: others may.
  const spared = reading.negated && /need/.test(reading.said) && reading.subject.kind === 'people'
  if (spared)
    return finish(reading, actor, `${actor.plural ? 'do' : 'does'} not need ${text}`, {
      ...clause,
      verb: 'need',
    })
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
