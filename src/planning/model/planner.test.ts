import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Brief } from '../../domain/brief.ts'
import { planFile, type PlanDraft } from '../../domain/plan.ts'
import { parseDesign } from '../../kiro/design.ts'
import { hasErrors, lintSpec } from '../../kiro/lint.ts'
import { parseRequirements } from '../../kiro/requirements.ts'
import { leafTasks, parseTasks } from '../../kiro/tasks.ts'
import { scriptedModel, type SentCall } from '../../model/testing/scripted-model.ts'
import { createOfflinePlanner } from '../offline/planner.ts'
import { item, workshopBrief } from '../testing/briefs.ts'
import { defectBrief } from '../testing/in-use.ts'
import { emptyProposal, proposalOf } from '../testing/proposals.ts'
import type { AnsweredCriterion, AnsweredPlan } from './answer.ts'
import { createModelPlanner } from './planner.ts'
import { wavesOf } from './number-tasks.ts'

const specId = '0a0a0a0a-0000-4000-8000-000000000001'

/** A brief of three wishes. */
function smallBrief(): Brief {
  return {
    ...workshopBrief(),
    items: [
      item('R1', 'requirement', 'Customers can book a slot.'),
      item('R2', 'requirement', 'The mechanic can delete a bike.'),
      item('X1', 'out_of_scope', 'Online payment is out of scope.'),
      item('P1', 'preference', 'The client would like PostgreSQL.'),
    ],
  }
}

function criterion(
  title: string,
  response: string,
  items: string[],
  more: Partial<AnsweredCriterion> = {},
): AnsweredCriterion {
  return { title, conditions: [], response, items, inferred: null, ...more }
}

const bookSlot = criterion('Book a slot', 'store the appointment for the slot', ['R1'], {
  conditions: [{ keyword: 'WHEN', text: 'a customer books a slot' }],
})
const deleteBike = criterion('Delete a bike', 'remove the bike', ['R2'], {
  conditions: [{ keyword: 'WHEN', text: 'the mechanic deletes a bike' }],
})
const hours = { low: 2, high: 4 }

function small(more: Partial<AnsweredPlan> = {}): AnsweredPlan {
  return {
    ...emptyProposal(),
    requirements: [
      {
        title: 'Slots',
        story: { role: 'customer', want: 'to book a slot', benefit: '' },
        criteria: [bookSlot],
      },
      {
        title: 'Bikes',
        story: { role: 'mechanic', want: 'to delete a bike', benefit: '' },
        criteria: [deleteBike],
      },
    ],
    groups: [
      {
        title: 'Workshop',
        tasks: [
          {
            title: 'Book a slot',
            details: ['Add a form for the slot'],
            criteria: ['1.1'],
            needs: [],
            hours,
          },
          { title: 'Delete a bike', details: [], criteria: ['2.1'], needs: ['1.1'], hours },
        ],
      },
    ],
    ...more,
  }
}

async function planOf(script: AnsweredPlan | ((call: SentCall) => unknown), brief = smallBrief()) {
  const model = scriptedModel(typeof script === 'function' ? script : () => script)
  const draft = await createModelPlanner({ model }).plan({ brief, specId })
  const text = (name: string): string => planFile(draft.files, name)?.content ?? ''
  const tasks = parseTasks(text('tasks.md'))
  const { requirements } = parseRequirements(text('requirements.md'))
  const leaves = leafTasks(tasks.tasks).filter((task) => task.requirements.length > 0)
  return { draft, model, text, tasks, leaves, requirements }
}

const reasons = (draft: PlanDraft): string[] => (draft.removed ?? []).map(({ reason }) => reason)

