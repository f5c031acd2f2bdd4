import type { Clause } from '../../domain/brief.ts'
import type { Actor } from './actors.ts'
import type { ConditionPart } from './deeds.ts'
import { capitalised } from './inflect.ts'
import type { Reading } from './reading.ts'
import { conditionText, lowerFirst } from './written.ts'

/** A clean sentence and its parts. */
export interface Statement {
  text: string
  clause: Clause
  actor: Actor
  /** A copula (`is easy to use`) says how something is, not what is done. */
  describes: boolean
}

/** Puts condition, subject and predicate together. */
export function finish(
  reading: Reading,
  actor: Actor,
  predicate: string,
  clause: Omit<Clause, 'actor' | 'condition'>,
): Statement {
  const subject =
    reading.subject.only && !actor.text.startsWith('Only') && actor.kind !== 'system'
      ? `Only ${lowerFirst(actor.text)}`
      : actor.text
  const condition = reading.condition
  const main = `${subject} ${predicate}`
  // `When they reserve, skippers must pay`: who, is known.
  const many = actor.kind === 'people' && actor.plural
  const inCase = (one: ConditionPart) =>
    many ? conditionText(one).replace(/^they\b/i, lowerFirst(actor.text)) : conditionText(one)
  const text =
    condition === undefined
      ? main
      : `${capitalised(condition.kind)} ${inCase(condition)}, ${lowerFirst(main)}`
  const name = actor.kind === 'people' ? actor.name : ''
  return {
    text: `${capitalised(text).replace(/[\s,;:]{1,9}$/, '')}.`.slice(0, 1_000),
    actor,
    describes: false,
    clause: {
      ...(name !== '' && { actor: name.slice(0, 80) }),
      ...clause,
      verb: clause.verb.slice(0, 40),
      ...(condition && { condition: { ...condition, text: inCase(condition) } }),
    },
  }
}
