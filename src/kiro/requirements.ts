import { blocksOf, bodyOf, headingOf, renderBody } from './blocks.ts'
import type { Block, Heading } from './blocks.ts'
import { parseEars } from './ears.ts'
import { isBlank, oneLine, readLines } from './lines.ts'
import type { Line } from './lines.ts'
import type { Criterion, Requirement, RequirementsDocument } from './tree.ts'
import { parseUserStory, renderUserStory } from './user-story.ts'

/**
 * The tree of a requirements.md. Takes any text: what fits no place of the tree is left out, and
 * the linter says so. @throws AppError `document_too_large`
 */
export function parseRequirements(markdown: string): RequirementsDocument {
  const blocks = blocksOf(readLines(markdown), startsPart)
  const named = (name: string): Block[] =>
    blocks.filter(({ heading }) => heading?.level === 2 && heading.text.toLowerCase() === name)
  return {
    introduction: named('introduction')
      .map((block) => bodyOf(block.lines))
      .filter((body) => body !== '')
      .join('\n\n'),
    glossary: named('glossary').flatMap((block) => parseGlossary(block.lines)),
    requirements: blocks.flatMap((block) => parseRequirement(block) ?? []),
  }
}

/** Kiro's own layout; every value but the introduction is put on one line. */
export function renderRequirements(doc: RequirementsDocument): string {
  const parts = ['# Requirements Document', '## Introduction']
  parts.push(renderBody(doc.introduction, endsIntroduction))
  parts.push('## Glossary', doc.glossary.map(renderTerm).join('\n'), '## Requirements')
  for (const requirement of doc.requirements) {
    parts.push(renderHeading(requirement))
    if (requirement.userStory) parts.push(renderUserStory(requirement.userStory))
    parts.push('#### Acceptance Criteria')
    parts.push(requirement.criteria.map(renderCriterion).join('\n'))
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** The number and title of a level-three heading `Requirement N: Title`. */
export function requirementHeading(
  heading: Heading,
): { number: number; title: string } | undefined {
  if (heading.level !== 3) return undefined
  const match = /^Requirement\s+(\d{1,6})(?:\s*[:.-](.*)|)$/is.exec(heading.text)
  return match ? { number: Number(match[1]), title: (match[2] ?? '').trim() } : undefined
}

function startsPart(heading: Heading): boolean {
  return heading.level <= 2 || requirementHeading(heading) !== undefined
}

function endsIntroduction(line: Line): boolean {
  const heading = headingOf(line)
  return heading !== undefined && startsPart(heading)
}

function parseRequirement(block: Block): Requirement | undefined {
  const named = block.heading && requirementHeading(block.heading)
  if (!named) return undefined
  const userStory = parseUserStory(paragraphAt(block.lines, /^\*\*User Story/i))
  return { ...named, ...(userStory && { userStory }), criteria: parseCriteria(block.lines) }
}

/** The paragraph whose first line fits the pattern, on one line; empty when there is none. */
function paragraphAt(lines: readonly Line[], pattern: RegExp): string {
  const start = lines.findIndex((line) => pattern.test(line.text.trimStart()))
  if (start < 0) return ''
  const rest = lines.slice(start)
  const end = rest.findIndex((line) => isBlank(line.text) || headingOf(line))
  return rest
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.text.trim())
    .join(' ')
}

/** A numbered line `3. text` or `2.3 text` as a criterion's number and text. */
export function criterionLine(line: Line): { number: number; text: string } | undefined {
  if (line.fenced) return undefined
  const match = /^\s{0,8}(?:(\d{1,6})[.)]|\d{1,6}\.(\d{1,6})\.?)\s(.*)$/s.exec(line.text)
  return match ? { number: Number(match[1] ?? match[2]), text: (match[3] ?? '').trim() } : undefined
}

function parseCriteria(lines: readonly Line[]): Criterion[] {
  const found: { number: number; text: string }[] = []
  const heading = lines.findIndex((line) => /^acceptance criteria:?$/i.test(headingText(line)))
  let open = false
  for (const line of heading < 0 ? [] : lines.slice(heading + 1)) {
    if (headingOf(line)) break
    const item = criterionLine(line)
    const last = found.at(-1)
    if (item) found.push(item)
    else if (last && !isBlank(line.text) && (open || /^\s\s/.test(line.text))) {
      last.text = `${last.text} ${line.text.trim()}`.trim()
    }
    open = !isBlank(line.text)
  }
  return found.map((criterion) => {
    const ears = parseEars(criterion.text)
    return { ...criterion, ...(ears && { ears }) }
  })
}

function headingText(line: Line): string {
  const heading = headingOf(line)
  return heading && heading.level >= 3 ? heading.text : ''
}

function parseGlossary(lines: readonly Line[]): { term: string; definition: string }[] {
  const terms: { term: string; definition: string }[] = []
  let open = false
  for (const line of lines) {
    const term = line.fenced ? undefined : glossaryLine(line.text)
    const last = terms.at(-1)
    if (term) terms.push(term)
    else if (last && open && !isBlank(line.text)) {
      last.definition = `${last.definition} ${line.text.trim()}`.trim()
    }
    open = !isBlank(line.text) && !headingOf(line)
  }
  return terms
}

function glossaryLine(text: string): { term: string; definition: string } | undefined {
  const item = /^[-*+][ \t]+\*\*(.*)$/s.exec(text.trimStart())?.[1]
  const end = item?.indexOf('**') ?? -1
  if (item === undefined || end < 0) return undefined
  const term = item.slice(0, end).trim()
  const definition = item.slice(end + 2).trimStart()
  return {
    term: term.replace(/:$/, '').trim(),
    definition: definition.replace(/^:/, '').trim(),
  }
}

function renderTerm({ term, definition }: { term: string; definition: string }): string {
  return `- **${oneLine(term)}**: ${oneLine(definition)}`.trimEnd()
}

function renderHeading({ number, title }: Requirement): string {
  const heading = oneLine(title)
  return `### Requirement ${number}${heading === '' ? '' : `: ${heading}`}`
}

function renderCriterion({ number, text }: Criterion): string {
  return `${number}. ${oneLine(text)}`
}
