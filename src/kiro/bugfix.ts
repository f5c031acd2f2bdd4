import { blocksOf, bodyOf, headingOf, renderBody } from './blocks.ts'
import type { Block, Heading } from './blocks.ts'
import { oneLine, readLines } from './lines.ts'
import type { Line } from './lines.ts'
import { renderRetired, retiredOf } from './retired.ts'
import type { BugfixDocument, BugfixStatement } from './tree.ts'
import { readWrappedItems } from './wrapped-items.ts'

export interface LocatedStatement extends BugfixStatement {
  line: Line
}

type Part = 'current' | 'expected' | 'unchanged'

/** The three parts of a bugfix.md in their order; the statements of the first are numbered `1.1`, `1.2`. */
export const bugfixParts = [
  { part: 'current', number: 1, heading: 'Current Behavior (Defect)' },
  { part: 'expected', number: 2, heading: 'Expected Behavior (Correct)' },
  { part: 'unchanged', number: 3, heading: 'Unchanged Behavior (Regression Prevention)' },
] as const satisfies readonly { part: Part; number: number; heading: string }[]

/** The tree of a bugfix.md. @throws AppError `document_too_large` */
export function parseBugfix(markdown: string): BugfixDocument {
  const blocks = bugfixBlocks(readLines(markdown))
  const introduction = blocks
    .filter(({ heading }) => heading?.level === 2 && /^introduction$/i.test(heading.text))
    .map(({ lines }) => bodyOf(lines))
  const statements = (part: Part): BugfixStatement[] =>
    blocks
      .filter((block) => bugfixPart(block.heading) === part)
      .flatMap(readStatements)
      .map(({ number, text }) => ({ number, text }))
  return {
    introduction: introduction.filter((body) => body !== '').join('\n\n'),
    current: statements('current'),
    expected: statements('expected'),
    unchanged: statements('unchanged'),
    ...retiredOf(blocks),
  }
}

/** Kiro's own layout; every value but the introduction is put on one line. */
export function renderBugfix(doc: BugfixDocument): string {
  const introduction = renderBody(doc.introduction, (line) => {
    const heading = headingOf(line)
    return heading !== undefined && startsBlock(heading)
  })
  const parts = ['# Bugfix Requirements Document', '## Introduction', introduction]
  parts.push('## Bug Analysis')
  for (const { part, heading } of bugfixParts) {
    parts.push(`### ${heading}`)
    for (const { number, text } of doc[part]) parts.push(`${number} ${oneLine(text)}`)
  }
  parts.push(renderRetired(doc.retired) ?? '')
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** The document cut at its sections and at its three kinds of behaviour. */
export function bugfixBlocks(lines: readonly Line[]): Block[] {
  return blocksOf(lines, startsBlock)
}

function startsBlock(heading: Heading): boolean {
  return heading.level <= 2 || bugfixPart(heading) !== undefined
}

/** Which kind of behaviour the heading announces. */
export function bugfixPart(heading: Heading | undefined): Part | undefined {
  if (heading?.level !== 3) return undefined
  const text = heading.text.toLowerCase()
  return bugfixParts.find(({ part }) => text.startsWith(`${part} behavior`))?.part
}

/** The statements of a block with their places. */
export function readStatements({ lines }: Block): LocatedStatement[] {
  return readWrappedItems(lines, statementOf)
}

/** A line `1.2 WHEN …`, with or without a bullet. */
function statementOf(line: Line): LocatedStatement | undefined {
  const text = line.text.trimStart().replace(/^[-*+][ \t]+/, '')
  const match = /^(\d{1,4}\.\d{1,4})\.?\s(.*)$/s.exec(text)
  return match ? { number: match[1] ?? '', text: (match[2] ?? '').trim(), line } : undefined
}
