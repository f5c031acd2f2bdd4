import type { TaskState } from '../../domain/build.ts'

/** What became of a criterion of a task. */
export interface CriterionRecord {
  ref: string
  /** The test's name. */
  test?: string
  passed?: boolean
}

/** One entry of `.kiro/specs/<feature>/build-report.json`. */
export interface TaskRecord {
  number: string
  title: string
  state: Extract<TaskState, 'completed' | 'not_started'>
  optional: boolean
  /** Why it was left open. */
  reason?: string
  commit?: string
  criteria: CriterionRecord[]
}

export interface ScaffoldResult {
  tasks: readonly TaskRecord[]
  /** Whether the last run of all tests passed; false when there was none. */
  passed: boolean
}

/** The report's text: the same facts give the same bytes. */
export function renderReport({ tasks }: Pick<ScaffoldResult, 'tasks'>): string {
  return `${JSON.stringify({ tasks }, null, 2)}\n`
}
