import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BuildTask } from '../../../src/domain/build.ts'
import { layOut, node } from './graph-layout.ts'
import { plannedWaves, taskWay } from './task-waves.ts'

const task = (id: string): BuildTask => ({ id, title: id, state: 'not_started', optional: false })
const tasks = ['1', '1.1', '1.2', '2', '2.1', '3'].map(task)
const titles = new Map([['1', 'Begin']])

const tasksFile = `# Implementation Plan

## Task Dependency Graph

\`\`\`json
{
  "waves": [
    { "id": 0, "tasks": ["1.1"] },
    { "id": 1, "tasks": ["1.2", "2.1"] }
  ]
}
\`\`\`
`

describe('the way of tasks', () => {
  it('is that of the waves that the plan names, what is in none last', () => {
    const { isChain, waves } = taskWay(tasks, plannedWaves(tasksFile), titles)
    expect(isChain).toBe(false)
    expect(waves.map(({ name, tasks: of }) => [name, of.map(({ id }) => id)])).toEqual([
      ['Wave 1', ['1.1']],
      ['Wave 2', ['1.2', '2.1']],
      ['In no wave', ['3']],
    ])
  })

  it('is one after the other where the plan names none', () => {
    const { isChain, waves } = taskWay(tasks, plannedWaves('# Plan'), titles)
    expect(isChain).toBe(true)
    expect(waves.map(({ name, tasks: of }) => [name, of.map(({ id }) => id)])).toEqual([
      ['1 Begin', ['1.1', '1.2']],
      ['2', ['2.1']],
      ['3', ['3']],
    ])
  })

  it.each(['{"waves": 3}', '{"waves": [{"id": "a", "tasks": []}]}', '{'])(
    'is not misled by a graph such as %s',
    (graph) => {
      const file = `## Task Dependency Graph\n\n\`\`\`json\n${graph}\n\`\`\`\n`
      expect(plannedWaves(file)).toEqual([])
    },
  )
})

describe('the layout of the graph', () => {
  it('keeps every task within its band and the width, and none over another', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 })
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 200, max: 1_600 }),
        fc.boolean(),
        (counts, width, isChain) => {
          const waves = counts.map((count, at) => ({
            name: String(at),
            tasks: Array.from({ length: count }, (_, n) => task(`${at}.${n}`)),
          }))
          const layout = layOut({ isChain, waves }, width)
          expect(layout.width).toBeLessThanOrEqual(width)
          let end = 0
          for (const { y, height, nodes } of layout.bands) {
            expect(y).toBeGreaterThanOrEqual(end)
            end = y + height
            for (const { x, y: top } of nodes) {
              expect(x + layout.nodeWidth).toBeLessThanOrEqual(layout.width)
              expect(top).toBeGreaterThan(y)
              expect(top + node.height).toBeLessThan(end)
            }
            expect(new Set(nodes.map(({ x, y: top }) => `${x},${top}`)).size).toBe(nodes.length)
          }
          expect(layout.height).toBe(end)
        },
      ),
    )
  })
})
