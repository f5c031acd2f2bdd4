import { bodyOf, escaped } from './blocks.ts'
import { isBlank, scanLines } from './lines.ts'
import type { Line } from './lines.ts'
import { indentOf } from './task-line.ts'

/**
 * The items of a bullet list. What stands below an item and deeper, or without a bullet, belongs to
 * it, indented as seen from the item's text. Thematic breaks are left out.
 */
export function parseItems(
  lines: readonly Line[],
  startsPart: (line: Line) => boolean = () => false,
): string[] {
  const items: { lines: { text: string }[]; indent: number }[] = []
  for (const line of lines) {
    const last = items.at(-1)
    const indent = indentOf(line.text)
    const text = line.text.replace(/^[ \t]+/, '').trimEnd()
    const bullet = line.fenced ? undefined : /^[-*+](?:[ \t]+(.*))?$/s.exec(text)
    if (isThematicBreak(line)) continue
    if (bullet && (!last || indent <= last.indent)) {
      items.push({ lines: [{ text: bullet[1] ?? '' }], indent: last?.indent ?? indent })
    } else if (last) {
      const inset = ' '.repeat(Math.max(0, indent - last.indent - 2))
      last.lines.push({ text: isBlank(text) ? '' : inset + text })
    } else if (!isBlank(text)) {
      items.push({ lines: [{ text }], indent })
    }
  }
  return items
    .map((item) => protectedItem(bodyOf(item.lines), startsPart))
    .filter((item) => item !== '')
}

/** The lines of one item; an item without text has none. */
export function renderItem(
  item: string,
  pad: string,
  startsPart: (line: Line) => boolean = () => false,
): string[] {
  const body = protectedItem(bodyOf(scanLines(item)), (line) => {
    return isThematicBreak(line) || startsPart(line)
  })
  if (body === '') return []
  const [first, ...rest] = body.split('\n')
  return [`${pad}- ${first}`, ...rest.map((text) => (isBlank(text) ? '' : `${pad}  ${text}`))]
}

export function isThematicBreak(line: Line): boolean {
  return !line.fenced && /^([-*_])\1{2,}$/.test(line.text.trim())
}

/** Puts a backslash before each line of an item that would start something else in its place. */
function protectedItem(text: string, startsPart: (line: Line) => boolean): string {
  return scanLines(text.trim())
    .map((line, index) => {
      const shown = `${index === 0 ? '- ' : '  '}${line.text}`
      return startsPart({ ...line, text: shown }) ? escaped(line.text) : line.text
    })
    .join('\n')
}
