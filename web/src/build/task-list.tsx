import { memo } from 'react'
import type { BuildTask } from '../../../src/domain/build.ts'
import { TaskMark } from '../parts/task-mark.tsx'

const TaskItem = memo(function TaskItem({ task }: { task: BuildTask }) {
  const { id, title, state, optional, reason, commit } = task
  const depth = id.split('.').length
  return (
    <li className={`task task-depth-${Math.min(depth, 3)}`} data-state={state}>
      <TaskMark state={state} />
      <span className="task-id numbers">{id}</span>
      <span>
        <span className="task-title">{title}</span>
        {optional && <span className="md-optional">optional</span>}
        {reason !== undefined && state !== 'completed' && (
          <span className="task-reason">{reason}</span>
        )}
      </span>
      {commit !== undefined && (
        <code className="task-commit" title={`Commit ${commit}`}>
          {commit.slice(0, 7)}
        </code>
      )}
    </li>
  )
})

/** The tasks of a build, ticked as the runner verifies them. */
export function TaskList({ tasks }: { tasks: readonly BuildTask[] }) {
  return (
    <section className="tasks panel" aria-label="Tasks">
      <h2 className="build-pane-head">Tasks</h2>
      {tasks.length === 0 ? (
        <p className="tasks-none small muted">They appear when the builder starts.</p>
      ) : (
        <ul>
          {tasks.map((task) => (
            <TaskItem key={task.id} task={task} />
          ))}
        </ul>
      )}
    </section>
  )
}
