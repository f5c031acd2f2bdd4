import type { TaskState } from '../domain/build.ts'
import { conflict, invalidInput } from '../domain/errors.ts'
import { bodyOf, headingOf, renderBody } from './blocks.ts'
import { oneLine, readLines } from './lines.ts'
import type { Line } from './lines.ts'
import { isThematicBreak, parseItems, renderItem } from './list-items.ts'
import type { References } from './references.ts'
import { parseReferences, renderRequirementReferences, renderValidates } from './references.ts'
import { markOf, parseTaskLine } from './task-line.ts'
import { readTaskTree } from './task-tree.ts'
import type { ProseSection, TaskNode } from './task-tree.ts'
import type { Task, TasksDocument } from './tree.ts'
import { parseWaves, renderWaves } from './waves.ts'

/**
 * The tree of a tasks.md, whatever its text: what fits no place of the tree is left out, and a
 * graph that is not the expected JSON gives no waves. @throws AppError `document_too_large`
 */
export function parseTasks(markdown: string): TasksDocument {
  const { sections, nodes } = readTaskTree(readLines(markdown))
  const named = (name: string): ProseSection[] =>
    sections.filter(({ heading }) => heading?.level === 2 && heading.text.toLowerCase() === name)
  const title = sections.find(({ heading }) => heading?.level === 1)?.heading?.text ?? ''
  return {
    title: title.replace(/^Implementation Plan(?:\s*:|$)/i, '').trim(),
    overview: named('overview')
      .map(({ lines }) => bodyOf(lines))
      .filter((body) => body !== '')
      .join('\n\n'),
    tasks: nodes.map(taskOf),
    notes: named('notes').flatMap(({ lines }) => parseItems(lines, endsProse)),
    waves: named('task dependency graph').flatMap(({ lines }) => parseWaves(lines) ?? []),
  }
}

/** Kiro's own layout; empty sections but Tasks are left out. */
export function renderTasks(doc: TasksDocument): string {
  const title = oneLine(doc.title)
  const parts = [title === '' ? '# Implementation Plan' : `# Implementation Plan: ${title}`]
  const overview = renderBody(doc.overview, endsProse)
  if (overview !== '') parts.push('## Overview', overview)
  parts.push('## Tasks')
  for (const task of doc.tasks) parts.push(renderTask(task, '').join('\n'))
  const notes = doc.notes.flatMap((note) => renderItem(note, '', endsProse))
  if (notes.length > 0) parts.push('## Notes', notes.join('\n'))
  if (doc.waves.length > 0) parts.push('## Task Dependency Graph', renderWaves(doc.waves))
  return `${parts.join('\n\n')}\n`
}

/** All tasks, each before its sub-tasks. */
export function flattenTasks(tasks: readonly Task[]): Task[] {
  return tasks.flatMap((task) => [task, ...flattenTasks(task.children)])
}

/** The tasks without sub-tasks: what an agent carries out. */
export function leafTasks(tasks: readonly Task[]): Task[] {
  return flattenTasks(tasks).filter((task) => task.children.length === 0)
}

/**
 * The same text with one character changed: the state of the first task with this number.
 * @throws AppError `task_not_found`
 */
export function setTaskState(markdown: string, number: string, state: TaskState): string {
  const { nodes } = readTaskTree(readLines(markdown))
  return withState(markdown, pathTo(nodes, number).slice(-1), state)
}

/**
 * Completes a task, and each task above it whose sub-tasks are then all done; optional ones do not
 * hold it open. @throws AppError `task_not_found`, `open_subtasks`
 */
export function tickTask(markdown: string, number: string): string {
  const { nodes } = readTaskTree(readLines(markdown))
  const path = pathTo(nodes, number).reverse()
  const [task, ...parents] = path
  if (task && !childrenDone(task, [])) {
    throw conflict('open_subtasks', `Task ${number} has open sub-tasks. Complete them first.`)
  }
  const done = path.slice(0, 1)
  for (const parent of parents) {
    if (!childrenDone(parent, done)) break
    done.push(parent)
  }
  return withState(markdown, done, 'completed')
}

function taskOf({ task, body, children }: TaskNode): Task {
  const rest: Line[] = []
  const references: References[] = []
  for (const line of body) {
    const found = referencesOf(line)
    if (found) references.push(found)
    else rest.push(line)
  }
  const refsOf = (kind: References['kind']): string[] =>
    references.flatMap((found) => (found.kind === kind ? found.refs : []))
  return {
    number: task.number,
    title: task.title,
    state: task.state,
    optional: task.optional,
    details: parseItems(rest, startsOther),
    requirements: refsOf('requirements'),
    validates: refsOf('validates'),
    children: children.map(taskOf),
  }
}

/** The lines of a task and its parts, indented by `pad`. */
export function renderTask(task: Task, pad: string): string[] {
  const inner = `${pad}  `
  const number = task.number.includes('.') ? task.number : `${task.number}.`
  const box = `- [${markOf(task.state)}]${task.optional ? '*' : ''}`
  const lines = [
    `${pad}${box} ${number} ${oneLine(task.title)}`.trimEnd(),
    ...task.details.flatMap((detail) => renderItem(detail, inner, startsOther)),
  ]
  if (task.requirements.length > 0) {
    lines.push(`${inner}- ${renderRequirementReferences(task.requirements)}`)
  }
  if (task.validates.length > 0) lines.push(`${inner}- ${renderValidates(task.validates)}`)
  const children = task.children.map((child) => renderTask(child, inner).join('\n'))
  return children.length === 0 ? lines : [...lines, children.join('\n\n')]
}

/** The references that a line of a task names, with or without a bullet. */
export function referencesOf(line: Line): References | undefined {
  if (line.fenced) return undefined
  return parseReferences(line.text.replace(/^[ \t]*(?:[-*+][ \t]+)?/, ''))
}

function endsProse(line: Line): boolean {
  return (headingOf(line)?.level ?? 9) <= 2 || parseTaskLine(line) !== undefined
}

function startsOther(line: Line): boolean {
  return (
    headingOf(line) !== undefined ||
    parseTaskLine(line) !== undefined ||
    referencesOf(line) !== undefined ||
    isThematicBreak(line)
  )
}

/** The task with this number and those above it, the outermost first. */
function pathTo(nodes: readonly TaskNode[], number: string): TaskNode[] {
  const find = (among: readonly TaskNode[]): TaskNode[] => {
    for (const node of among) {
      if (node.task.number === number) return [node]
      const below = find(node.children)
      if (below.length > 0) return [node, ...below]
    }
    return []
  }
  const path = find(nodes)
  if (path.length > 0) return path
  throw invalidInput('task_not_found', `There is no task ${number} in this tasks.md.`)
}

/** Whether the sub-tasks that count are completed, those of `done` taken as such. */
function childrenDone({ children }: TaskNode, done: readonly TaskNode[]): boolean {
  const needed = children.filter((child) => !child.task.optional)
  return (needed.length > 0 ? needed : children).every(
    (child) => child.task.state === 'completed' || done.includes(child),
  )
}

function withState(markdown: string, nodes: readonly TaskNode[], state: TaskState): string {
  const places = nodes.map(({ line, task }) => line.start + task.stateAt).sort((a, b) => a - b)
  let text = ''
  let from = 0
  for (const place of places) {
    text += markdown.slice(from, place) + markOf(state)
    from = place + 1
  }
  return text + markdown.slice(from)
}
