import { blocksOf } from '../blocks.ts'
import type { Line } from '../lines.ts'
import { parseTaskLine } from '../task-line.ts'
import { flattenNodes, readTaskTree } from '../task-tree.ts'
import type { TaskNode } from '../task-tree.ts'
import { isRemoval } from '../retired.ts'
import { referencesOf } from '../tasks.ts'
import type { Finding } from '../tree.ts'
import { checkTitle, columnOf, findingsOf, hasSection, repeated } from './report.ts'
import type { Findings, SpecFile } from './report.ts'
import { locateReferences } from './trace.ts'
import type { LocatedReference } from './trace.ts'
import { checkWaves } from './waves.ts'

/** The rules for tasks.md; the tasks of a bugfix need not name requirements. */
export function lintTasks(file: SpecFile, isBugfix: boolean): Finding[] {
  const findings = findingsOf(file)
  const { nodes, sections } = readTaskTree(file.lines)
  const all = flattenNodes(nodes)
  checkTitle(file, 'tasks', '# Implementation Plan', findings)
  const blocks = blocksOf(file.lines, ({ level }) => level <= 2)
  for (const name of ['Overview', 'Tasks']) {
    if (hasSection(blocks, name)) continue
    findings.report('tasks/usual-section', `Kiro's task lists have a section "## ${name}".`)
  }
  if (all.length === 0) {
    const message = 'There is no task. Write one as "- [ ] 1. Title".'
    findings.report('tasks/no-tasks', message)
  }
  for (const line of file.lines) checkBox(line, findings)
  for (const { task, line } of repeated(all, ({ task }) => task.number)) {
    findings.report('tasks/duplicate-number', `Task ${task.number} exists already.`, line)
  }
  for (const node of nodes) checkTask(node, isBugfix, findings)
  checkWaves(sections, all, findings)
  return findings.all
}

/** What the tasks name as their requirements and as what they validate. */
export function taskReferences(file: SpecFile): LocatedReference[] {
  return flattenNodes(readTaskTree(file.lines).nodes).flatMap(({ task, body }) => {
    const removes = isRemoval(task)
    return body
      .flatMap((line) => locateReferences(line, referencesOf(line)?.refs ?? []))
      .map((reference) => ({ ...reference, removes }))
  })
}

/** "Checkpoint - Ensure all tests pass": such a task carries out no requirement. */
export function isCheckpoint({ task }: TaskNode): boolean {
  return /\bcheckpoint\b/i.test(task.title)
}

function checkBox(line: Line, { report }: Findings): void {
  if (line.fenced || parseTaskLine(line)) return
  const box = /^\s*[-*+]\s{0,8}\[([^\]]{0,3})\](?!\()/.exec(line.text)
  const mark = box?.[1]
  if (mark === undefined || !/^[\s*xXvV~/✓✔-]*$/.test(mark)) return
  if (/^[ \t]*[-*+][ \t]+\[[ xX~-]\](?:\\?\*)?[ \t]/.test(line.text)) {
    const message =
      'The task has no number. Write "- [ ] 1. Title", or "- [ ] 1.1 Title" for a part.'
    report('tasks/malformed-number', message, line, columnOf(line, ']') + 1)
  } else {
    const message = 'A task begins with "- [ ]", "- [x]", "- [-]" or "- [~]" and a space.'
    report('tasks/malformed-checkbox', message, line, columnOf(line, '['))
  }
}

function checkTask(node: TaskNode, hasReferences: boolean, findings: Findings): void {
  const { task, line, body, children } = node
  if (task.title === '')
    findings.report('tasks/no-title', `Task ${task.number} has no title.`, line)
  const named = hasReferences || body.some((line) => referencesOf(line))
  if (children.length === 0 && !named && !isCheckpoint(node)) {
    const message = `Task ${task.number} names no requirement. Add "_Requirements: 1.1_" below it.`
    findings.report('tasks/orphan', message, line)
  }
  for (const child of children) {
    if (!child.task.number.startsWith(`${task.number}.`)) {
      const message = `Task ${child.task.number} stands below task ${task.number}. Number it as a part.`
      findings.report('tasks/misplaced', message, child.line)
    }
    const isOpen = child.task.state !== 'completed' && !child.task.optional
    if (task.state === 'completed' && isOpen) {
      const message = `Task ${task.number} is ticked, but its part ${child.task.number} is open.`
      findings.report('tasks/open-subtask', message, child.line)
    }
    checkTask(child, named, findings)
  }
}
