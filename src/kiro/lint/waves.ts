import type { ProseSection, TaskNode } from '../task-tree.ts'
import { parseWaves } from '../waves.ts'
import type { Waves } from '../waves.ts'
import { repeated } from './report.ts'
import type { Findings } from './report.ts'
import type { RuleId } from './rules.ts'

/** The rules for the task dependency graph: known tasks, each once, and no part behind its whole. */
export function checkWaves(
  sections: readonly ProseSection[],
  tasks: readonly TaskNode[],
  findings: Findings,
): void {
  for (const { heading, lines } of sections) {
    if (heading?.level !== 2 || heading.text.toLowerCase() !== 'task dependency graph') continue
    const waves = parseWaves(lines)
    const place = lines.find((line) => line.fenced) ?? lines[0]
    if (waves) {
      checkEntries(waves, tasks, (rule, message) => findings.report(rule, message, place))
      continue
    }
    const form = '{"waves": [{"id": 0, "tasks": ["1.1"]}]}'
    findings.report('waves/invalid', `The graph must be a JSON code block: ${form}`, place)
  }
}

function checkEntries(
  waves: Waves,
  tasks: readonly TaskNode[],
  report: (rule: RuleId, message: string) => void,
): void {
  const known = new Set(tasks.map(({ task }) => task.number))
  const waveOf = new Map<string, number>()
  for (const { id } of repeated(waves, (wave) => `${wave.id}`)) {
    report('waves/duplicate-id', `There are two waves with the id ${id}.`)
  }
  waves.forEach((wave, at) => {
    for (const task of wave.tasks) {
      const name = task.slice(0, 20)
      if (!known.has(task)) report('waves/unknown-task', `Wave ${wave.id} names no task: ${name}.`)
      const before = waveOf.get(task)
      if (before !== undefined) {
        const rule = before === at ? 'waves/duplicate-task' : 'waves/cycle'
        report(rule, `Task ${name} stands twice in the waves, so it would wait for itself.`)
      }
      waveOf.set(task, at)
    }
  })
  for (const { task, children } of tasks) {
    const own = waveOf.get(task.number)
    for (const child of own === undefined ? [] : children) {
      const part = waveOf.get(child.task.number)
      if (part === undefined || own === undefined || part < own) continue
      const message = `Task ${task.number} is done with its part ${child.task.number}, which the waves put no earlier.`
      report('waves/cycle', message)
    }
  }
}
