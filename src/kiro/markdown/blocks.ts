import { type List, nestList, type PlacedLine, readListLine } from './lists.ts'

/** What a block is. */
type BlockBody =
  | List
  | { type: 'heading'; level: number; text: string }
  | { type: 'paragraph' | 'quote'; text: string }
  | { type: 'code'; language: string; text: string }
  | { type: 'table'; head: string[]; rows: string[][] }
  | { type: 'rule' }

/** A block of Markdown, as far as specs use it. Everything else stays a paragraph. */
export type Block = BlockBody & {
  /** Where it begins in the text, from 1. */
  line: number
}

/** Takes lines one after the other. */
class Lines {
  readonly #lines: readonly string[]
  #at = 0

  constructor(text: string) {
    this.#lines = text.split(/\r\n|\n|\r/)
  }

  /** The number of the next line, from 1. */
  get number(): number {
    return this.#at + 1
  }

  peek(ahead = 0): string | undefined {
    return this.#lines[this.#at + ahead]
  }

  next(): string {
    return this.#lines[this.#at++] ?? ''
  }

  /** The lines for as long as `wanted` says so. */
  takeWhile(wanted: (line: string) => boolean): string[] {
    const taken: string[] = []
    for (let line = this.peek(); line !== undefined && wanted(line); line = this.peek()) {
      taken.push(this.next())
    }
    return taken
  }
}

const isBlank = (line: string) => line.trim() === ''
const isFence = (line: string) => /^ {0,3}(```|~~~)/.test(line)
const isHeading = (line: string) => /^#{1,6} /.test(line)
const isQuote = (line: string) => line.startsWith('>')
const isTableRow = (line: string) => line.trimStart().startsWith('|')
const isTableRule = (line: string) => /^[\s|:-]+$/.test(line) && line.includes('-')
const isRule = (line: string) => /^(-{3,}|\*{3,}|_{3,})\s*$/.test(line)

/** Rows are as wide as the head, so that its width is what bounds a hostile table. */
const maxColumns = 40

function cells(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '')
  const parts = inner.split(/(?<!\\)\|/, maxColumns)
  return parts.map((cell) => cell.trim().replaceAll('\\|', '|'))
}

function readFence(lines: Lines): BlockBody {
  const opening = lines.next().trim()
  const fence = opening.slice(0, 3)
  const taken = lines.takeWhile((line) => !line.trimStart().startsWith(fence))
  lines.next()
  return { type: 'code', language: opening.replace(/^[`~]+/, '').trim(), text: taken.join('\n') }
}

function readTable(lines: Lines): BlockBody {
  const head = cells(lines.next())
  lines.next()
  return { type: 'table', head, rows: lines.takeWhile(isTableRow).map(cells) }
}

/** A list with everything that is indented below it; one blank line does not end it. */
function readList(lines: Lines): List[] {
  const taken: PlacedLine[] = []
  for (let line = lines.peek(); line !== undefined; line = lines.peek()) {
    const item = readListLine(line)
    const last = taken.at(-1)
    if (item !== undefined) {
      taken.push({ ...item, line: lines.number })
    } else if (isBlank(line)) {
      const after = lines.peek(1) ?? ''
      if (readListLine(after) === undefined && !/^\s+\S/.test(after)) break
    } else if (/^\s/.test(line) && last !== undefined) {
      last.text += ` ${line.trim()}`
    } else {
      break
    }
    lines.next()
  }
  return nestList(taken)
}

function startsBlock(line: string): boolean {
  return (
    isBlank(line) ||
    isFence(line) ||
    isHeading(line) ||
    isQuote(line) ||
    readListLine(line) !== undefined
  )
}

function readBodies(lines: Lines, line: string): BlockBody[] {
  if (isFence(line)) return [readFence(lines)]
  if (isHeading(line)) {
    const [marks = '', ...words] = lines.next().split(' ')
    return [{ type: 'heading', level: marks.length, text: words.join(' ').trim() }]
  }
  if (isRule(line)) {
    lines.next()
    return [{ type: 'rule' }]
  }
  if (isTableRow(line) && isTableRule(lines.peek(1) ?? '')) return [readTable(lines)]
  if (isQuote(line)) {
    const quoted = lines.takeWhile(isQuote).map((quote) => quote.slice(1).trim())
    return [{ type: 'quote', text: quoted.join(' ') }]
  }
  if (readListLine(line) !== undefined) return readList(lines)
  const first = lines.next().trim()
  const rest = lines.takeWhile((more) => !startsBlock(more)).map((more) => more.trim())
  return [{ type: 'paragraph', text: [first, ...rest].join(' ') }]
}

/** Lists that end one another begin where their first items do; all else is one block. */
function readBlocks(lines: Lines, line: string): Block[] {
  const { number } = lines
  return readBodies(lines, line).map((body) => ({
    ...body,
    line: body.type === 'list' ? (body.items[0]?.line ?? number) : number,
  }))
}

/** Kiro's steering files begin with YAML between two rules. */
function readFrontMatter(lines: Lines): Block[] {
  if (lines.peek() !== '---') return []
  lines.next()
  const taken = lines.takeWhile((line) => line !== '---')
  lines.next()
  return [{ type: 'code', language: 'yaml', text: taken.join('\n'), line: 1 }]
}

/** Reads Markdown into blocks; every text gives some. */
export function parseMarkdown(text: string): Block[] {
  const lines = new Lines(text)
  const blocks = readFrontMatter(lines)
  for (let line = lines.peek(); line !== undefined; line = lines.peek()) {
    if (isBlank(line)) lines.next()
    else blocks.push(...readBlocks(lines, line))
  }
  return blocks
}

function itemLines({ items }: List): number[] {
  return items.flatMap(({ line, children }) => [line, ...children.flatMap(itemLines)])
}

/** The lines that something can be said below: where blocks and list items begin, in order. */
export function linesOf(blocks: readonly Block[]): number[] {
  return blocks.flatMap((block) => (block.type === 'list' ? itemLines(block) : [block.line]))
}
