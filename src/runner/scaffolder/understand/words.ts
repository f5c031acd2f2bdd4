import { labelOf, type EntityModel, type FieldModel } from '../../../kiro/data-models.ts'
import { thirdPersonOf } from '../../../kiro/english.ts'
import { isPlain } from '../../../kiro/capability-trigger.ts'
import { stemOf, wordsIn } from '../../../kiro/same-words.ts'

/** The stems of verbs, in the forms that a sentence has them. */
export function stemsOf(verbs: string): ReadonlySet<string> {
  return new Set(verbs.split(' ').flatMap((verb) => [stemOf(verb), stemOf(thirdPersonOf(verb))]))
}

/** Whose something is takes somebody who is known; a phone is anybody's. */
const ofOne = /\b(?:own|his|her|my|your|our)\b|\btheir\b(?! (?:phone|computer|browser)s?\b)/i

/** Whether each word of a phrase is one of these, or one that adds nothing; `the` and `all` count as nothing. */
export function saysOnly(phrase: string, known: readonly string[]): boolean {
  if (ofOne.test(phrase)) return false
  const allowed = new Set(known.flatMap((text) => wordsIn(text)))
  return wordsIn(phrase).every((word) => allowed.has(word) || isPlain(word))
}

/** Whether a phrase holds all words of a name. */
export function names(phrase: string, name: string): boolean {
  const words = new Set(wordsIn(phrase))
  const own = wordsIn(name)
  return own.length > 0 && own.every((word) => words.has(word))
}

/** The entity that a phrase is about when it says nothing else; `more` may stand in it too. */
export function entityAlone(
  phrase: string,
  entities: readonly EntityModel[],
  more: readonly string[] = [],
): EntityModel | undefined {
  const found = entities.filter(
    (entity) => names(phrase, entity.name) && saysOnly(phrase, [entity.name, ...more]),
  )
  return found.length === 1 ? found[0] : undefined
}

/** The fields whose label a phrase names, wholly or by its last word: `price` for `estimated price`. */
export function fieldsNamed(phrase: string, { fields }: EntityModel): FieldModel[] {
  const words = new Set(wordsIn(phrase))
  const whole = fields.filter((field) => names(phrase, labelOf(field)))
  if (whole.length > 0) return whole
  return fields.filter((field) => words.has(wordsIn(labelOf(field)).at(-1) ?? ''))
}

const everybody = new Set(
  'user users people person somebody someone everybody everyone anybody anyone they'.split(' '),
)
const leading = /^(?:(?:a|an|the|any|every|each|all|both|only|just|most)\s+)+/i
const maxRole = 40

/** The role that a phrase names, in the singular; undefined for anybody, and for more than one. */
export function roleIn(phrase: string): string | undefined {
  const plain = phrase.trim().replace(leading, '').toLowerCase()
  if (!/^\p{L}[\p{L}\p{N} -]*$/u.test(plain) || plain.length > maxRole) return undefined
  if (/\b(?:and|or|who|of|that|whose|nobody)\b/.test(plain) || everybody.has(plain))
    return undefined
  return plain.replace(/(\p{L}+)$/u, (last) => singular(last))
}

function singular(word: string): string {
  if (/..ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word
}

export interface Clause {
  actor: string
  verb: string
  rest: string
}

const maxActor = 7

/** Divides `the mechanics add a bike` at the first of these verbs. */
export function clauseOf(text: string, verbs: ReadonlySet<string>): Clause | undefined {
  const tokens = text.trim().split(/\s+/)
  const at = tokens.findIndex((token, index) => index > 0 && verbs.has(stemOf(token.toLowerCase())))
  if (at < 1 || at > maxActor) return undefined
  return {
    actor: tokens.slice(0, at).join(' '),
    verb: stemOf((tokens[at] ?? '').toLowerCase()),
    rest: tokens.slice(at + 1).join(' '),
  }
}
