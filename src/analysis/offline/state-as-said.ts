import type { Actor } from './actors.ts'
import { finish, type Statement } from './finish.ts'
import { thirdPerson } from './inflect.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { talkVerbs } from './lexicon/verbs.ts'
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
  if (!isFirm(reading, actor) || talkVerbs.has(verb.lemma) || verb.pos === 'AUX') return undefined
  if (!isReadable(subject.words) || !isReadable(phrase) || !hasMatter(phrase)) return undefined
  const predicate = predicateOf(reading, actor, verb.lemma)
  return finish(reading, actor, `${predicate} ${spoken(phrase)}`, {
    verb: verb.lemma,
    ...(object.length > 0 && { object: singularName(object).slice(0, 120) }),
    ...restOf(phrase.slice(object.length)),
    negated: reading.negated,
  })
}

function isNamed({ subject }: Reading, actor: Actor): boolean {
  return ['people', 'thing'].includes(subject.kind) && actor.kind !== 'system' && actor.text !== ''
}

/** A wish may be talk, and what people can do they may be able to already. */
function isFirm({ duty, negated, able, said }: Reading, { kind }: Actor): boolean {
  const asks = duty || /\b(?:should|ought|must|may)\b/.test(said)
  return asks || (negated && able && kind === 'people')
}

/** Something is said besides the verb. */
function hasMatter(phrase: readonly Word[]): boolean {
  return phrase.some((word) => (isNoun(word) && !emptyNouns.has(word.lemma)) || word.pos === 'NUM')
}

function predicateOf({ negated, able, said }: Reading, actor: Actor, verb: string): string {
  if (actor.kind === 'thing') {
    if (negated) return `${actor.plural ? 'do' : 'does'} not ${verb}`
    return actor.plural ? verb : thirdPerson(verb)
  }
  if (able || /\bmay\b/.test(said)) return negated ? `cannot ${verb}` : `can ${verb}`
  return negated ? `must not ${verb}` : `must ${verb}`
}
