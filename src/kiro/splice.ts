import { blocksOf, headingOf } from './blocks.ts'
import { readLines } from './lines.ts'
import type { Line } from './lines.ts'
import { renderRetired, retiredHeading } from './retired.ts'
import { renderTask } from './tasks.ts'
import type { RetiredLine, Task } from './tree.ts'
import { parseWaves, renderWaves } from './waves.ts'

/**
 * A requirements.md or bugfix.md with this list of what is retired as its last section, in the place
 * of the one that it had; the rest of the text stays letter for letter.
 * @throws AppError `document_too_large`
 */
export function withRetired(markdown: string, retired: readonly RetiredLine[]): string {
  const section = renderRetired(retired)
  const lines = readLines(markdown)
  const first = lines.findIndex((line) => {
    const heading = headingOf(line)
    return heading?.level === 2 && heading.text.toLowerCase() === retiredHeading.toLowerCase()
  })
  const next = lines.findIndex((line, at) => at > first && (headingOf(line)?.level ?? 9) <= 2)
  const kept =
    first < 0
      ? markdown
      : markdown.slice(0, lines[first]?.start) +
        (next < 0 ? '' : markdown.slice(lines[next]?.start))
  return section === undefined ? kept : `${kept.trimEnd()}\n\n${section}\n`
}

/**
 * A tasks.md with one more task of the top level behind all others, its parts in a wave of their own;
 * the rest of the text stays letter for letter. @throws AppError `document_too_large`
 */
export function withTask(markdown: string, task: Task): string {
  const lines = readLines(markdown)
  const start = lines.findIndex((line) => isSection(line, 'tasks'))
  const next = lines.findIndex((line, at) => at > start && (headingOf(line)?.level ?? 9) <= 2)
  const at = next < 0 ? markdown.length : (lines[next]?.start ?? markdown.length)
  const before = `${markdown.slice(0, at).trimEnd()}\n\n${renderTask(task, '').join('\n')}\n`
  const after = markdown.slice(at)
  return after === '' ? before : `${before}\n${withWave(after, task.children)}`
}

function withWave(markdown: string, tasks: readonly Task[]): string {
  const graph = blocksOf(readLines(markdown), ({ level }) => level <= 2).find(
    ({ line }) => line && isSection(line, 'task dependency graph'),
  )
  const waves = graph && parseWaves(graph.lines)
  const fenced = graph?.lines.filter((line) => line.fenced) ?? []
  const [first, last] = [fenced[0], fenced.at(-1)]
  if (!waves || !first || !last) return markdown
  const id = Math.max(-1, ...waves.map((wave) => wave.id)) + 1
  const block = renderWaves([...waves, { id, tasks: tasks.map(({ number }) => number) }])
  // The line that opens the fence is the one before those in it.
  const from = graph.lines[graph.lines.indexOf(first) - 1]?.start ?? first.start
  return markdown.slice(0, from) + block + markdown.slice(last.start + last.text.length)
}

function isSection(line: Line, name: string): boolean {
  const heading = headingOf(line)
  return heading?.level === 2 && heading.text.toLowerCase() === name
}
