import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Brief } from '../../domain/brief.ts'
import { planFile } from '../../domain/plan.ts'
import type { PlanDraft } from '../../domain/plan.ts'
import { recogniseCapability } from '../../kiro/recognise-capability.ts'
import { parseDataModels } from '../../kiro/data-models.ts'
import { parseDesign } from '../../kiro/design.ts'
import { lintSpec } from '../../kiro/lint.ts'
import { parseRequirements } from '../../kiro/requirements.ts'
import { leafTasks, parseTasks } from '../../kiro/tasks.ts'
import { anyBrief, item, said, workshopBrief } from '../testing/briefs.ts'
import { createOfflinePlanner } from './planner.ts'

const specId = '0a0a0a0a-0000-4000-8000-000000000001'
const plan = (brief: Brief): Promise<PlanDraft> => createOfflinePlanner().plan({ brief, specId })
const text = (draft: PlanDraft, name: string): string => planFile(draft.files, name)?.content ?? ''

/** What the plan holds, read back from its files. */
function readBack(draft: PlanDraft) {
  const requirements = parseRequirements(text(draft, 'requirements.md')).requirements
  const design = parseDesign(text(draft, 'design.md'))
  const models = design.sections.find(({ heading }) => heading === 'Data Models')
  return {
    requirements,
    criteria: requirements.flatMap(({ number, criteria }) =>
      criteria.map((one) => ({ ref: `${number}.${one.number}`, ...one })),
    ),
    design,
    entities: parseDataModels(models?.body ?? ''),
    tasks: parseTasks(text(draft, 'tasks.md')),
  }
}

describe('a plan for a small talk', () => {
  it('is a whole Kiro spec without a lint error', async () => {
    const draft = await plan(workshopBrief())
    expect(draft.files.map(({ path }) => path)).toEqual([
      '.kiro/specs/bike-workshop/requirements.md',
      '.kiro/specs/bike-workshop/design.md',
      '.kiro/specs/bike-workshop/tasks.md',
      '.kiro/specs/bike-workshop/.config.kiro',
      '.kiro/steering/product.md',
      '.kiro/steering/tech.md',
      '.kiro/steering/structure.md',
    ])
    expect(lintSpec(draft.files)).toEqual([])
  })

  it('puts statements into EARS that the builder understands', async () => {
    const { criteria, entities } = readBack(await plan(workshopBrief()))
    expect(criteria.every(({ ears }) => ears !== undefined)).toBe(true)
    const said = criteria.map(({ text }) => recogniseCapability({ text }, entities)?.kind)
    for (const kind of ['keep', 'create', 'search', 'delete', 'choice', 'limit']) {
      expect(said).toContain(kind)
    }
    const texts = criteria.map((one) => one.text)
    expect(texts).toContain(
      'WHEN a customer books a slot, THE Bike_Workshop_System SHALL store the appointment and show the appointment in the list of appointments',
    )
    expect(texts).toContain(
      'WHEN the bike is ready, THE Bike_Workshop_System SHALL send customers a text message',
    )
  })

  it('puts records before those that refer to them', async () => {
    const { entities, tasks } = readBack(await plan(workshopBrief()))
    expect(entities.map(({ name }) => name)).toEqual(['Bike', 'Slot', 'Appointment'])
    expect(tasks.tasks.map(({ title }) => title).slice(0, 4)).toEqual([
      'Set up the project',
      'Bikes',
      'Slots',
      'Appointments',
    ])
  })

  it('traces every requirement and criterion to what was said, or says that it is inferred', async () => {
    const draft = await plan(workshopBrief())
    const { requirements, criteria } = readBack(draft)
    const refs = [
      ...requirements.map(({ number }) => `${number}`),
      ...criteria.map(({ ref }) => ref),
    ]
    expect(draft.trace.map(({ ref }) => ref).sort()).toEqual(refs.sort())
    for (const link of draft.trace) {
      expect(link.citations.length > 0 || link.inferred !== undefined).toBe(true)
      expect(link.tasks.length).toBeGreaterThan(0)
    }
  })

  it('gives what the software is for a task of its own, beside the set-up', async () => {
    const items = [
      item(
        'R1',
        'requirement',
        'Customers can order cakes online.',
        said('customer', 'order', 'cake'),
      ),
    ]
    const bare = { ...workshopBrief(), items, entities: [], openQuestions: [], contradictions: [] }
    const titles = leafTasks(readBack(await plan(bare)).tasks.tasks).map(({ title }) => title)
    expect(titles.slice(0, 2)).toEqual([
      'Create the project with its data store, server, page and tests',
      'Let customers order cakes online',
    ])
  })

  it('lets only optional tasks carry out what nobody said', async () => {
    const draft = await plan(workshopBrief())
    const inferred = new Set(draft.trace.flatMap((link) => (link.inferred ? [link.ref] : [])))
    const required = leafTasks(readBack(draft).tasks.tasks).filter(({ optional }) => !optional)
    expect(inferred.size).toBeGreaterThan(0)
    expect(
      required.flatMap((task) => task.requirements).filter((ref) => inferred.has(ref)),
    ).toEqual([])
  })

  it('lists questions and contradictions, and what is left out', async () => {
    const draft = await plan(workshopBrief())
    const open = readBack(draft).design.sections.find(({ heading }) => heading === 'Open Questions')
    expect(open?.body).toContain('Are there several mechanics?')
    expect(open?.body).toContain('Sundays are open, and Sundays are closed.')
    expect(draft.leftOut).toEqual([{ item: 'X1', reason: 'Online payment is out of scope.' }])
    expect(text(draft, 'tasks.md')).toContain('Left out (X1)')
  })

  it('takes a technology that was asked for into the stack', async () => {
    const { stack } = await plan(workshopBrief())
    expect(stack.find(({ part }) => part === 'Storage')).toMatchObject({
      choice: 'PostgreSQL',
      basis: 'asked_for',
    })
    expect(stack.find(({ part }) => part === 'Runtime')?.basis).toBe('default')
  })

  it('names the criteria that a property validates', async () => {
    const { design, criteria } = readBack(await plan(workshopBrief()))
    const refs = new Set(criteria.map(({ ref }) => ref))
    expect(design.properties.length).toBeGreaterThan(3)
    for (const { validates } of design.properties) {
      expect(validates.every((ref) => refs.has(ref))).toBe(true)
    }
  })

  it('is the same for the same brief', async () => {
    expect(await plan(workshopBrief())).toEqual(await plan(workshopBrief()))
  })
})

