import type { Actor } from './actors.ts'
import { finish, type Statement } from './finish.ts'
import { thirdPerson } from './inflect.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { talkVerbs } from './lexicon/verbs.ts'
import { wordSet } from './lexicon/word-set.ts'
import { isNoun, singularName } from './noun-phrase.ts'
import type { Reading } from './reading.ts'
import { isReadable } from './soundness.ts'
import type { Word } from './words.ts'
import { restOf, spoken } from './written.ts'

/**
 * `Guests must not notice anything of the change`, `what was taken has to go on the bill`: said in so
 * many words of somebody or something that is named, with a verb that no list knows. It stays as it was
 * said. Undefined for what points outside of its sentence, and for talk.
 */
export function stateAsSaid(reading: Reading, actor: Actor): Statement | undefined {
  const { content, subject } = reading
  if (content.type === 'thing' || !isNamed(reading, actor)) return undefined
  const { verb, phrase, object } = content.deed
  const talks =
    actor.kind === 'thing' || reading.told === true || reading.loose === true
      ? ofTalk.has(verb.lemma)
      : talkVerbs.has(verb.lemma)
  if (!isFirm(reading, actor) || talks || verb.pos === 'AUX') return undefined
  const names = actor.kind === 'system' || isReadable(subject.words)
  // `cover B`: a word that only the speakers know.
  if (phrase.some(({ text }) => /^[B-HJ-Z]$/.test(text))) return undefined
  if (!names || !isReadable(phrase) || !hasMatter(phrase)) return undefined
  const predicate = predicateOf(reading, actor, verb.lemma)
  return finish(reading, actor, `${predicate} ${spoken(phrase)}`, {
    verb: verb.lemma,
    ...(object.length > 0 && { object: singularName(object).slice(0, 120) }),
    ...restOf(phrase.slice(object.length)),
    negated: reading.negated,
  })
}

function isNamed({ subject, said }: Reading, actor: Actor): boolean {
  // `It should cope with 1,500 children`: the software.
  if (actor.kind === 'system') return ['it', 'system'].includes(subject.kind) && obliging.test(said)
  return ['people', 'thing', 'they'].includes(subject.kind) && actor.text !== ''
}

const obliging = /\b(?:should|ought|must|has|have|needs?) ?(?:to)?\b/
/** What is said of a thing and asks for nothing: `that should mean …`. */
const ofTalk = wordSet('mean seem feel depend matter help happen say be do like sound')

/** A wish may be talk, and what people can do they may be able to already. */
function isFirm(reading: Reading, { kind }: Actor): boolean {
  const { duty, negated, able, said, condition, told } = reading
  if (told === true || reading.loose === true) return true
  // What becomes of a thing in a case is a rule, and so is what it can.
  const may = able && reading.force !== 'could'
  if (kind === 'thing' && (condition !== undefined || may)) return true
  const asks = duty || /\b(?:should|ought|must|may)\b/.test(said)
  return asks || (negated && able && kind === 'people')
}

/** Something is said besides the verb. */
function hasMatter(phrase: readonly Word[]): boolean {
  return phrase.some((word) => {
    const names = !emptyNouns.has(word.lemma) || spans.has(word.lemma)
    // `on its own`
    return (
      (isNoun(word) && names) ||
      word.pos === 'NUM' ||
      ['own', 'offline', 'online'].includes(word.lower)
    )
  })
}

const spans = wordSet('hour day week month year')

function predicateOf(reading: Reading, actor: Actor, verb: string): string {
  const { negated, able, said, exclusive } = reading
  const only = exclusive === true ? 'only ' : ''
  if (actor.kind === 'thing' && able) return negated ? `cannot ${verb}` : `can ${only}${verb}`
  if (actor.kind !== 'people' || reading.told === true) {
    if (negated) return `${actor.plural ? 'do' : 'does'} not ${verb}`
    return actor.plural ? verb : thirdPerson(verb)
  }
  if (able || /\bmay\b/.test(said)) return negated ? `cannot ${verb}` : `can ${only}${verb}`
  return negated ? `must not ${verb}` : `must ${verb}`
}
