import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type PlanDraft, planFile } from '../../domain/plan.ts'
import { hasErrors, lintSpec } from '../../kiro/lint.ts'
import { parseRequirements, renderRequirements } from '../../kiro/requirements.ts'
import { leafTasks, parseTasks, renderTasks } from '../../kiro/tasks.ts'
import { withRetired } from '../../kiro/splice.ts'
import { requirements } from '../../kiro/testing/trees.ts'
import { createOfflinePlanner } from '../offline/planner.ts'
import { workshopBrief } from '../testing/briefs.ts'
import { retireEdited } from './retire-edited.ts'

const plan = (): Promise<PlanDraft> =>
  createOfflinePlanner().plan({ brief: workshopBrief(), specId: 'a-spec' })

const text = (draft: PlanDraft, name: string): string => planFile(draft.files, name)?.content ?? ''

/** The plan with another text for one of its files. */
function edited(draft: PlanDraft, name: string, content: string): PlanDraft {
  const files = draft.files.map((file) =>
    file.path.endsWith(`/${name}`) ? { ...file, content } : file,
  )
  return { ...draft, files }
}

/** The plan as a person leaves it who has taken out a requirement with the tasks that build it. */
function without(draft: PlanDraft, number: number): PlanDraft {
  const document = parseRequirements(text(draft, 'requirements.md'))
  const kept = document.requirements.filter((one) => one.number !== number)
  const list = parseTasks(text(draft, 'tasks.md'))
  const isOther = (refs: readonly string[]) => !refs.some((ref) => ref.startsWith(`${number}.`))
  const tasks = list.tasks.map((task) => ({
    ...task,
    children: task.children.filter(({ requirements: refs }) => isOther(refs)),
  }))
  const once = edited(
    draft,
    'requirements.md',
    renderRequirements({ ...document, requirements: kept }),
  )
  return edited(once, 'tasks.md', renderTasks({ ...list, tasks, waves: list.waves }))
}

/** The requirement that nothing but its own task names. */
const last = (draft: PlanDraft): number =>
  Math.max(...draft.trace.map(({ ref }) => Number(ref.split('.')[0])))

it('lists what a person took out, with a task that takes it away', async () => {
  const before = await plan()
  const number = last(before)
  const after = retireEdited(before, without(before, number))
  expect(after.retired?.map(({ ref }) => ref)).toEqual([`${number}`, `${number}.1`])
  const document = parseRequirements(text(after, 'requirements.md'))
  expect(document.retired?.map(({ ref }) => ref)).toEqual([`${number}`, `${number}.1`])
  const tasks = parseTasks(text(after, 'tasks.md'))
  const removal = leafTasks(tasks.tasks).find(({ title }) => title.startsWith('Remove what'))
  expect(removal?.requirements).toEqual([`${number}`, `${number}.1`])
  expect(tasks.waves.at(-1)?.tasks).toEqual([removal?.number])
  expect(after.retired?.flatMap((one) => one.tasks)).toEqual([removal?.number, removal?.number])
  expect(after.phases.at(-1)?.tasks).toEqual([removal?.number])
})

it('lets the linter find a task that still builds what was taken out', async () => {
  const before = await plan()
  const document = parseRequirements(text(before, 'requirements.md'))
  const kept = document.requirements.slice(0, -1)
  const content = renderRequirements({ ...document, requirements: kept })
  const after = retireEdited(before, edited(before, 'requirements.md', content))
  const rules = lintSpec(after.files).map(({ rule }) => rule)
  expect(rules).toContain('trace/retired-reference')
  expect(rules).not.toContain('trace/unknown-reference')
})

it('is undone by putting it back, and says when a number is used for something else', async () => {
  const before = await plan()
  const taken = retireEdited(before, without(before, last(before)))
  const back = retireEdited(taken, before)
  expect(back.retired).toBeUndefined()
  expect(back.files).toEqual(before.files)
  const document = parseRequirements(text(before, 'requirements.md'))
  const other = document.requirements.map((one) =>
    one.number === last(before) ? { ...one, title: 'Something else' } : one,
  )
  const content = renderRequirements({ ...document, requirements: other })
  const reused = retireEdited(taken, edited(before, 'requirements.md', content))
  expect(lintSpec(reused.files).map(({ rule }) => rule)).toContain('req/number-reused')
})

it('changes nothing where nothing was taken out', async () => {
  const before = await plan()
  expect(retireEdited(before, before)).toEqual(before)
  expect(hasErrors(lintSpec(before.files))).toBe(false)
})

it('leaves the rest of a document as it is', () => {
  const retired = [{ ref: '9', text: 'Something' }]
  fc.assert(
    fc.property(requirements, (document) => {
      const markdown = renderRequirements(document)
      const once = withRetired(markdown, retired)
      expect(parseRequirements(once)).toEqual({ ...document, retired })
      expect(withRetired(once, retired)).toBe(once)
      expect(withRetired(once, []).trimEnd()).toBe(markdown.trimEnd())
    }),
  )
})
