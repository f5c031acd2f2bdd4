import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Brief, BriefItem } from '../../domain/brief.ts'
import { isEmptyDiff } from '../../domain/plan-diff.ts'
import { jobOf, keptIn } from '../../domain/job.ts'
import { type PlanDraft, planFile } from '../../domain/plan.ts'
import { parseBugfix } from '../../kiro/bugfix.ts'
import { parseConfig } from '../../kiro/config.ts'
import { parseEars } from '../../kiro/ears.ts'
import { hasErrors, lintSpec } from '../../kiro/lint.ts'
import { leafTasks, parseTasks } from '../../kiro/tasks.ts'
import { diffPlans } from '../diff-plans.ts'
import type { PreviousPlan } from '../planner.ts'
import { requirementsIn } from '../../kiro/requirements-in.ts'
import { anyBrief, item, workshopBrief } from '../testing/briefs.ts'
import { changesBrief, defectBrief } from '../testing/in-use.ts'
import { createOfflinePlanner } from './planner.ts'

const specId = '0a0a0a0a-0000-4000-8000-000000000001'

async function plan(brief: Brief, previous?: PreviousPlan): Promise<PlanDraft> {
  return createOfflinePlanner().plan({ brief, specId, ...(previous && { previous }) })
}

const text = (draft: PlanDraft, name: string): string => planFile(draft.files, name)?.content ?? ''
const tasksOf = (draft: PlanDraft) => leafTasks(parseTasks(text(draft, 'tasks.md')).tasks)

const without = (brief: Brief, id: string): Brief => ({
  ...brief,
  items: brief.items.filter((item) => item.id !== id),
})

it('tells a new product, changes and a defect apart', () => {
  expect([workshopBrief(), changesBrief(), defectBrief()].map(jobOf)).toEqual([
    'new',
    'change',
    'fix',
  ])
})

it.each([
  ['The colours stay the same.', 'The colours'],
  ['Invoices without a discount must stay exactly as they are.', 'Invoices without a discount'],
  ['The numbering does not change.', 'The numbering'],
  ['The logo must not be changed.', 'The logo'],
  ['The price stays low.', undefined],
  ['Guests stay for two nights.', undefined],
])('reads what must stay in “%s”', (statement, kept) => {
  expect(keptIn(statement)).toBe(kept)
})

