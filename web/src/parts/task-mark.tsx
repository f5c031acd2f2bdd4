import type { TaskState } from '../../../src/domain/build.ts'
import { Icon } from './icon.tsx'
import './task-mark.css'

/** What a task's state is called. */
export const taskStateWords: Readonly<Record<TaskState, string>> = {
  not_started: 'Open',
  queued: 'Queued',
  in_progress: 'In progress',
  completed: 'Done',
}

/** The box of a task: shown, not to be ticked by hand. */
export function TaskMark({ state }: { state: TaskState }) {
  return (
    <span className={`task-mark task-mark-${state}`}>
      {state === 'completed' && <Icon name="check" />}
      <span className="unseen">{taskStateWords[state]}: </span>
    </span>
  )
}
