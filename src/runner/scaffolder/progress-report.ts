import type { TaskState } from '../../domain/build.ts'

/** What the scaffolder tells while it works. */
export type ScaffoldEvent =
  | {
      type: 'plan'
      tasks: readonly { number: string; title: string; state: TaskState; optional: boolean }[]
    }
  | { type: 'files'; task: string; paths: readonly string[] }
  | { type: 'tests_started'; task: string }
  | { type: 'tests_finished'; task: string; passed: boolean; summary: string }
  | { type: 'said'; text: string }

export type ReportProgress = (event: ScaffoldEvent) => Promise<void> | void
