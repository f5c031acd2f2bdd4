import { blocksOf, headingOf } from './blocks.ts'
import type { Heading } from './blocks.ts'
import type { Line } from './lines.ts'
import { parseTaskLine } from './task-line.ts'
import type { TaskLine } from './task-line.ts'

/** A task with its place in the document. */
export interface TaskNode {
  task: TaskLine
  line: Line
  /** The lines below it, down to the next task or heading. */
  body: Line[]
  children: TaskNode[]
}

/** The prose of a level-two section, down to the first task in it. */
export interface ProseSection {
  heading?: Heading
  lines: Line[]
}

/** Tasks that stand deeper become children of the last level. */
const MAX_DEPTH = 6

/**
 * Divides a tasks.md into its tasks and the prose of its sections. Numbered boxes are tasks in
 * whatever section they stand, as Kiro reads them. The parent is the open task whose number is the
 * longest prefix, else the nearest open one that is indented less.
 */
export function readTaskTree(lines: readonly Line[]): {
  sections: ProseSection[]
  nodes: TaskNode[]
} {
  const nodes: TaskNode[] = []
  let path: TaskNode[] = []
  const sections = blocksOf(lines, ({ level }) => level <= 2).map((block): ProseSection => {
    const first = block.lines.findIndex((line) => parseTaskLine(line))
    let current: TaskNode | undefined
    for (const line of first < 0 ? [] : block.lines.slice(first)) {
      const task = parseTaskLine(line)
      if (task) {
        current = { task, line, body: [], children: [] }
        const depth = depthOf(task, path)
        const siblings = path[depth - 1]?.children ?? nodes
        siblings.push(current)
        path = [...path.slice(0, depth), current].slice(0, MAX_DEPTH)
      } else if (headingOf(line)) {
        current = undefined
      } else {
        current?.body.push(line)
      }
    }
    return {
      ...(block.heading && { heading: block.heading }),
      lines: first < 0 ? block.lines : block.lines.slice(0, first),
    }
  })
  return { sections, nodes }
}

/** All nodes, each before its children. */
export function flattenNodes(nodes: readonly TaskNode[]): TaskNode[] {
  return nodes.flatMap((node) => [node, ...flattenNodes(node.children)])
}

function depthOf(task: TaskLine, path: readonly TaskNode[]): number {
  const byNumber = path.findLastIndex((open) => task.number.startsWith(`${open.task.number}.`))
  if (byNumber >= 0) return byNumber + 1
  return path.findLastIndex((open) => open.task.indent < task.indent) + 1
}
