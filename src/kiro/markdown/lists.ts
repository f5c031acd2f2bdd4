import type { TaskState } from '../../domain/build.ts'

export interface ListItem {
  /** Where it begins in the text, from 1. */
  line: number
  text: string
  /** The box of a task and whether it is marked optional. */
  task?: { state: TaskState; optional: boolean }
  /** The number of an ordered item, as written. */
  number?: number
  children: List[]
}

export interface List {
  type: 'list'
  ordered: boolean
  items: ListItem[]
}

/** One line that begins a list item. */
export interface ListLine {
  indent: number
  ordered: boolean
  number: number | undefined
  text: string
  task: ListItem['task']
}

/** A list line with its place in the text, from 1. */
export interface PlacedLine extends ListLine {
  line: number
}

const boxes: Readonly<Record<string, TaskState>> = {
  ' ': 'not_started',
  '~': 'queued',
  '-': 'in_progress',
  x: 'completed',
  X: 'completed',
}

function readTask(text: string): { text: string; task: ListItem['task'] } {
  const match = /^\[([ ~xX-])\](\*?) /.exec(text)
  const state = boxes[match?.[1] ?? '']
  if (match === null || state === undefined) return { text, task: undefined }
  return { text: text.slice(match[0].length), task: { state, optional: match[2] === '*' } }
}

/** The line as the start of a list item, or undefined. */
export function readListLine(line: string): ListLine | undefined {
  const match = /^(\s*)(?:([-*+])|(\d{1,9})[.)]) +(?=\S)/.exec(line)
  if (match === null) return undefined
  const [all, indent = '', , digits] = match
  return {
    indent: indent.replaceAll('\t', '    ').length,
    ordered: digits !== undefined,
    number: digits === undefined ? undefined : Number(digits),
    ...readTask(line.slice(all.length)),
  }
}

/** Deeper levels are shown on this one, so that no text can exhaust the renderer. */
const maxDepth = 8

interface Level {
  indent: number
  lists: List[]
}

function toItem({ line, text, task, number }: PlacedLine): ListItem {
  return {
    line,
    text,
    children: [],
    ...(task !== undefined && { task }),
    ...(number !== undefined && { number }),
  }
}

/** Lists within lists, by their indentation. */
export function nestList(lines: readonly PlacedLine[]): List[] {
  const root: Level = { indent: lines[0]?.indent ?? 0, lists: [] }
  const levels = [root]
  for (const line of lines) {
    while (levels.length > 1 && line.indent < (levels.at(-1)?.indent ?? 0)) levels.pop()
    let level = levels.at(-1) ?? root
    const parent = level.lists.at(-1)?.items.at(-1)
    if (line.indent > level.indent && parent !== undefined && levels.length < maxDepth) {
      level = { indent: line.indent, lists: parent.children }
      levels.push(level)
    }
    const list = level.lists.at(-1)
    if (list?.ordered === line.ordered) list.items.push(toItem(line))
    else level.lists.push({ type: 'list', ordered: line.ordered, items: [toItem(line)] })
  }
  return root.lists
}