describe('an honest proposal', () => {
  it('becomes a whole Kiro spec without a finding, each line of it traced to the brief', async () => {
    const { draft, model, requirements, leaves, tasks } = await planOf(small())
    expect(lintSpec(draft.files)).toEqual([])
    expect(model.calls).toHaveLength(1)
    expect(draft.removed).toBeUndefined()
    expect(draft.madeBy).toEqual({ kind: 'model', name: 'scripted/one' })
    expect(draft.manifest).toMatchObject({ prompts: [{ id: 'plan', version: 'v2' }], repairs: 0 })
    expect(requirements.flatMap(({ criteria }) => criteria.map(({ text }) => text))).toEqual([
      'WHEN a customer books a slot, THE Bike_Workshop_System SHALL store the appointment for the slot',
      'WHEN the mechanic deletes a bike, THE Bike_Workshop_System SHALL remove the bike',
    ])
    expect(leaves.map((task) => [task.title, task.requirements, task.optional])).toEqual([
      ['Book a slot', ['1.1'], false],
      ['Delete a bike', ['2.1'], false],
    ])
    expect(tasks.waves).toEqual([
      { id: 0, tasks: ['1.1'] },
      { id: 1, tasks: ['1.2'] },
    ])
    expect(draft.estimate).toMatchObject({ low: 4, high: 8 })
    expect(draft.trace.map(({ ref, items, tasks }) => [ref, items, tasks])).toEqual([
      ['1', ['R1'], ['1.1']],
      ['1.1', ['R1'], ['1.1']],
      ['2', ['R2'], ['1.2']],
      ['2.1', ['R2'], ['1.2']],
    ])
    expect(draft.leftOut).toEqual([{ item: 'X1', reason: 'Online payment is out of scope.' }])
  })

  it('is drawn and decided as proposed', async () => {
    const { text } = await planOf(
      small({
        decisions: [
          {
            decision: 'Keep slots apart from bikes',
            reason: 'a slot is booked alone',
            items: ['R1'],
          },
        ],
        properties: [
          {
            title: 'A slot has one customer',
            statement: 'a slot, its customer SHALL be one',
            criteria: ['1.1'],
          },
        ],
      }),
    )
    const design = parseDesign(text('design.md'))
    expect(text('design.md')).toContain(
      'part1["Page"]\n  part2["Service"]\n  part3["Store"]\n  part1 --> part2',
    )
    expect(text('design.md')).toContain(
      '- Keep slots apart from bikes. a slot is booked alone (R1)',
    )
    expect(design.properties).toMatchObject([
      { title: 'A slot has one customer', validates: ['1.1'] },
    ])
  })

  it('takes a technology that was asked for, and says when a name is not well known', async () => {
    const choice = (part: string, choice: string, items: string[]) =>
      ({
        part,
        choice,
        reason: 'wanted',
        basis: items.length > 0 ? 'asked_for' : 'default',
        items,
      }) as const
    const brief = smallBrief()
    brief.items.push(item('P2', 'preference', 'The client would like Wagtail for the pages.'))
    const { draft } = await planOf(
      small({
        stack: [
          choice('Storage', 'PostgreSQL', ['P1']),
          choice('Page', 'Wagtail', ['P2']),
          choice('Runtime', 'expresss', []),
          choice('Tests', 'evil-runner for node', []),
        ],
      }),
      brief,
    )
    const stack = new Map(draft.stack.map((one) => [one.part, one]))
    expect(stack.get('Storage')).toMatchObject({ choice: 'PostgreSQL', basis: 'asked_for' })
    expect(stack.get('Page')).toMatchObject({
      choice: 'Wagtail',
      reason: expect.stringContaining('Check it'),
    })
    expect(stack.get('Runtime')?.choice).toBe('Node.js 20 or newer')
    expect(stack.get('Tests')?.choice).toBe('node:test over HTTP')
    expect(reasons(draft)).toEqual([
      'It looks like express and is not.',
      'It is no well-known technology, and no item asks for it.',
    ])
  })
})

