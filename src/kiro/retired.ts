import type { Block } from './blocks.ts'
import { oneLine } from './lines.ts'
import type { Line } from './lines.ts'
import type { RetiredLine } from './tree.ts'
import { readWrappedItems } from './wrapped-items.ts'

export const retiredHeading = 'Retired Requirements'

/** What the document's section of retired requirements lists, with the places. */
export function readRetired(blocks: readonly Block[]): (RetiredLine & { line: Line })[] {
  return blocks
    .filter(({ heading }) => {
      return heading?.level === 2 && heading.text.toLowerCase() === retiredHeading.toLowerCase()
    })
    .flatMap(({ lines }) => readWrappedItems(lines, retiredLine))
}

/** Whether a task takes away what is retired; any other must not name it. */
export function isRemoval(task: { title: string }): boolean {
  return /^remove\b/i.test(task.title)
}

/** The entries for a document's tree; without one there is no section. */
export function retiredOf(blocks: readonly Block[]): { retired?: RetiredLine[] } {
  const retired = readRetired(blocks).map(({ ref, text }) => ({ ref, text }))
  return retired.length > 0 ? { retired } : {}
}

/** The section, which stands last so that nothing follows on it; undefined without an entry. */
export function renderRetired(retired: readonly RetiredLine[] = []): string | undefined {
  if (retired.length === 0) return undefined
  const why =
    'No longer asked for. Nothing new gets these numbers, and what was built for them is removed.'
  const lines = retired.map(({ ref, text }) => `- **${ref}**: ${oneLine(text)}`.trimEnd())
  return [`## ${retiredHeading}`, why, lines.join('\n')].join('\n\n')
}

/** A line `- **4.2**: text`. */
function retiredLine(line: Line): (RetiredLine & { line: Line }) | undefined {
  const match = /^[-*+][ \t]+\*\*(\d{1,6}(?:\.\d{1,6})?)\*\*:(.*)$/s.exec(line.text.trimStart())
  return match ? { ref: match[1] ?? '', text: (match[2] ?? '').trim(), line } : undefined
}
