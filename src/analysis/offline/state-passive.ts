import { lowerName, theSystem, type Actor } from './actors.ts'
import type { Deed } from './deeds.ts'
import { finish, type Statement } from './finish.ts'
import { capitalised } from './inflect.ts'
import { actionVerbs, sameForm, stateParticiples, systemVerbs, talkVerbs } from './lexicon/verbs.ts'
import { nounPhraseEnd, singularName } from './noun-phrase.ts'
import type { Reading } from './reading.ts'
import { isSound } from './soundness.ts'
import { predicateOf } from './state-deed.ts'
import { subjectBefore } from './subject.ts'
import { textOf, type Word } from './words.ts'
import { lowerFirst, restOf, spoken } from './written.ts'

/** `be kept`, `be automatically sent`, but not `be easy`, `be interested`. */
export function isParticiple(phrase: readonly Word[]): boolean {
  const word = phrase.find((candidate) => candidate.pos !== 'ADV')
  return word?.pos === 'VERB' && !word.lower.endsWith('ing') && !stateParticiples.has(word.lower)
}

/** `all archives should be kept` says that the system keeps all archives. */
export function statePassive(reading: Reading, actor: Actor, deed: Deed): Statement | undefined {
  const at = deed.phrase.findIndex((word) => word.pos !== 'ADV')
  const participle = deed.phrase[at]
  if (participle === undefined || actor.text === '' || reading.subject.kind === 'it')
    return undefined
  const verb = participle.lemma === participle.lower ? doubled(participle.lower) : participle.lemma
  // `the person who reported it is told why`: by the software.
  const tells = verb === 'tell' && actor.kind === 'people' && !reading.negated
  if ((verb === participle.lower && !sameForm.has(verb)) || reading.subject.words.length === 0)
    return undefined
  if (talkVerbs.has(verb) && !tells && !(verb === 'call' && actor.kind === 'people'))
    return undefined
  const asked = /must|should|has to|have to|needs? to/.test(reading.said)
  const known = asked || tells || actionVerbs.has(verb) || systemVerbs.has(verb)
  if (!known || (verb === 'use' && deed.phrase[at + 1]?.lower === 'to')) return undefined
  const after = deed.phrase.slice(at + 1)
  const by = after.findIndex((word) => word.lower === 'by')
  const doer = by === -1 ? undefined : doerAfter(after, by)
  const rest = doer === undefined ? after : [...after.slice(0, by), ...after.slice(doer.end)]
  const who = doer?.actor ?? (reading.able ? usersActor : theSystem)
  const objectText = lowerFirst(actor.text)
  // `told why` is whole here.
  // `until it is mended`: what the sentence is about.
  const ofItself = rest.filter(({ lower }) => lower !== 'it')
  if (!(tells && rest.length < 2) && !isSound(ofItself)) return undefined
  const told =
    (doer === undefined && !tells) || (actor.kind === 'people' && reading.duty)
      ? toldPassive(reading, actor, deed, verb)
      : undefined
  if (told !== undefined) return told
  const predicate = `${predicateOf({ ...reading, able: who.kind === 'people' }, who, verb, reading.negated)} ${objectText} ${spoken(rest)}`
  return finish(reading, who, predicate.trim(), {
    verb,
    object: singularName(reading.subject.words).slice(0, 120),
    ...restOf(rest),
    negated: reading.negated,
  })
}

/** `damaged tools must not be rented out` stays as it is: people do it, whoever they are. */
function toldPassive(
  reading: Reading,
  actor: Actor,
  deed: Deed,
  verb: string,
): Statement | undefined {
  const ofPeople = actor.kind === 'people' && reading.duty && !systemVerbs.has(verb)
  const ofThing =
    actor.kind === 'thing' && !systemVerbs.has(verb) && (reading.negated || reading.able)
  if (!ofPeople && !ofThing) return undefined
  const duty = reading.negated ? 'must not' : 'must'
  const may = reading.negated ? 'cannot' : 'can'
  const statement = finish(reading, actor, `${ofPeople ? duty : may} be ${spoken(deed.phrase)}`, {
    verb,
    object: singularName(reading.subject.words).slice(0, 120),
    ...restOf(deed.phrase.slice(1)),
    negated: reading.negated,
  })
  return { ...statement, clause: { actor: usersActor.name, ...statement.clause } }
}

/** `blurred` → `blur`, where the tagger does not know the word */
function doubled(lower: string): string {
  return lower.replace(/([bdgklmnprt])\1ed$/, '$1')
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
      name: lowerName(singularName(subject.words)),
      plural: subject.plural,
    },
    end,
  }
}
