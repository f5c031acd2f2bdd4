import { assertNever } from '../../domain/assert-never.ts'
import type { TaskState } from '../../domain/build.ts'
import type { Block } from '../../kiro/markdown/blocks.ts'
import { type Inline, parseInline } from '../../kiro/markdown/inline.ts'
import type { List, ListItem } from '../../kiro/markdown/lists.ts'
import { writeDiagram } from './diagram.ts'
import { type Face, faint, ink, keepRoom, type Pdf, printable } from './page.ts'

interface Run {
  text: string
  face: Face
}

function runsOf(nodes: readonly Inline[], face: Face): Run[] {
  return nodes.flatMap((node): Run[] => {
    switch (node.type) {
      case 'text':
        return [{ text: node.text, face }]
      case 'code':
        return [{ text: node.text, face: 'mono' }]
      case 'strong':
        return runsOf(node.children, 'bold')
      case 'emphasis':
        return runsOf(node.children, 'slanted')
      default:
        return assertNever(node)
    }
  })
}

/** Running text with its markup, from the pen's place on. */
export function writeInline(
  pdf: Pdf,
  text: string,
  face: Face,
  options: PDFKit.Mixins.TextOptions,
) {
  const runs = runsOf(parseInline(printable(text)), face).flatMap((run) =>
    pdf.signs.pieces(run.text, run.face),
  )
  for (const [index, run] of runs.entries()) {
    pdf.font(run.face).text(run.text, { ...options, continued: index < runs.length - 1 })
  }
  pdf.font('plain')
}

const marks: Readonly<Record<TaskState, string>> = {
  not_started: '☐',
  queued: '☐',
  in_progress: '◪',
  completed: '☑',
}

function markOf({ task, number }: ListItem): string {
  if (task !== undefined) return marks[task.state]
  return number === undefined ? '•' : `${number}.`
}

const indent = 18

function writeItem(pdf: Pdf, item: ListItem, left: number): void {
  const { task, text, children } = item
  keepRoom(pdf, 16)
  const { y } = pdf
  const width = pdf.page.width - pdf.page.margins.right - left - indent
  pdf.font('plain').fontSize(10).fillColor(faint)
  pdf.text(markOf(item), left, y, { width: indent, lineBreak: false })
  pdf.fillColor(ink)
  pdf.x = left + indent
  pdf.y = y
  writeInline(pdf, task?.optional ? `${text} *(optional)*` : text, 'plain', { width })
  pdf.y += 3
  for (const list of children) writeList(pdf, list, left + indent)
}

function writeList(pdf: Pdf, { items }: List, left: number): void {
  for (const item of items) writeItem(pdf, item, left)
}

const headingSizes = [20, 15, 12, 11, 10, 10] as const

export function writeHeading(pdf: Pdf, level: number, text: string): void {
  const size = headingSizes[level - 1] ?? 10
  keepRoom(pdf, size * 4)
  pdf.x = pdf.page.margins.left
  pdf.y += level === 1 ? 0 : size * 0.6
  pdf.fontSize(size)
  writeInline(pdf, text, 'bold', {})
  pdf.fontSize(10)
  pdf.y += 4
}

function writeTable(pdf: Pdf, { head, rows }: Extract<Block, { type: 'table' }>): void {
  for (const row of rows) {
    const cells = head.flatMap((name, column) => {
      const cell = row[column] ?? ''
      return cell === '' ? [] : [name === '' ? cell : `**${name}:** ${cell}`]
    })
    pdf.x = pdf.page.margins.left
    writeInline(pdf, cells.join(' · '), 'plain', { indent: 0 })
    pdf.y += 4
  }
}

function writeCode(pdf: Pdf, text: string): void {
  const left = pdf.page.margins.left + 8
  const width = pdf.page.width - pdf.page.margins.right - left
  pdf.fontSize(8).fillColor(ink)
  pdf.x = left
  const pieces = pdf.signs.pieces(printable(text), 'mono')
  for (const [index, piece] of pieces.entries()) {
    pdf.font(piece.face).text(piece.text, { width, continued: index < pieces.length - 1 })
  }
  pdf.font('plain').fontSize(10)
}

/** A drawing of a kind that is not drawn here is printed as it is written, and says so. */
function writeDrawing(pdf: Pdf, text: string): void {
  if (writeDiagram(pdf, text)) return
  pdf.fontSize(8).fillColor(faint).text('A drawing in the language of Mermaid:')
  pdf.y += 2
  writeCode(pdf, text)
}

function writeRule(pdf: Pdf): void {
  const { left, right } = pdf.page.margins
  pdf.moveTo(left, pdf.y).lineTo(pdf.page.width - right, pdf.y)
  pdf.lineWidth(0.5).strokeColor(faint).stroke()
}

/** One block of Markdown, below what was written before. */
export function writeBlock(pdf: Pdf, block: Block): void {
  pdf.x = pdf.page.margins.left
  switch (block.type) {
    case 'heading':
      return writeHeading(pdf, block.level, block.text)
    case 'paragraph':
      writeInline(pdf, block.text, 'plain', {})
      break
    case 'quote':
      writeInline(pdf, block.text, 'slanted', { indent: 12 })
      break
    case 'code':
      if (block.language === 'mermaid') writeDrawing(pdf, block.text)
      else writeCode(pdf, block.text)
      break
    case 'table':
      writeTable(pdf, block)
      break
    case 'list':
      writeList(pdf, block, pdf.page.margins.left)
      break
    case 'rule':
      writeRule(pdf)
      break
    default:
      assertNever(block)
  }
  pdf.y += 6
  return undefined
}
