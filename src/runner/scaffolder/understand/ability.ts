import type { Capability } from '../../../kiro/capability.ts'

/** What a right is about. `edit` is every change of a record, `field` the change of one field. */
export type Deed = { action: 'create' | 'edit' | 'remove' } | { action: 'field'; field: string }

/** Who may do it: one role alone, all but one role, or nobody. */
export type Allowed = { only: string } | { never: string } | { nobody: true }

/** What the scaffolder can build and show beside what plans say in their own wordings. */
export type OwnAbility =
  /** One field of a record can be given another value. */
  | { kind: 'set_field'; entity: string; field: string }
  /** A record can be marked, once: `cancelled`. The mark is a field of its own. */
  | { kind: 'mark'; entity: string; field: string; mark: string }
  /** A text is looked for in these fields. */
  | { kind: 'search_by'; entity: string; fields: readonly string[] }
  /** Records with values from one to another, in any of these fields. */
  | { kind: 'range'; entity: string; fields: readonly string[] }
  /** No two records at the same moment. */
  | { kind: 'apart'; entity: string; field: string }
  /** Records of a list of its own (`entity`) that take what `by` names; `until` is open in a loan. */
  | { kind: 'reserve'; entity: string; by: string; times?: ReserveTimes }
  /** Remarks of a list of its own (`entity`) on what `by` names. */
  | { kind: 'comment'; entity: string; by: string }
  | { kind: 'right'; entity: string; deed: Deed; allowed: Allowed }

/** The fields between which nobody else may have it. */
export interface ReserveTimes {
  from: string
  until: string
}

export type Ability = Capability | OwnAbility

/** What a criterion asks for, and who is to have it. */
export interface Understood {
  ability: Ability
  /** The role that the criterion names, in the singular: `mechanic`. */
  actor?: string
}
