import type { BuildTask } from '../../../src/domain/build.ts'

/** The tasks below one top-level number of tasks.md. */
export interface TaskGroup {
  number: string
  /** The top-level task's own title, when the plan is at hand. */
  title?: string
  /** The top-level task itself, when the builder reports it. */
  head?: BuildTask
  tasks: readonly BuildTask[]
}

/** Titles of the top-level tasks of tasks.md by their number. */
export function topLevelTitles(tasksFile: string): ReadonlyMap<string, string> {
  const titles = new Map<string, string>()
  for (const line of tasksFile.split('\n')) {
    const match = /^- \[.\]\*? (\d{1,4})\. (.+)$/.exec(line)
    if (match?.[1] !== undefined && match[2] !== undefined) titles.set(match[1], match[2])
  }
  return titles
}

/**
 * Tasks under the top-level task that they belong to, in their order. A builder may report only
 * the tasks that do the work, so that the titles come from the plan.
 */
export function taskGroups(
  tasks: readonly BuildTask[],
  titles: ReadonlyMap<string, string>,
): TaskGroup[] {
  const byNumber = new Map<string, BuildTask[]>()
  for (const task of tasks) {
    const number = task.id.split('.')[0] ?? task.id
    const group = byNumber.get(number)
    if (group === undefined) byNumber.set(number, [task])
    else group.push(task)
  }
  return [...byNumber].map(([number, all]) => {
    const head = all.find((task) => task.id === number)
    const title = titles.get(number)
    return {
      number,
      tasks: all.filter((task) => task !== head),
      ...(head !== undefined && { head }),
      ...(title !== undefined && { title }),
    }
  })
}