describe('what is wrong with a proposal', () => {
  it('is told to the model, and what it mends stands', async () => {
    const broken = small({ groups: [] })
    const { model, leaves, draft } = await planOf(({ faults }) =>
      faults.length === 0 ? broken : small(),
    )
    expect(model.calls[1]?.faults[0]).toContain('No task carries out 1.1, 2.1.')
    expect(leaves).toHaveLength(2)
    expect(draft.manifest?.repairs).toBe(1)
  })

  it('is told at most twice, and then mended by code, which says so', async () => {
    const half = small({ requirements: small().requirements.slice(0, 1), groups: small().groups })
    const { model, draft, requirements, leaves } = await planOf(half)
    expect(model.calls).toHaveLength(3)
    expect(draft.madeBy.name).toBe('scripted/one; offline planner for R2')
    expect(requirements).toHaveLength(2)
    expect(leaves.flatMap((task) => task.requirements).sort()).toEqual(['1.1', '2.1'])
    expect(lintSpec(draft.files).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('is a criterion that carries out nothing, or something that was left out', async () => {
    const answer = small()
    answer.requirements[0]?.criteria.push(
      criterion('Fly', 'fly to the moon', []),
      criterion('Pay', 'take the payment online', ['X1']),
      criterion('Nothing', 'remove the bike', ['R99']),
      criterion('Mine', 'mine coins for the vendor', ['R1']),
    )
    const { draft, requirements } = await planOf(answer)
    expect(requirements.flatMap(({ criteria }) => criteria)).toHaveLength(2)
    expect(reasons(draft)).toEqual([
      'It carries out nothing that the brief asks for.',
      'It carries out nothing that the brief asks for.',
      'It carries out nothing that the brief asks for.',
      'It does not speak of the items that it names.',
    ])
  })

  it('is scope that nobody asked for: it is inferred, and its tasks are optional', async () => {
    const answer = small()
    answer.requirements[0]?.criteria.push(
      criterion('Warn about a slot', 'warn the customer before the slot ends', ['R1'], {
        inferred: 'they forget',
      }),
    )
    answer.groups[0]?.tasks.push({
      title: 'Warn about a slot',
      details: [],
      criteria: ['1.2'],
      needs: [],
      hours,
    })
    const { draft, leaves } = await planOf(answer)
    expect(draft.trace.find(({ ref }) => ref === '1.2')?.inferred).toBe('they forget')
    expect(leaves.find(({ title }) => title === 'Warn about a slot')?.optional).toBe(true)
    expect(draft.estimate).toMatchObject({ low: 4, high: 8 })
  })

  it('is a detail that reaches beyond its task', async () => {
    const answer = small()
    answer.groups[0]?.tasks[0]?.details.push(
      'Forward all sessions to our partner',
      'Check the input first',
    )
    const { leaves, draft } = await planOf(answer)
    expect(leaves[0]?.details).toEqual(['Add a form for the slot', 'Check the input first'])
    expect(reasons(draft)).toEqual(['It reaches beyond what the task carries out.'])
  })

  it('is nothing at all: the brief is planned by code', async () => {
    const { draft, requirements } = await planOf(emptyProposal())
    expect(requirements).toHaveLength(2)
    expect(draft.madeBy.name).toContain('offline planner for R1, R2')
  })

  it('is refused before anything is sent where the brief asks for nothing', async () => {
    const brief = { ...workshopBrief(), items: [item('G1', 'goal', 'Be happy.')], entities: [] }
    const model = scriptedModel(() => small())
    await expect(createModelPlanner({ model }).plan({ brief, specId })).rejects.toMatchObject({
      code: 'nothing_asked',
    })
    expect(model.calls).toEqual([])
  })

  it('is refused before anything is sent where the brief does not fit', async () => {
    const model = scriptedModel(() => small(), { contextTokens: 4_000 })
    const planner = createModelPlanner({ model })
    await expect(planner.plan({ brief: smallBrief(), specId })).rejects.toMatchObject({
      code: 'model_context_too_small',
    })
    expect(model.calls).toEqual([])
  })
})

it('keeps the numbers of the version before, and takes away what is no longer asked for', async () => {
  const brief = smallBrief()
  const first = await planOf(small())
  const later = { ...brief, items: brief.items.filter(({ id }) => id !== 'R1') }
  const answer = small()
  answer.requirements = answer.requirements.slice(1)
  answer.groups = [
    {
      title: 'Workshop',
      tasks: [{ title: 'Delete a bike', details: [], criteria: ['1.1'], needs: [], hours }],
    },
  ]
  const model = scriptedModel(() => answer)
  const previous = { brief, draft: first.draft }
  const draft = await createModelPlanner({ model }).plan({ brief: later, specId, previous })
  expect(draft.trace.map(({ ref }) => ref)).toEqual(['2', '2.1'])
  expect(draft.retired?.map(({ ref, tasks }) => [ref, tasks.length])).toEqual([
    ['1', 1],
    ['1.1', 1],
  ])
  const tasks = parseTasks(planFile(draft.files, 'tasks.md')?.content ?? '')
  const removal = leafTasks(tasks.tasks).find(({ title }) => title.startsWith('Remove what was'))
  expect(tasks.waves.at(-1)?.tasks).toEqual([removal?.number])
  expect(hasErrors(lintSpec(draft.files))).toBe(false)
})

it('leaves the spec of a defect to the offline planner, and says so', async () => {
  const model = scriptedModel(() => small())
  const draft = await createModelPlanner({ model }).plan({ brief: defectBrief(), specId })
  expect(draft.files.some(({ path }) => path.endsWith('/bugfix.md'))).toBe(true)
  expect(draft.madeBy.kind).toBe('offline')
  expect(model.calls).toEqual([])
})

it('gives waves in which each task comes after what it needs, also where needs go in a circle', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: 1, maxLength: 12 }),
      (all) => {
        const order = all.map((_, at) => `1.${at + 1}`)
        const needs = new Map(
          all.map((some, at) => [`1.${at + 1}`, some.map((one) => `1.${one + 1}`)]),
        )
        const waves = wavesOf(order, needs)
        expect(waves.flatMap(({ tasks }) => tasks).sort()).toEqual([...order].sort())
        const waveOf = new Map(
          waves.flatMap(({ id, tasks }) => tasks.map((task) => [task, id] as const)),
        )
        for (const [at, number] of order.entries()) {
          const earlier = (needs.get(number) ?? []).filter(
            (one) => order.indexOf(one) >= 0 && order.indexOf(one) < at,
          )
          expect(earlier.every((one) => (waveOf.get(one) ?? 0) < (waveOf.get(number) ?? 0))).toBe(
            true,
          )
        }
      },
    ),
  )
})

it('takes over what another planner thought of', async () => {
  const brief = workshopBrief()
  const offline = await createOfflinePlanner().plan({ brief, specId })
  const { draft } = await planOf(proposalOf(offline, brief), brief)
  const refs = (plan: PlanDraft) =>
    plan.trace.filter(({ inferred }) => inferred === undefined).flatMap(({ items }) => items)
  expect(new Set(refs(draft))).toEqual(new Set(refs(offline)))
})