it('says so when something that was said is not in it, and only then that it holds all', async () => {
  const missed = (turn: string) => ({ turn, quote: 'words', outcome: 'missed' as const, items: [] })
  const brief = { ...workshopBrief(), needs: [missed('t4'), missed('t4'), missed('t7')] }
  const notes = text(await plan(brief), 'tasks.md')
  expect(notes).toContain('Nothing was made of what was said in t4, t7')
  const whole = { ...workshopBrief(), items: brief.items.filter(({ id }) => id !== 'X1') }
  expect(text(await plan(whole), 'tasks.md')).toContain('Nothing that was asked for is left out.')
  expect(text(await plan({ ...whole, needs: [missed('t4')] }), 'tasks.md')).not.toContain(
    'Nothing that was asked for',
  )
})

it('names the risks that the talk shows, with what is done about them', async () => {
  const draft = await plan(workshopBrief())
  expect(draft.risks?.flatMap(({ items }) => items)).toEqual(['K1', 'O1'])
  const { design } = readBack(draft)
  const table = design.sections.find(({ heading }) => heading === 'Risks')?.body
  expect(table).toContain('Two statements contradict each other: Sundays are open')
})

it('says what was left out because a plan holds no more', async () => {
  const items = Array.from({ length: 203 }, (_, at) =>
    item(`R${at + 1}`, 'requirement', `The system prints list ${at + 1}.`, {
      verb: 'print',
      object: `list ${at + 1}`,
      negated: false,
    }),
  )
  const { leftOut } = await plan({ ...workshopBrief(), items, entities: [] })
  expect(leftOut.map(({ item: id }) => id)).toEqual(['R201', 'R202', 'R203'])
})

it('refuses a brief that asks for nothing', async () => {
  const brief = { ...workshopBrief(), items: [item('G1', 'goal', 'Be happy.')], entities: [] }
  await expect(plan(brief)).rejects.toMatchObject({ code: 'nothing_asked', retryable: false })
})

it('leaves a name in capitals as it was said', async () => {
  const confirm = { actor: 'IFA representative', verb: 'confirm', object: 'change', negated: false }
  const said = 'Another IFA representative confirms the change.'
  const items = [item('R1', 'requirement', said, confirm)]
  const draft = await plan({ ...workshopBrief(), items, entities: [] })
  expect(text(draft, 'requirements.md')).toContain('As an IFA representative, I want')
})

it('guesses what to keep only when no entity is named, and says so', async () => {
  const add = { actor: 'cook', verb: 'add', object: 'recipe', negated: false }
  const items = [item('R1', 'requirement', 'A cook can add recipes.', add)]
  const draft = await plan({ ...workshopBrief(), items, entities: [] })
  expect(readBack(draft).entities).toMatchObject([{ name: 'Recipe', fields: [{ name: 'name' }] }])
  expect(text(draft, 'design.md')).toContain('Inferred: Nobody said what is kept of it.')
  const optional = leafTasks(readBack(draft).tasks.tasks).filter((task) => task.optional)
  expect(optional.flatMap(({ requirements }) => requirements)).toContain('1.1')
})

it('takes an address for no message and for nothing that is kept by itself', async () => {
  const items = [
    item('R1', 'requirement', 'Members log in with email and password.', {
      ...said('member', 'log', ''),
      rest: 'in with email and password',
    }),
    item('R2', 'requirement', 'Members can change their email address.', {
      ...said('member', 'change', 'email address'),
    }),
    item('R3', 'requirement', 'Members get an email.', said('member', 'get', 'email')),
  ]
  const draft = await plan({ ...workshopBrief(), items, entities: [] })
  expect(readBack(draft).entities).toEqual([])
  const messages = draft.phases.find(({ name }) => name === 'Messages')
  expect(messages?.tasks).toHaveLength(1)
})

it('keeps its form whatever the brief says', async () => {
  await fc.assert(
    fc.asyncProperty(anyBrief, async (brief) => {
      expect(Brief.safeParse(brief).success).toBe(true)
      const draft = await plan(brief)
      const errors = lintSpec(draft.files).filter(({ severity }) => severity === 'error')
      expect(errors).toEqual([])
      const { requirements, criteria, tasks, entities, design } = readBack(draft)
      const wholes = draft.trace.filter(({ ref }) => !ref.includes('.'))
      expect(requirements).toHaveLength(wholes.length)
      expect(criteria).toHaveLength(draft.trace.length - wholes.length)
      expect(criteria.filter(({ ears }) => ears === undefined)).toEqual([])
      const planned = draft.phases.flatMap((phase) => phase.tasks)
      expect(leafTasks(tasks.tasks)).toHaveLength(planned.length + 1)
      expect(tasks.waves.flatMap((wave) => wave.tasks).sort()).toEqual(planned.sort())
      expect(entities.length).toBeGreaterThan(0)
      expect(design.sections).toHaveLength(10)
      expect(draft.trace.every((link) => link.tasks.length > 0)).toBe(true)
    }),
    { numRuns: 300 },
  )
})
