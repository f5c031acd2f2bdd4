import { theSystem, type Actor } from '../actors.ts'
import type { ConditionPart } from '../deeds.ts'
import { finish, type Statement } from '../finish.ts'
import { isPlural, pastParticiple, thirdPerson } from '../inflect.ts'
import { sameForm } from '../lexicon/verbs.ts'
import { wordSet } from '../lexicon/word-set.ts'
import { headOf, nounPhraseEnd, singularName } from '../noun-phrase.ts'
import type { Reading } from '../reading.ts'
import type { Word } from '../words.ts'
import { lowerFirst, restOf as restText, spoken } from '../written.ts'
import { actorOf, subjectKind } from './actor-of.ts'
import type { ClauseParts } from './clause-parts.ts'
import { deedsIn } from './deeds-in.ts'
import { restOf } from './rest.ts'
import { wishedIn } from './wishes.ts'

/** The statements of a clause, one for each of its verbs. */
export function statementsOf(parts: ClauseParts, people: Actor | undefined): Statement[] {
  const { verb, form } = parts
  if (parts.past && parts.modal === 'none') return []
  if (parts.modal === 'wish') {
    const wished = wishedIn(parts)
    if (wished === undefined) return []
    if ('deed' in wished) return statementsOf(wished.deed, people)
    return stateThing(parts, wished.thing, wished.whose)
  }
  if (saysNothing(parts)) return []
  if (form === 'state' && isWelcome(parts)) return stateThing(parts, parts.subject, [])
  const deeds = form === 'state' ? [{ verb, rest: parts.rest }] : deedsIn(verb, parts.rest, form)
  const last = restOf(deeds.at(-1)?.rest ?? [], deeds.at(-1)?.verb ?? verb)
  const condition = parts.condition ?? last.condition
  return deeds.flatMap((deed) => {
    const one = { ...parts, verb: deed.verb, ...(condition && { condition }) }
    const { rest } = restOf(withPeople(deed.rest, people), deed.verb)
    if (points.has(rest[0]?.lower ?? '') && rest[0]?.pos !== 'DET') return []
    return stateOne(one, written([...rest, ...parts.lead]), people) ?? []
  })
}

/** What is done to it that was not named. */
const points = wordSet('it them that this those these him her')

/** `somebody phones them`: whom, was told before. */
function withPeople(rest: readonly Word[], people: Actor | undefined): readonly Word[] {
  const [first, ...others] = rest
  const means = ['them', 'him', 'her'].includes(first?.lower ?? '') && first?.pos === 'PRON'
  if (first === undefined || !means || people === undefined || people.text === '') return rest
  const text = lowerFirst(people.text)
  return [{ ...first, text, lower: text, lemma: people.name, pos: 'NOUN' }, ...others]
}

const idle = wordSet('help save be mean do work matter depend take happen cost')
const inward = wordSet(
  'mean think know guess suppose believe hear wonder hope imagine understand remember forget feel seem sound like love hate want wish hurt smell matter depend care worry complain talk say',
)
const pleasing = wordSet(
  'great nice good perfect ideal lovely enough helpful useful handy fine brilliant wonderful',
)

/** `That's the law`, `we're seven people`, `that would help`: asks for nothing by itself. */
function saysNothing({ subject, form, modal, verb, rest }: ClauseParts): boolean {
  const kind = subjectKind(subject)
  const asks = modal === 'must' || modal === 'should'
  if (kind === 'it' && !asks && (form === 'state' || idle.has(verb.lemma))) return true
  if (kind === 'listener') return true
  const told = modal === 'none' || modal === 'will'
  if (told && form === 'deed' && inward.has(verb.lemma)) return true
  if (told && form === 'state' && pleasing.has(rest[0]?.lower ?? '') && !hopes(modal)) return true
  return kind === 'speaker' && form === 'state' && modal === 'none'
}

function hopes(modal: ClauseParts['modal']): boolean {
  return modal === 'will' || modal === 'should' || modal === 'could'
}

/** `A board in the hall would be great` */
function isWelcome({ subject, modal, rest, negated }: ClauseParts): boolean {
  const named = subjectKind(subject) === 'thing' || subjectKind(subject) === 'system'
  return (
    named &&
    hopes(modal) &&
    !negated &&
    pleasing.has(rest.find(({ pos }) => pos !== 'ADV')?.lower ?? '')
  )
}

