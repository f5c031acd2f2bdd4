import type { Force } from './anchors.ts'
import type { ConditionPart, Deed } from './deeds.ts'
import type { Subject } from './subject.ts'
import type { Word } from './words.ts'

/** A clause that asks for something, before its subject is settled. */
export interface Reading {
  subject: Subject
  force: Force
  able: boolean
  duty: boolean
  negated: boolean
  /** `can only`: nothing else is allowed. */
  exclusive?: boolean
  /** The words that made it a need: `has to`. */
  said: string
  /** A deed of the subject, or a thing that is to be there. */
  content: { type: 'deed'; deed: Deed } | { type: 'thing'; phrase: readonly Word[] }
  condition?: ConditionPart
  /** Told in the present in answer to how it shall be. */
  told?: true
  /** Nothing better could be made of it: it stays as it was said. */
  loose?: true
  /** `from then on`: holds after the deed that was told before. */
  follows?: true
}
