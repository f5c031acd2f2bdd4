import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Brief, BriefItem } from '../../domain/brief.ts'
import { isEmptyDiff, PlanDiff } from '../../domain/plan-diff.ts'
import { type PlanDraft, planFile } from '../../domain/plan.ts'
import { lintSpec } from '../../kiro/lint.ts'
import { leafTasks, parseTasks } from '../../kiro/tasks.ts'
import { diffPlans } from '../diff-plans.ts'
import { createOfflinePlanner } from '../offline/planner.ts'
import type { PreviousPlan } from '../planner.ts'
import { requirementsIn } from '../../kiro/requirements-in.ts'
import { anyBrief, item, workshopBrief } from '../testing/briefs.ts'

const specId = '0a0a0a0a-0000-4000-8000-000000000001'

async function planned(brief: Brief, previous?: PreviousPlan): Promise<PreviousPlan> {
  const input = { brief, specId, ...(previous && { previous }) }
  return { brief, draft: await createOfflinePlanner().plan(input) }
}

function refsOf({ files }: PlanDraft): string[] {
  return requirementsIn(files).flatMap(({ ref, criteria }) => [
    ref,
    ...criteria.map((one) => one.ref),
  ])
}

function textOf({ files }: PlanDraft, ref: string): string | undefined {
  const [requirement] = ref.split('.')
  const found = requirementsIn(files).find((one) => one.ref === requirement)
  return found?.criteria.find((one) => one.ref === ref)?.text
}

/** The criterion that carries out an item of the brief. */
function refOf({ trace }: PlanDraft, id: string): string {
  return trace.find((link) => link.ref.includes('.') && link.items.includes(id))?.ref ?? ''
}

const changed = (brief: Brief, change: (items: BriefItem[]) => BriefItem[]): Brief => ({
  ...brief,
  items: change(brief.items),
})

const without =
  (...ids: string[]) =>
  (items: BriefItem[]) =>
    items.filter(({ id }) => !ids.includes(id))

describe('a new version of a plan', () => {
  it('is the same, byte for byte, when nothing has changed', async () => {
    const first = await planned(workshopBrief())
    const second = await planned(workshopBrief(), first)
    expect(second.draft).toEqual(first.draft)
    expect(isEmptyDiff(diffPlans(first.draft, second.draft))).toBe(true)
  })

  it('keeps every number when the analyst numbers its items anew', async () => {
    const first = await planned(workshopBrief())
    const renumbered = changed(workshopBrief(), (items) =>
      items
        .toReversed()
        .map((one, index) => ({ ...one, id: `${one.id.slice(0, 1)}${index + 40}` })),
    )
    const second = await planned(renumbered, first)
    expect(isEmptyDiff(diffPlans(first.draft, second.draft))).toBe(true)
  })

  it('gives what is new the next numbers and leaves all others alone', async () => {
    const first = await planned(workshopBrief())
    const clause = { actor: 'mechanic', verb: 'print', object: 'invoice', negated: false }
    const added = item('R9', 'requirement', 'The mechanic can print an invoice.', clause)
    const second = await planned(
      changed(workshopBrief(), (items) => [added, ...items]),
      first,
    )
    const diff = diffPlans(first.draft, second.draft)
    expect(PlanDiff.parse(diff)).toEqual(diff)
    const highest = requirementsIn(first.draft.files).length
    expect(diff.requirements).toMatchObject({
      added: [{ ref: `${highest + 1}`, title: 'Let the mechanic print an invoice' }],
      changed: [],
      retired: [],
    })
    expect(diff.tasks.added.map(({ title }) => title)).toEqual([
      'Let the mechanic print an invoice',
    ])
    expect(diff.tasks.removed).toEqual([])
    expect(lintSpec(second.draft.files)).toEqual([])
  })

  it('shows a limit with another number as a change of the same criterion', async () => {
    const first = await planned(workshopBrief())
    const more = (items: BriefItem[]) =>
      items.map((one) =>
        one.id === 'C1' && one.clause
          ? {
              ...one,
              statement: 'The system limits each slot to 5 people.',
              citations: [{ turn: 't30', quote: 'make it five' }],
              clause: { ...one.clause, rest: 'to 5 people' },
            }
          : one,
      )
    const second = await planned(changed(workshopBrief(), more), first)
    const ref = refOf(first.draft, 'C1')
    expect(refOf(second.draft, 'C1')).toBe(ref)
    const { requirements } = diffPlans(first.draft, second.draft)
    expect(requirements.added).toEqual([])
    expect(requirements.retired).toEqual([])
    expect(requirements.changed.flatMap(({ criteria }) => criteria.changed)).toEqual([
      { ref, before: textOf(first.draft, ref), after: textOf(second.draft, ref) },
    ])
  })

  it('retires what is asked for no more, with a task that takes it away', async () => {
    const first = await planned(workshopBrief())
    const second = await planned(changed(workshopBrief(), without('R7', 'R3')), first)
    const whole = refOf(first.draft, 'R7').replace(/\..*$/, '')
    const one = refOf(first.draft, 'R3')
    const { requirements, tasks } = diffPlans(first.draft, second.draft)
    expect(requirements.retired.map(({ ref }) => ref)).toEqual([whole])
    expect(requirements.changed.map(({ criteria }) => criteria.retired)).toEqual([
      [{ ref: one, text: textOf(first.draft, one) }],
    ])
    expect(second.draft.retired?.map(({ ref }) => ref)).toEqual([one, whole, `${whole}.1`])
    for (const { ref, citations, tasks: removing } of second.draft.retired ?? []) {
      expect(citations).not.toEqual([])
      expect(removing).toHaveLength(1)
      expect(tasks.added.map(({ number }) => number)).toContain(removing[0])
      expect(refsOf(second.draft)).not.toContain(ref)
    }
    expect(lintSpec(second.draft.files)).toEqual([])
    const text = planFile(second.draft.files, 'requirements.md')?.content
    expect(text).toContain(`## Retired Requirements`)
  })

  it('gives a number to nothing else when its requirement is gone, and keeps its removal task', async () => {
    const first = await planned(workshopBrief())
    const less = changed(workshopBrief(), without('R7', 'Q1'))
    const second = await planned(less, first)
    const third = await planned(less, second)
    const clause = { actor: 'mechanic', verb: 'print', object: 'invoice', negated: false }
    const added = item('R9', 'requirement', 'The mechanic can print an invoice.', clause)
    const fourth = await planned(
      changed(less, (items) => [...items, added]),
      third,
    )
    const gone = new Set(second.draft.retired?.map(({ ref }) => ref))
    expect(gone.size).toBeGreaterThan(0)
    expect(refsOf(fourth.draft).filter((ref) => gone.has(ref))).toEqual([])
    expect(fourth.draft.retired).toEqual(second.draft.retired)
    expect(diffPlans(second.draft, fourth.draft).tasks.removed).toEqual([])
    expect(lintSpec(fourth.draft.files)).toEqual([])
  })

  it('gives what is asked for again its number back, and removes it no more', async () => {
    const first = await planned(workshopBrief())
    const second = await planned(changed(workshopBrief(), without('R7', 'R3')), first)
    const third = await planned(changed(workshopBrief(), without('R3')), second)
    const again = refOf(first.draft, 'R7')
    expect(second.draft.retired?.map(({ ref }) => ref)).toContain(again)
    expect(refOf(third.draft, 'R7')).toBe(again)
    expect(textOf(third.draft, again)).toBe(textOf(first.draft, again))
    // What was not asked for again stays retired, with its task.
    expect(third.draft.retired?.map(({ ref }) => ref)).toEqual([refOf(first.draft, 'R3')])
    const { requirements, tasks } = diffPlans(second.draft, third.draft)
    expect(requirements.added.map(({ ref }) => ref)).toEqual([again.replace(/\..*$/, '')])
    expect(tasks.removed.map(({ title }) => title)).toEqual([
      expect.stringContaining('Remove what was built for requirement'),
    ])
    const fourth = await planned(workshopBrief(), third)
    expect(fourth.draft.retired).toBeUndefined()
    const whole = diffPlans(first.draft, fourth.draft)
    expect(whole.requirements).toEqual({ added: [], changed: [], retired: [] })
    expect(lintSpec(fourth.draft.files)).toEqual([])
  })

  it('keeps its promises whatever the briefs say', async () => {
    const brief = anyBrief.filter(({ entities }) => entities.length > 0)
    await fc.assert(
      fc.asyncProperty(brief, brief, fc.array(fc.boolean()), async (one, other, picks) => {
        const mixed = { ...other, items: mix(one.items, other.items, picks) }
        const first = await planned(one)
        const second = await planned(mixed, first)
        const third = await planned(one, second)
        expect(isEmptyDiff(diffPlans(first.draft, (await planned(one, first)).draft))).toBe(true)
        for (const [before, after] of [
          [first, second],
          [second, third],
        ] as const) {
          checkVersion(before.draft, after.draft)
        }
      }),
      { numRuns: 100 },
    )
  })
})

