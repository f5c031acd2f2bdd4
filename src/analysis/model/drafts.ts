import type { BriefItem, Contradiction, Entity, OpenQuestion } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import type { Removal } from '../../domain/flag.ts'
import type { TurnClaim } from '../ledger/accounts.ts'
import type { Claim } from '../ledger/claims.ts'

/** An item that has no number yet. */
export type ItemDraft = Omit<BriefItem, 'id'>
export type EntityDraft = Omit<Entity, 'id'>
export type QuestionDraft = Omit<OpenQuestion, 'id'>
export type ContradictionDraft = Omit<Contradiction, 'id'>

/** What one part of a talk gave, checked: everything in it stands on words of the talk. */
export interface Findings {
  title: string
  summary: string
  language: string
  items: ItemDraft[]
  entities: EntityDraft[]
  questions: QuestionDraft[]
  contradictions: ContradictionDraft[]
  /** What the model says of turns that no item cites: superseded and rejected ones. */
  ledger: TurnClaim[]
  /** Items that gave way to later ones. */
  replaced: Claim[]
  /** Quotes that do not stand in the talk, by the statement that they were given for. */
  dropped: { statement: string; citation: Citation }[]
  removed: Removal[]
}

export function noFindings(): Findings {
  return {
    title: '',
    summary: '',
    language: '',
    items: [],
    entities: [],
    questions: [],
    contradictions: [],
    ledger: [],
    replaced: [],
    dropped: [],
    removed: [],
  }
}
