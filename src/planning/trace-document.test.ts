import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Brief } from '../domain/brief.ts'
import { planHash } from '../domain/plan.ts'
import { TraceDocument } from '../domain/trace.ts'
import { createOfflinePlanner } from './offline/planner.ts'
import { anyBrief, workshopBrief } from './testing/briefs.ts'
import { traceOf } from './trace-document.ts'

async function traced(brief: Brief, before?: Brief): Promise<TraceDocument> {
  const planner = createOfflinePlanner()
  const specId = '0a0a0a0a-0000-4000-8000-000000000001'
  const first = before && { brief: before, draft: await planner.plan({ brief: before, specId }) }
  const draft = await planner.plan({ brief, specId, ...(first && { previous: first }) })
  const turns = [{ id: 't3', speaker: 'Ida', role: 'client', text: '', start: 12 } as const]
  return traceOf({ brief, draft, hash: await planHash(draft.files), turns })
}

it('leads from an utterance to the tasks, and from a task back to the utterance', async () => {
  const trace = await traced(workshopBrief())
  expect(TraceDocument.parse(trace)).toEqual(trace)
  const said = trace.utterances.find(({ turn }) => turn === 't3')
  expect(said).toMatchObject({ speaker: 'Ida', role: 'client', start: 12 })
  expect(said?.items).toContain('R5')
  const item = trace.items.find(({ id }) => id === 'R5')
  const [ref = ''] = item?.criteria ?? []
  const criterion = trace.criteria.find((one) => one.ref === ref)
  expect(criterion?.items).toEqual(['R5'])
  expect(criterion?.turns).toEqual(['t3'])
  const task = trace.tasks.find(({ number }) => number === criterion?.tasks[0])
  expect(task).toMatchObject({ criteria: [ref], items: ['R5'], turns: ['t3'], removes: [] })
})

it('names the words of which nothing was made', async () => {
  const words = { turn: 't3', quote: 'and no ads' }
  const missed = { ...words, outcome: 'missed' as const, items: [] }
  const other = { ...missed, turn: 't90' }
  const { utterances } = await traced({ ...workshopBrief(), needs: [missed, other] })
  const told = utterances.filter((one) => one.missed !== undefined)
  expect(told.map(({ turn, missed: all }) => [turn, all])).toEqual([
    ['t3', ['and no ads']],
    ['t90', ['and no ads']],
  ])
})

it('says why an item is not carried out, and what a removal takes away', async () => {
  const before = workshopBrief()
  const without = { ...before, items: before.items.filter(({ id }) => id !== 'R7') }
  const trace = await traced(without, before)
  expect(trace.items.find(({ id }) => id === 'X1')).toMatchObject({
    leftOut: 'Online payment is out of scope.',
    tasks: [],
  })
  expect(trace.retired.length).toBeGreaterThan(1)
  for (const { ref, tasks } of trace.retired) {
    const task = trace.tasks.find(({ number }) => number === tasks[0])
    expect(task?.removes).toContain(ref)
    expect(task).toMatchObject({ items: ['R7'], turns: ['t3'] })
  }
})

it('says the same in both directions, whatever the brief', async () => {
  await fc.assert(
    fc.asyncProperty(anyBrief, async (brief) => {
      const { utterances, items, requirements, criteria, tasks } = await traced(brief)
      const edges = (list: readonly (readonly [string, readonly string[]])[], back = false) =>
        list.flatMap(([a, others]) => others.map((b) => (back ? `${b}>${a}` : `${a}>${b}`))).sort()
      const of = <K extends string>(
        key: K,
        list: readonly ({ ref: string } & Record<K, string[]>)[],
      ) => list.map((one) => [one.ref, one[key]] as const)
      expect(edges(criteria.map((one) => [one.ref, one.tasks]))).toEqual(
        edges(
          tasks.map((one) => [one.number, one.criteria]),
          true,
        ),
      )
      expect(edges(of('requirements', criteria))).toEqual(edges(of('criteria', requirements), true))
      expect(edges(of('items', criteria))).toEqual(
        edges(
          items.map((one) => [one.id, one.criteria]),
          true,
        ),
      )
      expect(edges(of('turns', criteria))).toEqual(
        edges(
          utterances.map((one) => [one.turn, one.criteria]),
          true,
        ),
      )
    }),
    { numRuns: 60 },
  )
})
