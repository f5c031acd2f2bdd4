import type { TaskState } from '../domain/build.ts'

/** The trees that the parsers of Kiro's spec files give and the renderers take. */

/** One leading clause of an EARS statement: `WHEN a file path is provided`. */
export interface EarsCondition {
  keyword: 'WHEN' | 'IF' | 'WHILE' | 'WHERE' | 'FOR ALL'
  text: string
}

/** `WHEN x, THE System SHALL response`: conditions in order; none for a statement that always holds. */
export interface Ears {
  conditions: readonly EarsCondition[]
  /** The name after THE: `Parser`, `Booking_Service`. */
  system: string
  /** What follows SHALL, without a final full stop. */
  response: string
}

export interface Criterion {
  /** 1, 2, 3 … within its requirement; `2.3` is criterion 3 of requirement 2. */
  number: number
  /** The whole text as it stands, without the number. */
  text: string
  /** Its parts when it is valid EARS. */
  ears?: Ears
}

export interface UserStory {
  /** Without its article: `user`. */
  role: string
  /** What follows "I want", with its "to": `to see my bookings`. */
  want: string
  /** What follows "so that"; empty when none is given. */
  benefit: string
}

export interface Requirement {
  number: number
  title: string
  userStory?: UserStory
  criteria: readonly Criterion[]
}

/** A requirement, a criterion or a statement that is asked for no more; nothing else gets its number. */
export interface RetiredLine {
  /** `4` or `4.2`. */
  ref: string
  /** What it asked for. */
  text: string
}

export interface RequirementsDocument {
  introduction: string
  glossary: readonly { term: string; definition: string }[]
  requirements: readonly Requirement[]
  /** The last section, which only later versions of a plan have. */
  retired?: readonly RetiredLine[]
}

/** A section of design.md that has no structure of its own: heading text and the Markdown below it. */
export interface Section {
  heading: string
  body: string
}

/** `### Property n: Title` with the criteria that it validates (`1.2`). */
export interface CorrectnessProperty {
  number: number
  title: string
  statement: string
  validates: readonly string[]
}

export interface DesignDocument {
  /** What follows `# Design Document: `. */
  title: string
  /**
   * The level-two sections in order. Correctness Properties stands among them by its heading; its
   * body holds only the prose before the first property.
   */
  sections: readonly Section[]
  properties: readonly CorrectnessProperty[]
}

export interface Task {
  /** `2`, `2.1` or `2.1.3`. */
  number: string
  title: string
  state: TaskState
  /** Marked `*` behind the box: carried out only when asked for. */
  optional: boolean
  /** Detail bullets as they stand, without the references below. */
  details: readonly string[]
  /** From `_Requirements: 1.1, 2.3_`. */
  requirements: readonly string[]
  /** From `**Validates: Requirements 1.2**`. */
  validates: readonly string[]
  /** Sub-tasks; a task with sub-tasks is done when they are. */
  children: readonly Task[]
}

export interface TasksDocument {
  /** What follows `# Implementation Plan: `. */
  title: string
  overview: string
  tasks: readonly Task[]
  notes: readonly string[]
  /** The dependency graph: the tasks of a wave need only those of the waves before. */
  waves: readonly { id: number; tasks: readonly string[] }[]
}

/** `.config.kiro`. */
export interface SpecConfig {
  specId: string
  workflowType: 'requirements-first' | 'design-first'
  specType: 'feature' | 'bugfix'
}

/** `1.2 WHEN x THEN the system …` of bugfix.md. */
export interface BugfixStatement {
  number: string
  text: string
}

export interface BugfixDocument {
  introduction: string
  /** What is wrong now (`1.x`). */
  current: readonly BugfixStatement[]
  /** What shall be instead (`2.x`). */
  expected: readonly BugfixStatement[]
  /** What shall continue to be (`3.x`). */
  unchanged: readonly BugfixStatement[]
  /** As in a requirements document. */
  retired?: readonly RetiredLine[]
}

/** A file of `.kiro/steering`. */
export interface Steering {
  /** When Kiro reads it. */
  inclusion: 'always' | 'fileMatch' | 'manual' | 'auto'
  /** The globs of `fileMatch`. */
  fileMatchPattern?: readonly string[]
  name?: string
  description?: string
  body: string
}

export interface Finding {
  /** Stable id: `req/not-ears`. */
  rule: string
  severity: 'error' | 'warning'
  /** The file's path as it was given. */
  file: string
  /** From 1. */
  line: number
  column: number
  message: string
}
