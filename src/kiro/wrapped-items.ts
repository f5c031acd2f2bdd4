import { headingOf } from './blocks.ts'
import { isBlank } from './lines.ts'
import type { Line } from './lines.ts'

/** The items that `itemOf` finds, each with the lines it runs on to put behind its text. */
export function readWrappedItems<T extends { text: string }>(
  lines: readonly Line[],
  itemOf: (line: Line) => T | undefined,
): T[] {
  const items: { item: T; texts: string[] }[] = []
  let open = false
  for (const line of lines) {
    const item = line.fenced ? undefined : itemOf(line)
    const ends = isBlank(line.text) || headingOf(line) !== undefined
    if (item) items.push({ item, texts: [item.text] })
    else if (!ends && (open || /^\s\s/.test(line.text))) items.at(-1)?.texts.push(line.text.trim())
    open = !ends
  }
  return items.map(({ item, texts }) => ({ ...item, text: texts.join(' ').trim() }))
}
