import { missingFence, scanLines, trimBlankLines } from './lines.ts'
import type { Line } from './lines.ts'

export interface Heading {
  level: number
  text: string
}

/** A heading with the lines below it; the first block of a document may have none. */
export interface Block {
  heading?: Heading
  line?: Line
  lines: Line[]
}

/** The line as an ATX heading; a heading inside a code fence is none. */
export function headingOf(line: Line): Heading | undefined {
  if (line.fenced) return undefined
  const match = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/s.exec(line.text)
  if (!match) return undefined
  return { level: match[1]?.length ?? 0, text: (match[2] ?? '').trim() }
}

/** Cuts the lines before each heading that `startsBlock` accepts. */
export function blocksOf(
  lines: readonly Line[],
  startsBlock: (heading: Heading) => boolean,
): Block[] {
  let current: Block = { lines: [] }
  const blocks = [current]
  for (const line of lines) {
    const heading = headingOf(line)
    if (heading && startsBlock(heading)) {
      current = { heading, line, lines: [] }
      blocks.push(current)
    } else {
      current.lines.push(line)
    }
  }
  return blocks
}

/** The lines as one Markdown text, without blank lines around it and with its last fence closed. */
export function bodyOf(lines: readonly { text: string }[]): string {
  const body = trimBlankLines(lines.map((line) => line.text)).join('\n')
  const fence = missingFence(body)
  return fence === undefined ? body : `${body}\n${fence}`
}

/**
 * The body as it can stand in a document: its fences closed, and a backslash before each line that
 * would end it, so that a value cannot start a section, a requirement or a task.
 */
export function renderBody(body: string, endsBody: (line: Line) => boolean): string {
  return bodyOf(
    scanLines(body).map((line) => ({ text: endsBody(line) ? escaped(line.text) : line.text })),
  )
}

/** A backslash before the first character that is not blank. */
export function escaped(text: string): string {
  const rest = text.trimStart()
  return `${text.slice(0, text.length - rest.length)}\\${rest}`
}