/** Of whoever speaks, as one business. */
function written(words: readonly Word[]): readonly Word[] {
  return words.map((word, at) => {
    if (word.lower === 'i') return { ...word, text: 'we', lower: 'we' }
    if (word.lower === 'me') return { ...word, text: 'us', lower: 'us' }
    if (word.lower === 'my') return { ...word, text: 'the', lower: 'the' }
    return at > 0 && /^[A-Z][a-z]+$/.test(word.text) && word.pos !== 'PROPN'
      ? { ...word, text: word.lower }
      : word
  })
}

function stateOne(
  parts: ClauseParts,
  rest: readonly Word[],
  people: Actor | undefined,
): Statement | undefined {
  const known = actorOf(parts, people)
  if (known === undefined) return undefined
  const isThere = subjectKind(parts.subject) === 'there'
  const head = headOf(rest.slice(0, nounPhraseEnd(rest, 0)))
  const actor = isThere
    ? { ...known, text: 'There', plural: head !== undefined && isPlural(head) }
    : known
  const adverbs = parts.adverbs.map(({ lower }) => lower).join(' ')
  const predicate = [predicateOf(parts, actor), spoken(rest), adverbs].filter((part) => part !== '')
  const object = rest.slice(0, nounPhraseEnd(rest, 0))
  return finish(readingOf(parts), actor, predicate.join(' '), {
    verb: parts.verb.lemma,
    ...(parts.form === 'deed' &&
      object.length > 0 && { object: singularName(object).slice(0, 120) }),
    ...restText(parts.form === 'deed' ? rest.slice(object.length) : rest),
    negated: parts.negated || /^(?:no|nobody)\b/i.test(actor.text),
  })
}

function predicateOf(parts: ClauseParts, actor: Actor): string {
  const { form, verb, negated, modal, only } = parts
  const be = actor.plural ? 'are' : 'is'
  const not = negated ? ' not' : ''
  const can = modal === 'can' || modal === 'could'
  const must = actor.kind === 'people' && (modal === 'must' || modal === 'should')
  const allowed = negated ? 'cannot' : only ? 'can only' : 'can'
  if (form === 'passive') {
    const bare = verb.lower === verb.lemma && !sameForm.has(verb.lower)
    const done = bare ? pastParticiple(verb.lemma) : verb.lower
    return can ? `${allowed} be ${done}` : `${be}${not} ${done}`
  }
  if (form === 'state') return can ? `${allowed} be` : `${be}${not}`
  if (can && actor.kind !== 'system') return `${allowed} ${verb.lemma}`
  if (must) return `must${not} ${verb.lemma}`
  if (negated) return `${actor.plural ? 'do' : 'does'} not ${verb.lemma}`
  return actor.plural ? verb.lemma : thirdPerson(verb.lemma)
}

/** `The system provides a board where …` */
function stateThing(
  parts: ClauseParts,
  thing: readonly Word[],
  whose: readonly Word[],
): Statement[] {
  const { rest, condition } = restOf(thing, parts.verb)
  const words = written([...rest, ...parts.lead])
  const object = words.slice(0, nounPhraseEnd(words, 0))
  if (object.length === 0) return []
  const when = parts.condition ?? condition
  const reading = readingOf({ ...parts, ...(when && { condition: when }) })
  const whom = whose.length === 0 ? '' : ` for ${spoken(whose)}`
  const provides = parts.negated ? 'does not provide' : 'provides'
  return [
    finish(reading, theSystem, `${provides} ${lowerFirst(spoken(words))}${whom}`, {
      verb: 'provide',
      object: singularName(object).slice(0, 120),
      ...restText(words.slice(object.length)),
      negated: parts.negated,
    }),
  ]
}

/** A reading that carries the case alone. */
function readingOf({
  condition,
  verb,
  negated,
}: {
  condition?: ConditionPart
  verb: Word
  negated: boolean
}): Reading {
  return {
    subject: { kind: 'system', words: [], noun: 'system', plural: false, only: false, start: 0 },
    force: 'should',
    able: false,
    duty: false,
    negated,
    said: verb.lower,
    content: { type: 'thing', phrase: [] },
    ...(condition && { condition }),
  }
}
