import { describe, expect, it } from 'vitest'
import type { Brief } from '../domain/brief.ts'
import { type PlanDraft, planFile } from '../domain/plan.ts'
import { parseDesign } from '../kiro/design.ts'
import { hasErrors, lintSpec } from '../kiro/lint.ts'
import { leafTasks, parseTasks } from '../kiro/tasks.ts'
import { scriptedModel } from '../model/testing/scripted-model.ts'
import { createModelPlanner } from './model/planner.ts'
import { createOfflinePlanner } from './offline/planner.ts'
import { workshopBrief } from './testing/briefs.ts'
import { changesBrief, defectBrief } from './testing/in-use.ts'
import { diagramsIn } from './testing/mermaid.ts'
import { proposalOf } from './testing/proposals.ts'

const specId = '0a0a0a0a-0000-4000-8000-000000000001'
const offline = createOfflinePlanner()

/** What a planner's pack says, file by file. */
async function packOf(how: 'offline' | 'model', brief: Brief) {
  const own = await offline.plan({ brief, specId })
  const model = scriptedModel(() => proposalOf(own, brief))
  const draft =
    how === 'offline' ? own : await createModelPlanner({ model }).plan({ brief, specId })
  const text = (name: string): string => planFile(draft.files, name)?.content ?? ''
  const { sections } = parseDesign(text('design.md'))
  const design = new Map(sections.map(({ heading, body }) => [heading, body]))
  return { draft, text, design, tasks: parseTasks(text('tasks.md')) }
}

/** That the notes of tasks.md say what the plan's data says: effort, what it takes for granted, what is left out. */
function expectNotes({ estimate, leftOut }: PlanDraft, notes: readonly string[]): void {
  const { low, high, assumptions } = estimate
  expect(low).toBeLessThan(high)
  expect(notes).toContain(`Effort: ${low} to ${high} hours.`)
  expect(notes.filter((note) => note.startsWith('Assumed: '))).toHaveLength(assumptions.length)
  expect(assumptions.length).toBeGreaterThan(1)
  for (const { item } of leftOut) expect(notes.join('\n')).toContain(`Left out (${item}): `)
}

describe.each(['offline', 'model'] as const)('a plan of the %s planner', (how) => {
  it('has every part where something new is asked for', async () => {
    const { draft, design, tasks } = await packOf(how, workshopBrief())
    expect(draft.madeBy.kind).toBe(how)
    expect(hasErrors(lintSpec(draft.files, draft.trace))).toBe(false)
    for (const { part, choice, reason } of draft.stack) {
      expect(reason).not.toBe('')
      expect(design.get('Stack')).toContain(`| ${part} | ${choice} |`)
    }
    expect(design.get('Stack')).toContain('| a default |')
    expect(design.get('Stack')).toContain('| asked for |')
    expect(await diagramsIn(`${design.get('Architecture')}\n`)).toEqual(['flowchart-v2'])
    expect(await diagramsIn(`${design.get('Data Models')}\n`)).toEqual(['er'])
    expect(design.get('Data Models')).toContain('frameNumber')
    expect(draft.phases.length).toBeGreaterThan(1)
    const groups = tasks.tasks.map(({ title }) => title)
    expect(groups).toEqual(expect.arrayContaining(draft.phases.map(({ name }) => name)))
    expectNotes(draft, tasks.notes)
    expect(draft.leftOut.map(({ item }) => item)).toContain('X1')
    expect(draft.risks?.map(({ items }) => items[0])).toEqual(expect.arrayContaining(['K1', 'O1']))
    for (const { items } of draft.risks ?? [])
      expect(design.get('Risks')).toContain(`| ${items.join(', ')} |`)
    expect(design.get('Overview')).toContain('The client would like PostgreSQL. (P1)')
    expect(design.get('Open Questions')).toContain('O1')
  })

  it('plans the changes of a product that is in use, and nothing around them', async () => {
    const { draft, design, tasks } = await packOf(how, changesBrief())
    expect(draft.madeBy.kind).toBe(how)
    expect(lintSpec(draft.files).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(draft.stack.map(({ part }) => part)).toEqual(['Product'])
    expect(design.get('Architecture')).toContain('the product that is in use')
    expect(await diagramsIn(`${design.get('Architecture')}\n`)).toEqual(['flowchart-v2'])
    expect(design.get('Components and Interfaces')).toContain('| stays |')
    expect(design.get('Risks')).toContain('Nobody has seen the code')
    expectNotes(draft, tasks.notes)
    expect(draft.estimate.assumptions.join(' ')).toContain('Nobody has seen the code')
    const leaves = leafTasks(tasks.tasks).filter(({ requirements }) => requirements.length > 0)
    expect(leaves[0]?.title).toBe('Hold by tests what must not change')
    expect(tasks.waves[0]?.tasks).toEqual([leaves[0]?.number])
    const kept = draft.trace.find(({ ref, items }) => ref.includes('.') && items.includes('P1'))
    expect(kept?.tasks).toEqual([leaves[0]?.number])
  })

  it('is a bugfix spec where a defect is to be mended', async () => {
    const { draft, text, design, tasks } = await packOf(how, defectBrief())
    expect(text('bugfix.md')).toContain('the system SHALL')
    expect(text('requirements.md')).toBe('')
    expect(hasErrors(lintSpec(draft.files))).toBe(false)
    expect(text('tech.md')).toContain('What the product is built with today')
    expect(design.get('Risks')).toContain('There is a date to be met')
    expect(draft.phases.length).toBeGreaterThan(1)
    expectNotes(draft, tasks.notes)
  })
})

it('foresees that a defect takes no call, or one where the project began with a feature', () => {
  const planner = createModelPlanner({ model: scriptedModel(() => undefined) })
  const { calls, inputTokens } = planner.estimate(defectBrief())
  expect([calls, inputTokens.low]).toEqual([1, 0])
  expect(inputTokens.high).toBeGreaterThan(0)
  expect(planner.estimate(workshopBrief()).calls).toBe(1)
})

it('asks a model again for a project that began with requirements, though its talk is of a defect', async () => {
  const brief = workshopBrief()
  const previous = { brief, draft: await offline.plan({ brief, specId }) }
  const later = { ...defectBrief(), feature: brief.feature }
  const own = await offline.plan({ brief: later, specId, previous })
  const model = scriptedModel(() => proposalOf(own, later))
  const draft = await createModelPlanner({ model }).plan({ brief: later, specId, previous })
  expect(draft.madeBy.kind).toBe('model')
  expect(planFile(draft.files, 'requirements.md')).toBeDefined()
})
