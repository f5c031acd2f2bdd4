import { type Diagram, describeDiagram } from '../../kiro/diagram/diagram.ts'
import { placeDiagram } from '../../kiro/diagram/place-diagram.ts'
import type { PlacedDiagram, PlacedLink, PlacedPart } from '../../kiro/diagram/placed.ts'
import { readDiagram } from '../../kiro/diagram/read-diagram.ts'
import { faint, ink, keepRoom, type Pdf, printable } from './page.ts'

const size = 8.5
const lineHeight = 11
const paper = '#ffffff'
const fill = '#f3f5f4'
/** Smaller than this nobody reads the texts of a drawing. */
const smallest = 0.55

function writeLines(pdf: Pdf, lines: readonly string[], x: number, y: number, width: number): void {
  for (const [index, line] of lines.entries()) {
    const options = { width, align: 'center', lineBreak: false } as const
    pdf.text(line, x, y + index * lineHeight, options)
  }
}

function drawLink(pdf: Pdf, { points, dashed, head }: PlacedLink): void {
  const [first, ...others] = points
  if (first === undefined) return
  pdf.lineWidth(0.8).strokeColor(faint)
  if (dashed) pdf.dash(3, { space: 2 })
  pdf.moveTo(first.x, first.y)
  for (const { x, y } of others) pdf.lineTo(x, y)
  pdf.stroke().undash()
  if (head.length > 0) {
    pdf.polygon(...head.map(({ x, y }): [number, number] => [x, y])).fill(faint)
  }
}

function drawLabel(pdf: Pdf, { label }: PlacedLink): void {
  if (label === undefined) return
  const { x, y, width, height, lines } = label
  pdf.rect(x, y, width, height).fill(paper)
  pdf.fillColor(faint).font('plain').fontSize(size)
  writeLines(pdf, lines, x, y + 1, width)
}

function drawPart(pdf: Pdf, { x, y, width, height, shape, title, rows }: PlacedPart): void {
  const radius = shape === 'round' ? Math.min(height / 2, 14) : 3
  pdf.lineWidth(0.8).roundedRect(x, y, width, height, radius).fillAndStroke(fill, faint)
  if (shape === 'store') {
    pdf
      .moveTo(x, y + 4)
      .lineTo(x + width, y + 4)
      .stroke()
  }
  pdf.fillColor(ink).font('bold').fontSize(size)
  writeLines(pdf, title, x, y + 8, width)
  if (rows.length === 0) return
  const below = y + 12 + title.length * lineHeight
  pdf
    .moveTo(x, below)
    .lineTo(x + width, below)
    .stroke()
  pdf.fillColor(ink).font('plain')
  for (const [index, row] of rows.entries()) {
    pdf.text(row, x + 8, below + 4 + index * lineHeight, { lineBreak: false })
  }
}

function draw(pdf: Pdf, placed: PlacedDiagram, scale: number): void {
  const { x, y } = pdf
  pdf.save().translate(x, y).scale(scale)
  for (const link of placed.links) drawLink(pdf, link)
  for (const part of placed.parts) drawPart(pdf, part)
  for (const link of placed.links) drawLabel(pdf, link)
  pdf.restore()
  pdf.font('plain').fontSize(10).fillColor(ink)
  pdf.x = x
  pdf.y = y + placed.height * scale + 6
}

/** The diagram with all its texts for the typeface that it is drawn in. */
function inPlainSigns(diagram: Diagram, written: (text: string) => string): Diagram {
  return {
    ...diagram,
    parts: diagram.parts.map((part) => ({
      ...part,
      title: written(part.title),
      rows: part.rows.map(written),
    })),
    links: diagram.links.map((link) => ({ ...link, label: written(link.label) })),
  }
}

/** What is said of a drawing that no page has room for. */
function describe(pdf: Pdf, lines: readonly string[]): void {
  for (const line of lines) pdf.text(line, { indent: 8 })
}

/**
 * Draws a text in Mermaid's language, with what it says in words where it is too large for a page.
 * False when it is of a kind that is not drawn.
 */
export function writeDiagram(pdf: Pdf, text: string): boolean {
  const read = readDiagram(printable(text))
  if (read === undefined) return false
  const diagram = inPlainSigns(read, (label) => pdf.signs.written(label))
  const { margins, width, height } = pdf.page
  const [wide, high] = [width - margins.left - margins.right, height - margins.top - margins.bottom]
  pdf.font('bold').fontSize(size)
  const measure = (line: string) => pdf.widthOfString(line)
  const placed = placeDiagram(diagram, { width: wide, lineHeight, measure })
  pdf.font('plain').fontSize(10)
  const scale = Math.min(1, wide / placed.width, (high - 12) / placed.height)
  if (scale < smallest) describe(pdf, describeDiagram(diagram))
  else {
    keepRoom(pdf, placed.height * scale + 6)
    draw(pdf, placed, scale)
  }
  return true
}
