import { assertWithinBounds } from './bounds.ts'

/** One line of a Markdown text, without its line break. */
export interface Line {
  text: string
  /** From 1. */
  number: number
  /** Where the line begins in the whole text. */
  start: number
  /** Whether it stands in a code fence or closes one; the line that opens a fence does not count. */
  fenced: boolean
}

interface Fence {
  marker: string
  length: number
}

/** The lines of a whole document. @throws AppError `document_too_large` */
export function readLines(markdown: string): Line[] {
  assertWithinBounds(markdown)
  const lines = scanLines(markdown)
  const first = lines[0]
  if (first?.text.startsWith('\uFEFF')) {
    lines[0] = { ...first, text: first.text.slice(1), start: 1 }
  }
  return lines
}

/** The lines of a part of a document that begins outside any fence. */
export function scanLines(text: string): Line[] {
  const lines: Line[] = []
  let fence: Fence | undefined
  const add = (start: number, end: number): void => {
    const line = text.slice(start, end)
    lines.push({ text: line, number: lines.length + 1, start, fenced: fence !== undefined })
    if (fence) fence = closes(line, fence) ? undefined : fence
    else fence = openingFence(line)
  }
  let start = 0
  for (const lineBreak of text.matchAll(/\r\n?|\n/g)) {
    add(start, lineBreak.index)
    start = lineBreak.index + lineBreak[0].length
  }
  add(start, text.length)
  return lines
}

/** The fence that is still open at the end of the text, as the line that closes it. */
export function missingFence(text: string): string | undefined {
  let fence: Fence | undefined
  for (const line of text.split(/\r\n?|\n/)) {
    if (fence) fence = closes(line, fence) ? undefined : fence
    else fence = openingFence(line)
  }
  return fence && fence.marker.repeat(fence.length)
}

/** The line that opens a fence which nothing closes. */
export function openFence(lines: readonly Line[]): Line | undefined {
  let open: Line | undefined
  let fence: Fence | undefined
  for (const line of lines) {
    if (fence) fence = closes(line.text, fence) ? undefined : fence
    else {
      fence = openingFence(line.text)
      open = line
    }
  }
  return fence && open
}

function openingFence(line: string): Fence | undefined {
  const run = /^(`{3,}|~{3,})(.*)$/s.exec(withoutBullets(line))
  const [, markers = '', info = ''] = run ?? []
  const marker = markers.charAt(0)
  if (marker === '' || (marker === '`' && info.includes('`'))) return undefined
  return { marker, length: markers.length }
}

function closes(line: string, fence: Fence): boolean {
  const run = line.trim()
  return run.length >= fence.length && run === fence.marker.repeat(run.length)
}

/** A fence may open directly behind the bullets of list items. */
function withoutBullets(line: string): string {
  let rest = line.trimStart()
  while (/^[-*+][ \t]/.test(rest)) rest = rest.slice(1).trimStart()
  return rest
}

/** The lines without the blank ones before the first and behind the last that is not. */
export function trimBlankLines(texts: readonly string[]): string[] {
  const first = texts.findIndex((text) => !isBlank(text))
  if (first < 0) return []
  return texts.slice(first, texts.findLastIndex((text) => !isBlank(text)) + 1)
}

export function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** The text on one line: line breaks become spaces, so that a value cannot start a line of its own. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').trim()
}
