import { memo } from 'react'
import type { BuildTask } from '../../../src/domain/build.ts'
import { TaskMark } from '../parts/task-mark.tsx'
import { type TaskGroup, taskGroups } from './task-groups.ts'

const TaskItem = memo(function TaskItem({ task }: { task: BuildTask }) {
  const { id, title, state, optional, reason, commit } = task
  return (
    <li
      className={id.includes('.') ? 'task' : 'task task-head'}
      data-state={state}
      data-optional={optional}
    >
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

function Group({ group }: { group: TaskGroup }) {
  const { number, title, head, tasks } = group
  return (
    <>
      {head !== undefined && <TaskItem task={head} />}
      {head === undefined && title !== undefined && (
        <li className="task task-head">
          <span className="task-id numbers">{number}</span>
          <span className="task-title">{title}</span>
        </li>
      )}
      {tasks.map((task) => (
        <TaskItem key={task.id} task={task} />
      ))}
    </>
  )
}

interface TaskListProps {
  tasks: readonly BuildTask[]
  /** Titles of top-level tasks by their number. */
  titles: ReadonlyMap<string, string>
}

/** The tasks below the top-level task that they belong to. */
export function TaskList({ tasks, titles }: TaskListProps) {
  return (
    <ul className="task-list">
      {taskGroups(tasks, titles).map((group) => (
        <Group key={group.number} group={group} />
      ))}
    </ul>
  )
}
