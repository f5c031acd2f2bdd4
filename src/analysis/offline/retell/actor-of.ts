import { assertNever } from '../../../domain/assert-never.ts'
import { theSystem, type Actor } from '../actors.ts'
import { capitalised, isPlural } from '../inflect.ts'
import { isHuman, systemNouns } from '../lexicon/nouns.ts'
import { systemVerbs } from '../lexicon/verbs.ts'
import { wordSet } from '../lexicon/word-set.ts'
import { headOf, singularName } from '../noun-phrase.ts'
import type { Word } from '../words.ts'
import { spoken } from '../written.ts'
import type { ClauseParts } from './clause-parts.ts'

const users: Actor = { kind: 'people', text: 'Users', name: 'user', plural: true }
const theBusiness: Actor = { kind: 'thing', text: 'The business', name: '', plural: false }
const everybody = wordSet('everybody everyone anybody anyone somebody someone nobody whoever one')
const sending = wordSet('email mail text message notify remind inform warn alert send bill print')
const pointing = wordSet('it this that which the')

export type SubjectKind =
  'speaker' | 'they' | 'it' | 'people' | 'system' | 'thing' | 'order' | 'listener' | 'there'

export function subjectKind(subject: readonly Word[]): SubjectKind {
  const last = subject.at(-1)
  const alone = subject.filter(({ pos }) => pos !== 'ADV').length < 2
  if (last === undefined) return 'order'
  const lower = last.lower
  if (alone && (lower === 'i' || lower === 'we')) return 'speaker'
  if (alone && lower === 'you') return 'listener'
  if (alone && ['they', 'he', 'she'].includes(lower)) return 'they'
  if (alone && pointing.has(lower)) return 'it'
  if (alone && lower === 'there') return 'there'
  if (everybody.has(subject[0]?.lower ?? '')) return 'people'
  const head = headOf(subject) ?? last
  if (isHuman(head.lemma)) return 'people'
  return systemNouns.has(head.lemma) ? 'system' : 'thing'
}

/** Who does it; undefined where the talk does not tell. */
export function actorOf(parts: ClauseParts, people: Actor | undefined): Actor | undefined {
  const { subject, modal, verb } = parts
  const kind = subjectKind(subject)
  switch (kind) {
    case 'speaker':
      if (['none', 'will'].includes(modal))
        return sending.has(verb.lemma) || systemVerbs.has(verb.lemma) ? theSystem : theBusiness
      return users
    case 'they':
      return people ?? users
    case 'it':
    case 'order':
    case 'there':
      return theSystem
    case 'listener':
      return users
    case 'system':
    case 'people':
    case 'thing':
      return namedActor(subject, kind)
    default:
      return assertNever(kind)
  }
}

function namedActor(subject: readonly Word[], kind: 'system' | 'people' | 'thing'): Actor {
  const [first, ...others] = subject
  const own = ['my', 'our', 'your', 'their', 'his', 'her', 'its', 'this', 'these', 'those']
  const opened = own.includes(first?.lower ?? '') && others.length > 0
  const text = opened ? `the ${spoken(others)}` : spoken(subject)
  const head = headOf(subject)
  const joined = subject.some(({ lower }) => lower === 'and')
  const plural = joined || subject[0]?.lower === 'both' || (head !== undefined && isPlural(head))
  const whole = kind === 'system' && subject.length < 3
  if (whole) return theSystem
  const name = kind === 'people' ? singularName(subject).toLowerCase().slice(0, 80) : ''
  return { kind: kind === 'people' ? 'people' : 'thing', text: capitalised(text), name, plural }
}
