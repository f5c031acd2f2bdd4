import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Brief, Entity } from '../../domain/brief.ts'
import { planFile } from '../../domain/plan.ts'
import { anyBrief, item, workshopBrief } from '../testing/briefs.ts'
import { diagramsIn } from '../testing/mermaid.ts'
import { createOfflinePlanner } from './planner.ts'

type Field = Entity['fields'][number]

async function diagramsOf(brief: Brief): Promise<string[]> {
  const { files } = await createOfflinePlanner().plan({ brief, specId: 'a-spec' })
  return diagramsIn(planFile(files, 'design.md')?.content ?? '')
}

it('draws the parts and the records', async () => {
  expect(await diagramsOf(workshopBrief())).toEqual(['flowchart-v2', 'er'])
})

it('fails on a diagram that is none', async () => {
  await expect(diagramsIn('```mermaid\nflowchart LR\n  a --> end\n```')).rejects.toThrow('Parse')
})

it.each([
  'end',
  'subgraph',
  'Größe "XL" (rot)',
  'class',
  '<b>"];</b>',
  'O’Neil & Söhne',
  '予約',
  'graph TD; a-->b',
  '```',
  '%%{init: {}}%%',
  'style a fill:#fff',
  'PK',
])('parses where something is called %s', async (name) => {
  const brief = workshopBrief()
  const fields: Field[] = [
    'end',
    'class',
    'direction',
    'style',
    'pk',
    'title',
    'one',
    'many',
    'to',
  ].map((field) => ({ name: field, type: 'text', required: true }))
  const reference: Field = { name: 'other', type: 'reference', required: false, options: [name] }
  const entities = [
    { id: 'E1', name, fields, citations: [] },
    { id: 'E2', name: 'Bill', fields: [...fields, reference], citations: [] },
  ]
  const clause = { actor: name, verb: 'add', object: 'bill', negated: false }
  const items = [
    item('R1', 'requirement', `${name} can add bills.`, clause),
    item('I1', 'integration', name),
  ]
  expect(await diagramsOf({ ...brief, title: name, items, entities })).toHaveLength(2)
})

it('parses whatever the brief says', async () => {
  await fc.assert(
    fc.asyncProperty(anyBrief, async (brief) => {
      expect((await diagramsOf(brief)).length).toBeGreaterThan(0)
    }),
    { numRuns: 60 },
  )
})
