import { headingOf } from './blocks.ts'
import type { Block, Heading } from './blocks.ts'
import { isBlank } from './lines.ts'
import type { Line } from './lines.ts'
import { readWrappedItems } from './wrapped-items.ts'

export interface LocatedCriterion {
  number: number
  text: string
  line: Line
}

/** A requirement with its places in the document. */
export interface LocatedRequirement {
  number: number
  title: string
  /** The paragraph of the user story on one line; empty when there is none. */
  story: string
  line: Line
  criteria: LocatedCriterion[]
}

/** The number and title of a level-three heading `Requirement N: Title`. */
export function requirementHeading(
  heading: Heading,
): { number: number; title: string } | undefined {
  if (heading.level !== 3) return undefined
  const match = /^Requirement\s+(\d{1,6})(?:\s*[:.-](.*)|)$/is.exec(heading.text)
  return match ? { number: Number(match[1]), title: (match[2] ?? '').trim() } : undefined
}

/** Whether the heading ends the part before it: a section, or a requirement. */
export function startsPart(heading: Heading): boolean {
  return heading.level <= 2 || requirementHeading(heading) !== undefined
}

/** The requirements among the blocks of a document that was cut by `startsPart`. */
export function readRequirements(blocks: readonly Block[]): LocatedRequirement[] {
  return blocks.flatMap(({ heading, line, lines }) => {
    const named = heading && requirementHeading(heading)
    if (!named || !line) return []
    return { ...named, line, story: readStory(lines), criteria: readCriteria(lines) }
  })
}

function readStory(lines: readonly Line[]): string {
  const start = lines.findIndex((line) => /^\s*\*\*User Story/i.test(line.text))
  if (start < 0) return ''
  const rest = lines.slice(start)
  const end = rest.findIndex((line) => isBlank(line.text) || headingOf(line))
  const paragraph = rest.slice(0, end < 0 ? undefined : end)
  return paragraph.map((line) => line.text.trim()).join(' ')
}

function readCriteria(lines: readonly Line[]): LocatedCriterion[] {
  const start = lines.findIndex((line) => isCriteriaHeading(headingOf(line))) + 1
  if (start === 0) return []
  const end = lines.findIndex((line, at) => at >= start && headingOf(line))
  return readWrappedItems(lines.slice(start, end < 0 ? undefined : end), criterionOf)
}

function isCriteriaHeading(heading: Heading | undefined): boolean {
  return heading !== undefined && heading.level > 3 && /^acceptance criteria:?$/i.test(heading.text)
}

/** A numbered line: `3. text`, or `2.3 text`. */
function criterionOf(line: Line): LocatedCriterion | undefined {
  const match = /^\s{0,8}(?:(\d{1,6})[.)]|\d{1,6}\.(\d{1,6})\.?)\s(.*)$/s.exec(line.text)
  if (!match) return undefined
  return { number: Number(match[1] ?? match[2]), text: (match[3] ?? '').trim(), line }
}
