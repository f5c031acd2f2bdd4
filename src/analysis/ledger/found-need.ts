import type { Citation } from '../../domain/citation.ts'
import type { Turn } from '../../domain/turn.ts'

/** Words of a client that carry a need, wish, limit or decision. */
export interface FoundNeed extends Citation {
  /** The whole sentence, letter for letter, when the words are a clause of it. */
  sentence: string
  /** Asked for in so many words; a bare fact may be a need or not. */
  explicit: boolean
}

/** Finds what clients say that carries something; of each turn in its order, no two of which overlap. */
export type NeedFinder = (turns: readonly Turn[]) => FoundNeed[]
