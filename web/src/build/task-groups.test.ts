import { describe, expect, it } from 'vitest'
import { planView, tasks } from '../../dev/fake-plan.ts'
import { taskGroups, topLevelTitles } from './task-groups.ts'

const file = planView.plan.files.find(({ path }) => path.endsWith('/tasks.md'))?.content ?? ''
const titles = topLevelTitles(file)

describe('tasks in groups', () => {
  it('takes the titles of top-level tasks from the plan', () => {
    expect([...titles]).toEqual([
      ['1', 'Set up the project'],
      ['2', 'Book classes'],
      ['3', 'Attendance'],
      ['4', 'Remind members by email on the evening before'],
    ])
  })

  it('puts a top-level task that is reported above its own', () => {
    const [first] = taskGroups(tasks, new Map())
    expect(first?.head?.id).toBe('1')
    expect(first?.tasks.map((task) => task.id)).toEqual(['1.1', '1.2'])
  })

  it('keeps every task, whether its parent is reported or not', () => {
    const leaves = tasks.filter((task) => task.id.includes('.'))
    const groups = taskGroups(leaves, titles)
    expect(groups.map((group) => group.title)).toEqual([
      'Set up the project',
      'Book classes',
      'Attendance',
    ])
    expect(groups.flatMap((group) => group.tasks)).toEqual(leaves)
  })
})
