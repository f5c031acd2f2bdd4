import { type PlanDraft, planFile, type Retirement } from '../../../domain/plan.ts'
import { parseEars } from '../../../kiro/ears.ts'
import { inline, plainLine } from '../../../kiro/inline.ts'
import { leafTasks, parseTasks } from '../../../kiro/tasks.ts'
import type { Task } from '../../../kiro/tree.ts'
import { numberedCriteria } from '../planned.ts'
import type { Area, Numbered, PlannedCriterion } from '../planned.ts'
import { removalTasks } from '../removal-tasks.ts'
import { type TaskPlan, withCheckpoint } from '../task-plan.ts'
import { isBesides } from './statements.ts'

type Numberless = Omit<Task, 'state' | 'children' | 'validates'>

const task = ({ ...given }: Numberless, children: readonly Task[] = []): Task => ({
  ...given,
  state: 'not_started',
  validates: [],
  children,
})

/** What stands under the same number in every version of the plan; a group may be absent. */
const groupNumbers = { besides: 4, removal: 5 } as const

/**
 * Kiro's order for a bugfix: show the defect, hold the rest, mend it, and see all tests pass.
 *
 * @param previous the version before, whose tasks keep their numbers
 */
export function bugfixTasks(
  areas: readonly Area[],
  retired: readonly Retirement[],
  previous: PlanDraft | undefined,
): TaskPlan {
  const before = parseTasks((previous && planFile(previous.files, 'tasks.md')?.content) ?? '')
  const old = leafTasks(before.tasks)
  const all = numberedCriteria(areas)
  const of = (part: number) => all.filter(({ ref }) => ref.startsWith(`${part}.`))
  const besides = of(2).filter(({ value }) => isBesides(value))
  const mended = of(2).filter((one) => !besides.includes(one))
  const groups = [
    showTask(of(1)),
    holdTask(of(3)),
    mendTask({ current: of(1), mended: mended.length > 0 ? mended : of(2), kept: of(3) }),
    ...(mended.length > 0 ? besidesTask(besides, old) : []),
    ...removalTask(retired, old),
  ]
  const phases = [
    { name: 'Show the defect', tasks: ['1', '2'] },
    ...groups.slice(2).map(({ title, children }) => ({
      name: title,
      tasks: children.map(({ number }) => number),
    })),
  ]
  const later = groups.slice(3).flatMap(({ children }) => children.map(({ number }) => number))
  const waves = [['1', '2'], ['3.1'], ['3.2', '3.3'], later].filter((wave) => wave.length > 0)
  return {
    tasks: withCheckpoint(groups, `${Number(groups.at(-1)?.number) + 1}`),
    phases,
    waves: waves.map((tasks, id) => ({ id, tasks })),
  }
}

type Lines = readonly Numbered<PlannedCriterion>[]

const refsOf = (lines: Lines): string[] => lines.map(({ ref }) => ref)

function showTask(current: Lines): Task {
  return task({
    number: '1',
    title: 'Write a test that shows the defect',
    optional: false,
    details: [
      'Write it before anything is mended: it must fail, and its failure shows the defect',
      'Note the smallest example that fails; the cause is looked for there',
    ],
    requirements: refsOf(current),
  })
}

function holdTask(kept: Lines): Task {
  return task({
    number: '2',
    title: 'Write tests for what must not change',
    optional: false,
    details: [
      'See what the product does today where the defect does not show, and write that down as tests',
      'They pass before anything is mended',
    ],
    requirements: refsOf(kept),
  })
}

function mendTask({ current, mended, kept }: Record<'current' | 'mended' | 'kept', Lines>): Task {
  const mend = task({
    number: '3.1',
    title: 'Find the cause and mend it',
    optional: false,
    details: [
      'Change no more than the cause needs',
      `_Bug_Condition: ${said(current, 'condition')}_`,
      `_Expected_Behavior: ${said(mended, 'response')}_`,
      `_Preservation: ${said(kept, 'response')}_`,
    ],
    requirements: refsOf(mended),
  })
  const shown = task({
    number: '3.2',
    title: 'See the test of the defect pass',
    optional: false,
    details: ['Run the test of task 1 again, as it is'],
    requirements: refsOf(mended),
  })
  const held = task({
    number: '3.3',
    title: 'See the tests of what must not change pass',
    optional: false,
    details: ['Run the tests of task 2 again, as they are'],
    requirements: refsOf(kept),
  })
  return whole(3, 'Mend the defect', [mend, shown, held])
}

/** A statement's condition or response; both are inline Markdown, and underscores would end the mark. */
function said(lines: Lines, part: 'condition' | 'response'): string {
  const texts = lines.map(({ value }) => {
    const ears = parseEars(value.text)
    const condition = /^WHEN\s(.*?)\sTHEN\s/.exec(value.text)?.[1]
    return part === 'condition' ? (condition ?? value.title) : (ears?.response ?? value.title)
  })
  return plainLine([...new Set(texts)].join('; '), 300).replaceAll(/\\?_/g, ' ')
}

/** Gives the number that the task for these requirements had, or the next one of its group. */
function numbering(
  group: number,
  old: readonly Task[],
): (requirements: readonly string[]) => string {
  const own = old.filter(({ number }) => number.startsWith(`${group}.`))
  let last = Math.max(0, ...own.map(({ number }) => Number(number.split('.')[1])))
  return (requirements) =>
    own.find((task) => task.requirements.join(' ') === requirements.join(' '))?.number ??
    `${group}.${(last += 1)}`
}

function besidesTask(besides: Lines, old: readonly Task[]): Task[] {
  if (besides.length === 0) return []
  const numberOf = numbering(groupNumbers.besides, old)
  const children = besides.map(({ ref, value }) =>
    task({
      number: numberOf([ref]),
      title: value.title,
      optional: value.inferred !== undefined,
      details: ['Show with a test that it holds'],
      requirements: [ref],
    }),
  )
  return [whole(groupNumbers.besides, 'Do what comes with the fix', children)]
}

function removalTask(retired: readonly Retirement[], old: readonly Task[]): Task[] {
  const numberOf = numbering(groupNumbers.removal, old)
  const children = removalTasks(retired).map((one) => {
    return task({ ...one, number: numberOf(one.requirements) })
  })
  return children.length === 0
    ? []
    : [whole(groupNumbers.removal, 'Remove what is no longer asked for', children)]
}

function whole(number: number, title: string, children: readonly Task[]): Task {
  return task(
    { number: `${number}`, title: inline(title), optional: false, details: [], requirements: [] },
    children,
  )
}
