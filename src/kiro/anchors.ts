import { assertNever } from '../domain/assert-never.ts'
import { blocksOf, headingOf } from './blocks.ts'
import { bugfixBlocks, bugfixPart, bugfixParts, readStatements } from './bugfix.ts'
import { type Line, readLines } from './lines.ts'
import { readRequirements, startsPart } from './requirement-blocks.ts'
import { parseTaskLine } from './task-line.ts'

/** The documents of a plan whose lines have a name of their own. */
export const anchoredDocuments = ['requirements.md', 'bugfix.md', 'design.md', 'tasks.md'] as const
export type AnchoredDocument = (typeof anchoredDocuments)[number]

/** A line of a document that keeps its name over the versions of a plan. */
export interface Anchor {
  /** `2` of a requirement or a task, `2.1` of a criterion or a sub-task; of design.md the heading. */
  ref: string
  /** From 1. */
  line: number
  /** What the line says, without its number. */
  text: string
}

/** A heading is its own name; a longer one names nothing. */
const longestHeading = 300

function requirementAnchors(lines: readonly Line[]): Anchor[] {
  return readRequirements(blocksOf(lines, startsPart)).flatMap(
    ({ number, title, line, criteria }) => [
      { ref: `${number}`, line: line.number, text: title },
      ...criteria.map((one) => ({
        ref: `${number}.${one.number}`,
        line: one.line.number,
        text: one.text,
      })),
    ],
  )
}

function bugfixAnchors(lines: readonly Line[]): Anchor[] {
  return bugfixBlocks(lines).flatMap((block) => {
    const named = bugfixParts.find(({ part }) => part === bugfixPart(block.heading))
    if (named === undefined || block.line === undefined) return []
    return [
      { ref: `${named.number}`, line: block.line.number, text: named.heading },
      ...readStatements(block).map(({ number, text, line }) => ({
        ref: number,
        line: line.number,
        text,
      })),
    ]
  })
}

function headingAnchors(lines: readonly Line[]): Anchor[] {
  return lines.flatMap((line) => {
    const heading = headingOf(line)
    if (heading === undefined || heading.level < 2) return []
    const { text } = heading
    return text === '' || text.length > longestHeading
      ? []
      : [{ ref: text, line: line.number, text }]
  })
}

function taskAnchors(lines: readonly Line[]): Anchor[] {
  return lines.flatMap((line) => {
    const task = parseTaskLine(line)
    return task === undefined ? [] : [{ ref: task.number, line: line.number, text: task.title }]
  })
}

function anchorsOf(document: AnchoredDocument, lines: readonly Line[]): Anchor[] {
  switch (document) {
    case 'requirements.md':
      return requirementAnchors(lines)
    case 'bugfix.md':
      return bugfixAnchors(lines)
    case 'design.md':
      return headingAnchors(lines)
    case 'tasks.md':
      return taskAnchors(lines)
    default:
      return assertNever(document)
  }
}

/**
 * The lines of a document that have a name, in order; of two with one name the first.
 *
 * @throws AppError `document_too_large`
 */
export function anchorsIn(document: AnchoredDocument, content: string): Anchor[] {
  const seen = new Set<string>()
  return anchorsOf(document, readLines(content)).filter(({ ref }) => {
    const isFirst = !seen.has(ref)
    seen.add(ref)
    return isFirst
  })
}
