import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { parseTasks } from '../../../kiro/tasks.ts'
import type { Task } from '../../../kiro/tree.ts'

const Told = z.object({
  tasksFilePath: z.string(),
  changes: z.array(z.looseObject({ taskId: z.string(), executionStatus: z.string() })),
})

/** What `spec/getTaskStatuses` answers: tasks.md as it is, with what was told of its tasks. */
export function followStatuses(tasksFile: string) {
  const told = new Map<string, object>()
  const idOf = ({ number, title, level }: { number: string; title: string; level: number }) =>
    level === 0 ? `${number}. ${title}` : `${number} ${title}`
  const item = (task: Task, level: number): object => {
    const taskId = idOf({ ...task, level })
    return {
      ...told.get(taskId),
      taskId,
      markdownStatus: task.state,
      isLeaf: task.children.length === 0,
      isOptional: task.optional,
      subTasks: task.children.map((child) => item(child, level + 1)),
    }
  }
  return {
    /** Takes the parameters of a notification in, when it is about tasks. */
    told(params: object) {
      const { data } = Told.safeParse(params)
      if (data?.tasksFilePath !== tasksFile) return
      for (const change of data.changes) told.set(change.taskId, change)
    },
    now: () => ({
      tasks: parseTasks(readFileSync(tasksFile, 'utf8')).tasks.map((task) => item(task, 0)),
    }),
  }
}
