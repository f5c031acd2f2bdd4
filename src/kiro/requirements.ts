import { blocksOf, bodyOf, headingOf, renderBody } from './blocks.ts'
import type { Block } from './blocks.ts'
import { parseEars } from './ears.ts'
import { oneLine, readLines } from './lines.ts'
import type { Line } from './lines.ts'
import { readRequirements, startsPart } from './requirement-blocks.ts'
import type { LocatedRequirement } from './requirement-blocks.ts'
import { renderRetired, retiredOf } from './retired.ts'
import type { Criterion, Requirement, RequirementsDocument } from './tree.ts'
import { parseUserStory, renderUserStory } from './user-story.ts'
import { readWrappedItems } from './wrapped-items.ts'

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
    glossary: named('glossary')
      .flatMap((block) => readWrappedItems(block.lines, glossaryLine))
      .map(({ term, text }) => ({ term, definition: text })),
    requirements: readRequirements(blocks).map(requirementOf),
    ...retiredOf(blocks),
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
  parts.push(renderRetired(doc.retired) ?? '')
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function endsIntroduction(line: Line): boolean {
  const heading = headingOf(line)
  return heading !== undefined && startsPart(heading)
}

function requirementOf({ number, title, story, criteria }: LocatedRequirement): Requirement {
  const userStory = parseUserStory(story)
  return {
    number,
    title,
    ...(userStory && { userStory }),
    criteria: criteria.map(({ number, text }): Criterion => {
      const ears = parseEars(text)
      return { number, text, ...(ears && { ears }) }
    }),
  }
}

/** A line `- **Term**: definition`. */
function glossaryLine({ text }: Line): { term: string; text: string } | undefined {
  const item = /^[-*+][ \t]+\*\*(.*)$/s.exec(text.trimStart())?.[1]
  const end = item?.indexOf('**') ?? -1
  if (item === undefined || end < 0) return undefined
  const term = item.slice(0, end).trim()
  const definition = item.slice(end + 2).trimStart()
  return {
    term: term.replace(/:$/, '').trim(),
    text: definition.replace(/^:/, '').trim(),
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
