import { z } from 'zod'
import type { Line } from './lines.ts'
import type { TasksDocument } from './tree.ts'

export type Waves = TasksDocument['waves']

const Graph = z.object({
  waves: z.array(
    z.object({ id: z.int().nonnegative().transform(Math.abs), tasks: z.array(z.string()) }),
  ),
})

/** The waves of the first code block among the lines; undefined when it is not the expected JSON. */
export function parseWaves(lines: readonly Line[]): Waves | undefined {
  const first = lines.findIndex((line) => line.fenced)
  if (first < 0) return undefined
  const rest = lines.slice(first)
  const end = rest.findIndex((line) => !line.fenced)
  const block = rest.slice(0, end < 0 ? undefined : end).map((line) => line.text)
  if (/^\s*[`~]{3,}\s*$/.test(block.at(-1) ?? '')) block.pop()
  const graph = Graph.safeParse(jsonOf(block.join('\n')))
  return graph.success ? graph.data.waves : undefined
}

/** The code block of the section, one wave a line as Kiro writes it. */
export function renderWaves(waves: Waves): string {
  const lines = waves.map(({ id, tasks }) => {
    const list = tasks.map((task) => JSON.stringify(task)).join(', ')
    return `    { "id": ${id}, "tasks": [${list}] }`
  })
  return ['```json', '{', '  "waves": [', lines.join(',\n'), '  ]', '}', '```'].join('\n')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
