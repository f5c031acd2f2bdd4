import { fileURLToPath } from 'node:url'
import Document from 'pdfkit'
import { openSigns, type Signs } from './signs.ts'

/** The typefaces of a document; they hold Latin, Greek, Cyrillic and more, and the boxes of tasks. */
const faces = {
  plain: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  slanted: 'DejaVuSans-Oblique.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const
export type Face = keyof typeof faces

/** A document with the signs that its typefaces have. */
export type Pdf = PDFKit.PDFDocument & { signs: Signs<Face> }

/** A4 with room for the page's number at the foot; points. */
const margins = { top: 56, right: 56, bottom: 64, left: 56 }

export const ink = '#1d2125'
export const faint = '#565c62'

function fontPath(file: string): string {
  return fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`))
}

/** A new document whose pages are numbered at its end. */
export function openPdf(title: string, at: Date): Pdf {
  const pdf = new Document({
    size: 'A4',
    margins,
    bufferPages: true,
    info: { Title: title, Creator: 'Talkwright', Producer: 'Talkwright', CreationDate: at },
    lang: 'en',
    displayTitle: true,
  })
  const files = {
    plain: fontPath(faces.plain),
    bold: fontPath(faces.bold),
    slanted: fontPath(faces.slanted),
    mono: fontPath(faces.mono),
  }
  for (const [face, file] of Object.entries(files)) pdf.registerFont(face, file)
  pdf.font('plain').fontSize(10).fillColor(ink)
  return Object.assign(pdf, { signs: openSigns<Face>(files, 'plain') })
}

/** Control and direction characters would hide what the page says. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** A text without signs that hide or turn others; lines and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, (sign) => (sign === '\n' || sign === '\t' ? sign : ' '))
}

/** Begins a new page when less than this is left of it, in points. */
export function keepRoom(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.addPage()
}

function numberPages(pdf: Pdf, foot: string): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page)
    // Below the margin text would begin a new page.
    pdf.page.margins.bottom = 0
    const width = pdf.page.width - margins.left - margins.right
    const y = pdf.page.height - margins.bottom + 24
    pdf.font('plain').fontSize(8).fillColor(faint)
    pdf.text(pdf.signs.written(foot), margins.left, y, { width, lineBreak: false })
    const words = `${page + 1} / ${count}`
    pdf.text(words, margins.left, y, { width, align: 'right', lineBreak: false })
    pdf.page.margins.bottom = margins.bottom
  }
}

/** Numbers the pages and gives the document's bytes. */
export async function closePdf(pdf: Pdf, foot: string): Promise<Uint8Array<ArrayBuffer>> {
  numberPages(pdf, foot)
  const parts: Uint8Array[] = []
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', (part: Uint8Array) => parts.push(part))
    pdf.on('end', () => resolve())
    pdf.on('error', reject)
  })
  pdf.end()
  await ended
  return new Uint8Array(Buffer.concat(parts))
}
