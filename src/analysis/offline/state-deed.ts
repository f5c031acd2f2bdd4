import { theSystem, type Actor } from './actors.ts'
import type { Deed } from './deeds.ts'
import { finish, type Statement } from './finish.ts'
import { thirdPerson } from './inflect.ts'
import { systemNouns } from './lexicon/nouns.ts'
import { actionVerbs, dutyVerbs, loneVerbs, receivingVerbs, talkVerbs } from './lexicon/verbs.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, isNoun, singularName } from './noun-phrase.ts'
import type { Reading } from './reading.ts'
import { isSound } from './soundness.ts'
import type { Word } from './words.ts'
import { lowerFirst, restOf, spoken } from './written.ts'

const speaking = wordSet('say tell ask')
/** `look up a game`, `look at the rota` */
const looking = wordSet('into up at through')
/** What things do by themselves: `invoices must stay as they are`. */
const stateVerbs = wordSet('stay remain change update match work run open load last fit appear')

/** Whatever is denied of it is denied of all. */
export const anything = 'anything'

/** The statement of what someone does; undefined when it would be vague or broken. */
export function stateDeed(reading: Reading, actor: Actor, spokenDeed: Deed): Statement | undefined {
  const deed = actor.kind === 'system' ? toUsers(spokenDeed) : spokenDeed
  const verb = deed.verb.lemma
  const told = stateKnowing(reading, actor, deed)
  if (told !== undefined) return told
  if (verb === 'go' && deed.phrase[0]?.lower !== 'live') return undefined
  if (isIdiom(verb, deed)) return undefined
  const alone = actor.kind === 'thing' && isByItself(deed)
  if (alone || (actor.kind === 'system' && stateVerbs.has(verb) && isByItself(deed)))
    return itself(reading, actor, verb)
  // `Customers can tell us about their allergies` asks for it, `I can tell` is talk.
  const speaks = actor.kind === 'people' && (reading.able || reading.duty) && speaking.has(verb)
  const us = speaks && deed.phrase[0]?.lower === 'us' ? 1 : 0
  const tells = actor.kind === 'system' && verb === 'tell' && deed.phrase.length > 1
  if (talkVerbs.has(verb) && !tells && !(speaks && deed.phrase.length > us)) return undefined
  // `should not rate anything` is a rule; `I can't find anything` complains.
  const ruled =
    reading.negated &&
    reading.subject.kind === 'people' &&
    !/^(?:can|ca|could)\b/.test(reading.said)
  const stays = actor.kind !== 'people' && stateVerbs.has(verb)
  const allDenied = ruled && deed.phrase.length === 1 && deed.phrase[0]?.lower === anything
  if (!allDenied && !isSound(deed.phrase.slice(us), verb)) return undefined
  const bare = deed.object.length === 0
  const isBareDuty = reading.duty && !reading.able
  if (actor.kind === 'people' && isBareDuty && !actionVerbs.has(verb) && !speaks) return undefined
  if (bare && deed.phrase.length === 0 && !loneVerbs.has(verb) && !(stays && reading.negated))
    return undefined
  if (
    !actionVerbs.has(verb) &&
    !speaks &&
    bare &&
    verb !== 'go' &&
    !stays &&
    !(verb === 'look' && looking.has(deed.phrase[0]?.lower ?? ''))
  )
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
  const denied = reading.negated || /^(?:No|Nobody)\b/.test(shown.text)
  const phrase =
    actor.kind === 'people' ? spoken(deed.phrase).replace(/\bits\b/g, 'their') : spoken(deed.phrase)
  const done = predicateOf(reading, actor, verb, negated)
  const allowed = reading.exclusive === true ? done.replace(/^can /, 'can only ') : done
  const predicate = `${allowed} ${phrase}`.trim()
  return finish(reading, shown, predicate, {
    verb,
    ...(deed.object.length > 0 && { object: singularName(deed.object).slice(0, 120) }),
    ...restOf(deed.phrase.slice(deed.object.length)),
    negated: denied,
  })
}

function isByItself({ phrase }: Deed): boolean {
  return phrase.length === 2 && phrase[0]?.lower === 'by' && phrase[1]?.pos === 'PRON'
}

/** `The list changes by itself` */
function itself(reading: Reading, actor: Actor, verb: string): Statement | undefined {
  const own = `by ${actor.plural ? 'themselves' : 'itself'}`
  return finish(reading, actor, `${predicateOf(reading, actor, verb, reading.negated)} ${own}`, {
    verb,
    rest: own,
    negated: reading.negated,
  })
}

const idle = wordSet('look chance break rest moment second step care glance go shot crack chat')
const placing = wordSet('put give bring take set make hold')

/** `take a look`, `keep adding`, `put in there`: nothing is done to anything. */
function isIdiom(verb: string, { object, phrase }: Deed): boolean {
  const head = headOf(object)
  if (['take', 'have', 'give', 'get'].includes(verb) && idle.has(head?.lemma ?? '')) return true
  const [first] = phrase
  if (verb === 'get' && first?.lower === 'rid') return true
  if (verb === 'keep' && first?.pos === 'VERB' && first.lower.endsWith('ing'))
    return object.length === 0
  return placing.has(verb) && object.length === 0 && phrase.length > 0 && !phrase.some(isNoun)
}

/** `the coordinator needs to know immediately`: the system says it. */
function stateKnowing(reading: Reading, actor: Actor, deed: Deed): Statement | undefined {
  const must = /need|must|has to|have to|should/.test(reading.said) && !reading.negated
  const knows = deed.verb.lemma === 'know' && actor.kind === 'people' && actor.name !== 'user'
  const soon =
    deed.phrase.length < 4 &&
    deed.phrase.every(({ pos }) => pos === 'ADV' || pos === 'ADP' || pos === 'NOUN')
  if (!knows || !must || !soon || reading.condition === undefined) return undefined
  return finish(
    reading,
    theSystem,
    `informs ${lowerFirst(actor.text)} ${spoken(deed.phrase)}`.trim(),
    {
      verb: 'inform',
      object: actor.name.slice(0, 120),
      ...restOf(deed.phrase),
      negated: false,
    },
  )
}

/** `remind me` asks for every user. */
function toUsers(deed: Deed): Deed {
  const [first, ...rest] = deed.phrase
  if (first === undefined || !['me', 'us'].includes(first.lower)) return deed
  const users: Word = { ...first, text: 'users', lower: 'users', lemma: 'user', pos: 'NOUN' }
  return { ...deed, phrase: [users, ...rest], object: [users] }
}

/** The verb with `can`, `must` or neither, as the actor and the need ask for. */
export function predicateOf(
  reading: Reading,
  actor: Actor,
  verb: string,
  negated: boolean,
): string {
  const present = actor.plural ? verb : thirdPerson(verb)
  const denied = `${actor.plural ? 'do' : 'does'} not ${verb}`
  if (actor.kind !== 'people') return negated ? denied : present
  // `Guests don't have to queue`: they may.
  if (negated && /(?:n't|not) (?:have|need) to$/.test(reading.said))
    return `${actor.plural ? 'do' : 'does'} not have to ${verb}`
  if (receivingVerbs.has(verb)) return negated ? denied : present
  if (reading.able) return negated ? `cannot ${verb}` : `can ${verb}`
  if (reading.duty && dutyVerbs.has(verb)) return negated ? `must not ${verb}` : `must ${verb}`
  if (!actionVerbs.has(verb) || dutyVerbs.has(verb) || verb === 'participate')
    return negated ? denied : present
  return negated ? `cannot ${verb}` : `can ${verb}`
}
