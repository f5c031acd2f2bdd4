import type { Citation } from '../../domain/citation.ts'
import type { Capability } from '../../kiro/capability.ts'
import type { EntityModel } from '../../kiro/data-models.ts'
import type { UserStory } from '../../kiro/tree.ts'

/** A criterion on its way into requirements.md. */
export interface PlannedCriterion {
  /** Short, in the imperative: becomes the title of its task. */
  title: string
  text: string
  /** What the built-in builder would make of it; absent when it cannot. */
  capability?: Capability
  /** Items and entities of the brief that it carries out. */
  items: readonly string[]
  citations: readonly Citation[]
  /** Why it was added although nobody asked for it. */
  inferred?: string
  /** It asks that something stays as it is. */
  kept?: boolean
}

export interface PlannedRequirement {
  title: string
  story: UserStory
  criteria: readonly PlannedCriterion[]
  /** Its number and those of its criteria, where an earlier version of the plan has given them. */
  numbers?: { own: number; criteria: readonly number[] }
}

/** What stands together in the plan: one entity, or one kind of work. */
export interface Area {
  title: string
  kind: AreaKind
  /** How many areas must be done before, counted along the references between entities. */
  depth: number
  requirements: readonly PlannedRequirement[]
}

export type AreaKind = 'entity' | 'reports' | 'messages' | 'connections' | 'functions' | 'qualities'

/** An entity of the plan with what the brief says about it. */
export interface PlannedEntity extends EntityModel {
  items: readonly string[]
  citations: readonly Citation[]
  inferred?: string
  /** Nobody said what is kept of it, so the fields are a guess. */
  guessed: boolean
  depth: number
}

/** The whole of a plan before its files are written. */
export interface Outline {
  title: string
  feature: string
  /** The name after THE in every criterion. */
  system: string
  entities: readonly PlannedEntity[]
  areas: readonly Area[]
}

/** A requirement or criterion with its number. */
export interface Numbered<T> {
  ref: string
  value: T
}

/** All requirements in the order of their numbers; in a first version they are numbered through over the areas. */
export function numberedRequirements(areas: readonly Area[]): Numbered<PlannedRequirement>[] {
  return areas
    .flatMap(({ requirements }) => requirements)
    .map((value, index) => ({ number: value.numbers?.own ?? index + 1, value }))
    .sort((a, b) => a.number - b.number)
    .map(({ number, value }) => ({ ref: `${number}`, value }))
}

/** The criteria of a requirement with their numbers: `1.2`. */
export function criteriaOf({
  ref,
  value,
}: Numbered<PlannedRequirement>): Numbered<PlannedCriterion>[] {
  return value.criteria.map((criterion, index) => ({
    ref: `${ref}.${value.numbers?.criteria[index] ?? index + 1}`,
    value: criterion,
  }))
}

/** All criteria with their numbers, in the order of these. */
export function numberedCriteria(areas: readonly Area[]): Numbered<PlannedCriterion>[] {
  return numberedRequirements(areas).flatMap(criteriaOf)
}