describe('a talk about a defect', () => {
  it('becomes a bugfix spec without a finding', async () => {
    const draft = await plan(defectBrief())
    expect(lintSpec(draft.files)).toEqual([])
    expect(parseConfig(text(draft, '.config.kiro')).specType).toBe('bugfix')
    expect(planFile(draft.files, 'requirements.md')).toBeUndefined()
    expect(parseBugfix(text(draft, 'bugfix.md'))).toMatchObject({
      current: [
        {
          number: '1.1',
          text: 'WHEN a bill has cents THEN the system shows this defect: the sum is wrong',
        },
      ],
      expected: [
        { number: '2.1', text: 'WHEN a bill has cents THEN the system SHALL round the sum up' },
        {
          number: '2.2',
          text: 'WHEN the defect is mended THEN the system SHALL provide a list of all wrong bills',
        },
      ],
      unchanged: [
        {
          number: '3.1',
          text: 'WHEN the defect is mended THEN the system SHALL CONTINUE TO keep the numbers of the bills as before',
        },
      ],
    })
  })

  it('plans the test of the defect, the tests of the rest, and then the fix', async () => {
    const draft = await plan(defectBrief())
    expect(tasksOf(draft).map(({ number, title }) => `${number} ${title}`)).toEqual([
      '1 Write a test that shows the defect',
      '2 Write tests for what must not change',
      '3.1 Find the cause and mend it',
      '3.2 See the test of the defect pass',
      '3.3 See the tests of what must not change pass',
      '4.1 Provide a list of all wrong bills',
      '5 Checkpoint - Ensure all tests pass',
    ])
    expect(text(draft, 'tasks.md')).toContain('    - _Bug_Condition: a bill has cents_\n')
    expect(draft.trace.every(({ tasks }) => tasks.length > 0)).toBe(true)
  })

  it('says what it had to guess: the right behaviour follows from the wrong one', async () => {
    const [defect] = defectBrief().items
    const draft = await plan({ ...defectBrief(), items: defect ? [defect] : [] })
    expect(lintSpec(draft.files)).toEqual([])
    const { expected, unchanged } = parseBugfix(text(draft, 'bugfix.md'))
    expect(expected.map((one) => one.text)).toEqual([
      'WHEN a bill has cents THEN the system SHALL NOT show this defect: the sum is wrong',
    ])
    expect(unchanged).toHaveLength(1)
    expect(draft.trace.find(({ ref }) => ref === '3.1')?.inferred).toContain('Nobody said so')
  })

  it('states for each of many defects what is right', async () => {
    const told = [
      'The weight shows 2 instead of 2.25.',
      'The list only has the first page.',
      'The sum is wrong.',
    ]
    const defects = told.map((what, at) => {
      const citations = [{ turn: `t${at + 2}`, quote: what }]
      return { ...item(`G${at + 1}`, 'goal', `To be mended: ${what}`), citations }
    })
    const wanted = {
      ...item('R1', 'requirement', 'The list contains every article.'),
      citations: [{ turn: 't3', quote: 'every article' }],
    }
    const draft = await plan({ ...defectBrief(), items: [...defects, wanted] })
    expect(lintSpec(draft.files)).toEqual([])
    const { expected, unchanged } = parseBugfix(text(draft, 'bugfix.md'))
    expect([...expected, ...unchanged].map((one) => one.text)).toEqual([
      'WHEN the product is used THEN the system SHALL make sure that the list contains every article',
      'WHEN the product is used THEN the system SHALL make sure that the weight shows 2.25 instead of 2',
      'WHEN the product is used THEN the system SHALL NOT show this defect: the sum is wrong',
      'WHEN the defect does not show THEN the system SHALL CONTINUE TO do what it does today',
    ])
  })

  it('keeps its numbers in the next version, and takes away what is retired', async () => {
    const first = { brief: defectBrief(), draft: await plan(defectBrief()) }
    expect(isEmptyDiff(diffPlans(first.draft, await plan(defectBrief(), first)))).toBe(true)
    const next = await plan(without(defectBrief(), 'R1'), first)
    expect(lintSpec(next.files).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(next.retired?.map(({ ref }) => ref)).toEqual(['2.1'])
    expect(requirementsIn(next.files)[1]?.criteria.map(({ ref }) => ref)).toEqual(['2.2'])
    expect(tasksOf(next).map(({ title }) => title)).toContain('Remove what was built for 2.1')
  })

  it('goes on as a feature with its numbers when changes are asked for too', async () => {
    const first = { brief: defectBrief(), draft: await plan(defectBrief()) }
    const more = changesBrief().items.map((one) => ({ ...one, id: `${one.id}9` }))
    const next = await plan({ ...defectBrief(), items: [...defectBrief().items, ...more] }, first)
    expect(lintSpec(next.files)).toEqual([])
    const { added, changed } = diffPlans(first.draft, next).requirements
    expect(changed.map(({ ref }) => ref)).toEqual(['2', '3'])
    expect(added.map(({ ref }) => ref)).toEqual(['4', '5', '6', '7', '8'])
  })

  it('stays a feature where the project began with requirements', async () => {
    const first = { brief: workshopBrief(), draft: await plan(workshopBrief()) }
    const next = await plan({ ...defectBrief(), feature: 'bike-workshop' }, first)
    expect(planFile(next.files, 'bugfix.md')).toBeUndefined()
    expect(hasErrors(lintSpec(next.files))).toBe(false)
    expect(Math.min(...requirementsIn(next.files).map(({ ref }) => Number(ref)))).toBeGreaterThan(
      requirementsIn(first.draft.files).length,
    )
  })
})

describe('a talk about changes', () => {
  it('plans the changes and nothing around them', async () => {
    const draft = await plan(changesBrief())
    expect(lintSpec(draft.files)).toEqual([])
    expect(tasksOf(draft).map(({ number, title }) => `${number} ${title}`)).toEqual([
      '1.1 Hold by tests what must not change',
      '1.2 Let customers buy without an account',
      '1.3 Let the warehouse see the stock',
      '1.4 Remove the fax number',
      '1.5 Find words with umlauts',
      '2 Checkpoint - Ensure all tests pass',
    ])
    expect(draft.trace.filter(({ inferred }) => inferred !== undefined)).toEqual([])
    expect(draft.stack).toMatchObject([{ part: 'Product', basis: 'constraint' }])
    expect(text(draft, 'requirements.md')).toContain('SHALL CONTINUE TO keep the colours as before')
    expect(text(draft, 'design.md')).not.toContain('src/server.js')
    expect(text(draft, 'structure.md')).not.toContain('public/')
  })
})

it('keeps its form whatever a brief says about a product in use', async () => {
  const marks: Partial<BriefItem>[] = [
    ...defectBrief().items.slice(0, 1),
    ...changesBrief().items.slice(-1),
  ]
  await fc.assert(
    fc.asyncProperty(anyBrief, fc.subarray(marks, { minLength: 1 }), async (brief, more) => {
      const told = `To be mended: ${brief.summary || 'It fails.'}`
      const marked = more.map((one, at) => ({
        ...one,
        id: `G${at + 90}`,
        ...(one.kind === 'goal' && { statement: told }),
      }))
      const items = [...brief.items, ...marked]
      const draft = await plan({ ...brief, items: items as BriefItem[] })
      expect(lintSpec(draft.files).filter(({ severity }) => severity === 'error')).toEqual([])
      const criteria = requirementsIn(draft.files).flatMap((one) => one.criteria)
      const isStatement = planFile(draft.files, 'bugfix.md') !== undefined
      expect(criteria.filter((one) => !isStatement && !parseEars(one.text))).toEqual([])
      expect(draft.trace.filter(({ ref }) => ref.includes('.'))).toHaveLength(criteria.length)
      expect(draft.trace.every(({ tasks }) => tasks.length > 0)).toBe(true)
      const planned = draft.phases.flatMap((phase) => phase.tasks)
      const waves = parseTasks(text(draft, 'tasks.md')).waves.flatMap((wave) => wave.tasks)
      expect(waves.sort()).toEqual(planned.sort())
    }),
    { numRuns: 150 },
  )
})
