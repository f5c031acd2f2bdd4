import type { Brief, BriefItem } from '../domain/brief.ts'
import type { Citation } from '../domain/citation.ts'
import { inline } from '../kiro/inline.ts'

const kindNames: Readonly<Record<BriefItem['kind'], string>> = {
  goal: 'Goals',
  user: 'Users',
  requirement: 'Requirements',
  quality: 'Qualities',
  constraint: 'Constraints',
  preference: 'Preferences',
  integration: 'Integrations',
  timeline: 'Timeline',
  budget: 'Budget',
  out_of_scope: 'Out of scope',
}

function citationLines(citations: readonly Citation[]): string[] {
  return citations.map(({ turn, quote }) => `  - ${turn}: "${inline(quote, 4_000)}"`)
}

function itemLines({ id, statement, priority, citations, inferred }: BriefItem): string[] {
  const why = inferred === undefined ? [] : [`  - Inferred: ${inline(inferred)}`]
  const head = `- **${id}** ${inline(statement)} (${priority.level})`
  return [head, ...why, ...citationLines(citations)]
}

function entityLines({ name, fields, citations, inferred }: Brief['entities'][number]): string[] {
  const kept = fields.map((field) => `${field.name}${field.required ? '' : '?'}`).join(', ')
  const why = inferred === undefined ? [] : [`  - Inferred: ${inline(inferred)}`]
  const head = `- **${inline(name)}**${kept === '' ? '' : `: ${inline(kept)}`}`
  return [head, ...why, ...citationLines(citations)]
}

/** A section with its heading; none where it would be empty. */
function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, '', ...lines, '']
}

/**
 * A brief as a Markdown document: everything that it holds, each with the words that it rests on.
 * Words of the talk are plain text in it, whatever markup they hold.
 */
export function briefDocument(brief: Brief): string {
  const kinds = Object.entries(kindNames).flatMap(([kind, name]) =>
    section(name, brief.items.filter((item) => item.kind === kind).flatMap(itemLines)),
  )
  const questions = brief.openQuestions.flatMap(({ id, question, why, citations }) => [
    `- **${id}** ${inline(question)}`,
    ...(why === '' ? [] : [`  - ${inline(why)}`]),
    ...citationLines(citations),
  ])
  const contradictions = brief.contradictions.flatMap(({ id, statement, citations }) => [
    `- **${id}** ${inline(statement)}`,
    ...citationLines(citations),
  ])
  const maker = brief.madeBy.kind === 'offline' ? 'offline, without a model' : brief.madeBy.name
  const lines = [
    `# Brief: ${inline(brief.title)}`,
    '',
    ...(brief.summary === '' ? [] : [inline(brief.summary, 4_000), '']),
    `Made by: ${inline(maker)}.`,
    '',
    ...section('Open questions', questions),
    ...section('Contradictions', contradictions),
    ...kinds,
    ...section('What is kept', brief.entities.flatMap(entityLines)),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}
