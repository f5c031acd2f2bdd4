import type { ConditionPart } from './deeds.ts'
import type { Subject } from './subject.ts'
import type { Word } from './words.ts'

/** A deed that is told, not asked for: its words with base verbs, its subject, where it begins. */
export interface PlainDeed {
  words: readonly Word[]
  subject: Subject
  at: number
  /** `only`: nothing else. */
  only: boolean
  condition?: ConditionPart
  /** It holds always, as it is said. */
  rule?: true
}

/** Without the full stop. */
export function withoutStop(words: readonly Word[]): readonly Word[] {
  return words.at(-1)?.pos === 'PUNCT' ? words.slice(0, -1) : words
}
