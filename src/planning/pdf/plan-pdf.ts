import { setImmediate } from 'node:timers/promises'
import { invalidInput } from '../../domain/errors.ts'
import { planFile, type TraceLink } from '../../domain/plan.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import { parseMarkdown } from '../../kiro/markdown/blocks.ts'
import { requirementsIn } from '../../kiro/requirements-in.ts'
import type { Traced } from '../trace-document.ts'
import { writeBlock, writeHeading, writeInline } from './blocks.ts'
import { closePdf, faint, ink, openPdf, type Pdf } from './page.ts'

/** What is printed of a plan, in this order. */
const documents = ['requirements.md', 'bugfix.md', 'design.md', 'tasks.md'] as const

/** More than this is a book; in characters. */
const mostText = 600_000

/** A plan with what the first page says of it. */
export interface PrintedPlan extends Traced {
  version: number
  /** Whose approval it has; null while it has none. */
  approved: { how: 'auto' | 'person'; at: string } | null
}

/** Writes the title; gives where on the first page a note may stand. */
function writeTitle(pdf: Pdf, { draft, version, hash, approved }: PrintedPlan): number {
  writeHeading(pdf, 1, inline(draft.title))
  const { low, high } = draft.estimate
  const state =
    approved === null
      ? 'not approved'
      : `approved ${approved.how === 'auto' ? 'automatically' : 'by a person'} on ${approved.at.slice(0, 10)}`
  pdf.fillColor(faint)
  for (const line of [
    `Version ${version}, ${state}.`,
    `Estimated at ${low} to ${high} hours of a skilled developer.`,
    `Hash ${hash}`,
  ]) {
    pdf.fontSize(9).text(line)
  }
  const noteAt = pdf.y
  pdf.fontSize(10).fillColor(ink)
  pdf.y += 24
  return noteAt
}

/** What is true of a document is known when it is written; it is said on its first page. */
function noteReplaced(pdf: Pdf, y: number): void {
  if (!pdf.signs.replaced()) return
  pdf.switchToPage(0)
  const note =
    'Signs that the typefaces lack stand here by their Unicode numbers: [U+65E5]. The .kiro pack has them as written.'
  pdf.fontSize(8).fillColor(faint)
  pdf.text(note, pdf.page.margins.left, y, { lineBreak: false })
}

function writeSource(pdf: Pdf, { ref, citations, inferred }: TraceLink, text: string): void {
  pdf.x = pdf.page.margins.left
  writeInline(pdf, `**${ref}** ${text}`, 'plain', {})
  pdf.fillColor(faint)
  const why = inferred === undefined ? [] : [`Inferred: ${inferred}`]
  const quotes = citations.map(({ turn, quote }) => `${turn}: “${quote}”`)
  for (const line of [...why, ...quotes]) writeInline(pdf, inline(line), 'plain', { indent: 12 })
  pdf.fillColor(ink)
  pdf.y += 6
}

/**
 * A plan as a PDF to read: its documents, then where each of its lines comes from. No text of it
 * becomes a link or a command, and nothing is fetched.
 *
 * @param at when it is printed
 * @throws AppError `too_large_to_print`
 */
export async function planPdf(plan: PrintedPlan, at: Date): Promise<Uint8Array<ArrayBuffer>> {
  const { files, title, trace } = plan.draft
  const printed = documents.flatMap((name) => planFile(files, name) ?? [])
  const size = printed.reduce((sum, { content }) => sum + content.length, 0)
  if (size > mostText) {
    const message = `The plan has ${size} characters; up to ${mostText} are printed. Download the .kiro pack instead.`
    throw invalidInput('too_large_to_print', message)
  }
  const pdf = openPdf(plainLine(title, 200), at)
  const noteAt = writeTitle(pdf, plan)
  for (const [index, { content }] of printed.entries()) {
    if (index > 0) pdf.addPage()
    for (const block of parseMarkdown(content)) {
      writeBlock(pdf, block)
      // Whoever else asks the server meanwhile is answered between two blocks.
      await setImmediate()
    }
  }
  const requirements = requirementsIn(files)
  const texts = new Map(
    requirements.flatMap(({ ref, title: name, criteria }) => [
      [ref, name] as const,
      ...criteria.map((one) => [one.ref, one.text] as const),
    ]),
  )
  pdf.addPage()
  writeHeading(pdf, 1, 'Where it comes from')
  for (const link of trace) {
    writeSource(pdf, link, texts.get(link.ref) ?? '')
    await setImmediate()
  }
  noteReplaced(pdf, noteAt)
  return closePdf(pdf, plainLine(title, 80))
}