function mix(one: BriefItem[], other: BriefItem[], picks: boolean[]): BriefItem[] {
  const ids = new Set<string>()
  return [...one.filter((_, at) => picks[at] ?? true), ...other].filter(({ id }) => {
    const isNew = !ids.has(id)
    ids.add(id)
    return isNew
  })
}

function checkVersion(before: PlanDraft, after: PlanDraft): void {
  const bad = lintSpec(after.files).filter(
    ({ severity, rule }) => severity === 'error' || rule === 'req/number-order',
  )
  expect(bad).toEqual([])
  const { requirements } = diffPlans(before, after)
  const kept = requirements.changed.flatMap(({ criteria }) => criteria)
  const allOf = (list: typeof requirements.added) =>
    list.flatMap(({ ref, criteria }) => [ref, ...criteria.map((one) => one.ref)])
  const added = [
    ...allOf(requirements.added),
    ...kept.flatMap((one) => one.added.map(({ ref }) => ref)),
  ]
  const gone = [
    ...allOf(requirements.retired),
    ...kept.flatMap((one) => one.retired.map(({ ref }) => ref)),
  ]
  const expected = [...refsOf(before).filter((ref) => !gone.includes(ref)), ...added]
  expect(refsOf(after).sort()).toEqual(expected.sort())
  const retired = after.retired?.map(({ ref }) => ref) ?? []
  const again = new Set(added)
  expect(retired).toEqual([
    ...(before.retired?.flatMap(({ ref }) => (again.has(ref) ? [] : [ref])) ?? []),
    ...gone.sort(byNumber),
  ])
  expect(new Set([...retired, ...refsOf(after)]).size).toBe(retired.length + refsOf(after).length)
  const leaves = leafTasks(parseTasks(planFile(after.files, 'tasks.md')?.content ?? '').tasks)
  const numbers = leaves.map(({ number }) => number)
  expect(new Set(numbers).size).toBe(numbers.length)
  for (const { tasks } of [...(after.retired ?? []), ...after.trace]) {
    expect(tasks.length).toBeGreaterThan(0)
    expect(tasks.filter((number) => !numbers.includes(number))).toEqual([])
  }
}

function byNumber(a: string, b: string): number {
  const [[one = 0, two = 0], [three = 0, four = 0]] = [a, b].map((ref) =>
    ref.split('.').map(Number),
  ) as [number[], number[]]
  return one - three || two - four
}
