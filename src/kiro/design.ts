import { blocksOf, bodyOf, headingOf, renderBody } from './blocks.ts'
import type { Heading } from './blocks.ts'
import { oneLine, readLines } from './lines.ts'
import type { Line } from './lines.ts'
import { parseReferences, renderValidates } from './references.ts'
import type { CorrectnessProperty, DesignDocument, Section } from './tree.ts'

const PROPERTIES = 'Correctness Properties'

/**
 * The tree of a design.md: its level-two sections word for word. Of the Correctness Properties
 * section the body holds the prose before the first property alone; the rest is in `properties`.
 * @throws AppError `document_too_large`
 */
export function parseDesign(markdown: string): DesignDocument {
  const lines = readLines(markdown)
  const [preamble, ...blocks] = blocksOf(lines, (heading) => heading.level === 2)
  const title = preamble?.lines.map(headingOf).find((heading) => heading?.level === 1)
  const properties: CorrectnessProperty[] = []
  const sections = blocks.map((block): Section => {
    const heading = block.heading?.text ?? ''
    if (!isPropertiesHeading(heading)) return { heading, body: bodyOf(block.lines) }
    const [prose, ...found] = blocksOf(block.lines, (below) => propertyHeading(below) !== undefined)
    for (const block of found) properties.push(...parseProperty(block.heading, block.lines))
    return { heading, body: bodyOf(prose?.lines ?? []) }
  })
  return { title: parseTitle(title?.text ?? ''), sections, properties }
}

/**
 * Kiro's own layout. Properties stand in the first Correctness Properties section; where there is
 * none, one is added before Error Handling, or at the end.
 */
export function renderDesign(doc: DesignDocument): string {
  const title = oneLine(doc.title)
  const parts = [title === '' ? '# Design Document' : `# Design Document: ${title}`]
  let waiting: readonly CorrectnessProperty[] = doc.properties
  for (const section of withPropertiesSection(doc)) {
    const heading = oneLine(section.heading)
    const holdsProperties = isPropertiesHeading(heading)
    parts.push(`## ${heading}`.trimEnd())
    parts.push(renderBody(section.body, holdsProperties ? endsProse : endsSection))
    if (holdsProperties) {
      for (const property of waiting) parts.push(...renderProperty(property))
      waiting = []
    }
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** The number and title of a level-three heading `Property n: Title`. */
export function propertyHeading(heading: Heading): { number: number; title: string } | undefined {
  if (heading.level !== 3) return undefined
  const match = /^Property\s+(\d{1,6})(?:\s*[:.-](.*)|)$/is.exec(heading.text)
  return match ? { number: Number(match[1]), title: (match[2] ?? '').trim() } : undefined
}

export function isPropertiesHeading(heading: string): boolean {
  return heading.trim().toLowerCase() === PROPERTIES.toLowerCase()
}

function parseTitle(heading: string): string {
  return heading.replace(/^Design Document(?:\s*:|$)/i, '').trim()
}

function parseProperty(
  heading: Heading | undefined,
  lines: readonly Line[],
): CorrectnessProperty[] {
  const named = heading && propertyHeading(heading)
  if (!named) return []
  const rest: Line[] = []
  const found: string[][] = []
  for (const line of lines) {
    const references = line.fenced ? undefined : parseReferences(line.text)
    if (references?.kind === 'validates') found.push(references.refs)
    else rest.push(line)
  }
  return [{ ...named, statement: bodyOf(rest), validates: found.flat() }]
}

function withPropertiesSection({ sections, properties }: DesignDocument): readonly Section[] {
  if (properties.length === 0 || sections.some(({ heading }) => isPropertiesHeading(heading))) {
    return sections
  }
  const at = sections.findIndex(({ heading }) => /^error handling$/i.test(heading.trim()))
  return sections.toSpliced(at < 0 ? sections.length : at, 0, { heading: PROPERTIES, body: '' })
}

function endsSection(line: Line): boolean {
  return headingOf(line)?.level === 2
}

function endsProse(line: Line): boolean {
  const heading = headingOf(line)
  return heading !== undefined && (heading.level === 2 || propertyHeading(heading) !== undefined)
}

function endsStatement(line: Line): boolean {
  return endsProse(line) || (!line.fenced && parseReferences(line.text)?.kind === 'validates')
}

function renderProperty(property: CorrectnessProperty): string[] {
  const title = oneLine(property.title)
  return [
    `### Property ${property.number}${title === '' ? '' : `: ${title}`}`,
    renderBody(property.statement, endsStatement),
    property.validates.length === 0 ? '' : renderValidates(property.validates),
  ]
}
