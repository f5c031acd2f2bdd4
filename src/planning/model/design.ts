import type { Brief } from '../../domain/brief.ts'
import { jobOf } from '../../domain/job.ts'
import type { Risk, StackChoice } from '../../domain/plan.ts'
import { renderDesign } from '../../kiro/design.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import type { CorrectnessProperty } from '../../kiro/tree.ts'
import { architectureOf } from '../offline/architecture.ts'
import {
  aimsOf,
  changesOf,
  dataModelsOf,
  inUse,
  questionsOf,
  stackTable,
} from '../offline/design-document.ts'
import type { Outline, PlannedCriterion } from '../offline/planned.ts'
import { riskTable } from '../offline/risks.ts'
import { withoutStop } from '../offline/sentence.ts'
import type { AnsweredPlan } from './answer.ts'
import type { BriefIndex } from './brief-index.ts'
import { isGroundless, type LineGate, tellingWords } from './line-gate.ts'

const most = { components: 12, decisions: 20, lines: 12, properties: 20 }

export interface DesignParts {
  brief: Brief
  risks: readonly Risk[]
  index: BriefIndex
  outline: Outline
  stack: readonly StackChoice[]
  gate: LineGate
  /** The numbers of the plan's criteria. */
  refs: ReadonlyMap<PlannedCriterion, string>
  byNumber: ReadonlyMap<string, PlannedCriterion>
}

/** design.md of a proposal: every line through the gate, the diagram drawn by code. */
export function designDocument(answer: AnsweredPlan, parts: DesignParts): string {
  const { brief, outline, stack, risks } = parts
  const isNew = jobOf(brief) === 'new'
  const lines = linesOf(parts)
  const components = componentsOf(answer, lines)
  const decisions = answer.decisions
    .slice(0, most.decisions)
    .flatMap(({ decision, reason, items }) => {
      const named = items.filter((id) => parts.index.has(id))
      const text = lines('decision', `${withoutStop(decision)}. ${withoutStop(reason)}`, 400)
      const from =
        named.length > 0 ? ` (${named.slice(0, 12).join(', ')})` : ' (a choice of the planner)'
      return text === undefined ? [] : [`- ${text}${from}`]
    })
  const overview = lines('overview', answer.overview, 1_000) ?? inline(brief.summary, 1_000)
  const usual = isNew ? ofNew : inUse
  return renderDesign({
    title: outline.title,
    sections: [
      {
        heading: 'Overview',
        body: [overview || `${outline.system} does what requirements.md asks for.`]
          .concat(aimsOf(brief))
          .join('\n\n'),
      },
      {
        heading: 'Architecture',
        // The parts of a product that is in use are not known, to a model neither.
        body: isNew ? diagramOf(components, outline) : architectureOf(brief, outline, stack),
      },
      { heading: 'Stack', body: stackTable(stack) },
      {
        heading: 'Components and Interfaces',
        body: isNew ? componentTable(components) : changesOf(outline),
      },
      { heading: 'Data Models', body: dataModelsOf(outline) },
      { heading: 'Correctness Properties', body: 'What holds for all records, whatever they are.' },
      { heading: 'Error Handling', body: listOf(answer.errors, 'error', lines) || usual.errors },
      {
        heading: 'Testing Strategy',
        body: listOf(answer.testing, 'testing', lines) || usual.testing,
      },
      { heading: 'Design Decisions', body: decisions.join('\n') || 'None beyond the stack.' },
      { heading: 'Risks', body: riskTable(risks) },
      { heading: 'Open Questions', body: questionsOf(brief) },
    ],
    properties: propertiesOf(answer, parts),
  })
}

const ofNew = {
  errors: '- A request that breaks a rule is refused with one sentence that says which.',
  testing: '- Every criterion that is carried out has an acceptance test that bears its number.',
} as const

type Line = (what: string, text: string, max: number) => string | undefined

/** The gate for lines that belong to no criterion: they must speak of the brief where they reach out. */
function linesOf({ gate, brief, index }: DesignParts): Line {
  const ground = index.ground([...brief.items, ...brief.entities].map(({ id }) => id))
  for (const word of tellingWords(`${brief.title} ${brief.summary}`)) ground.add(word)
  return (what, text, max) => {
    const line = gate.pass(what, text, max)
    if (line === undefined || !isGroundless(text, ground)) return line
    gate.remove(what, text, 'It reaches beyond what the brief asks for.')
    return undefined
  }
}

interface Component {
  name: string
  duty: string
  uses: string[]
}

function componentsOf({ components }: AnsweredPlan, lines: Line): Component[] {
  const taken = components
    .slice(0, most.components)
    .flatMap(({ name, duty, uses }): Component[] => {
      const said = lines('component', withoutStop(`${name}: ${duty}`), 400)
      const label = plainLine(name.replaceAll(/[^\p{L}\p{N} .,'-]/gu, ' '), 60)
      return said === undefined || label === ''
        ? []
        : [{ name: label, duty: withoutStop(duty), uses }]
    })
  return taken.length > 0
    ? taken
    : [{ name: 'Software', duty: 'does what the criteria ask for', uses: [] }]
}

/** A flowchart of the components; only letters, digits and harmless signs stand between its quotes. */
function diagramOf(components: readonly Component[], { system }: Outline): string {
  const ids = new Map(components.map(({ name }, at) => [name.toLowerCase(), `part${at + 1}`]))
  const nodes = components.map(({ name }, at) => `  part${at + 1}["${name}"]`)
  const edges = components.flatMap(({ uses }, at) =>
    [...new Set(uses.slice(0, most.components).map((name) => ids.get(name.trim().toLowerCase())))]
      .filter((id) => id !== undefined && id !== `part${at + 1}`)
      .map((id) => `  part${at + 1} --> ${id}`),
  )
  const chart = ['```mermaid', 'flowchart LR', ...nodes, ...edges, '```']
  return [...chart, '', `The parts of ${system}; an arrow points to what a part calls.`].join('\n')
}

function componentTable(components: readonly Component[]): string {
  const rows = components.map(({ name, duty, uses }) => {
    const known = uses.filter((use) =>
      components.some((other) => other.name.toLowerCase() === use.trim().toLowerCase()),
    )
    return `| ${inline(name, 60)} | ${inline(duty, 300)} | ${inline(known.join(', '), 300)} |`
  })
  return ['| Component | Does | Calls |', '| --- | --- | --- |', ...rows].join('\n')
}

function listOf(texts: readonly string[], what: string, lines: Line): string {
  return texts
    .slice(0, most.lines)
    .flatMap((text) => lines(what, withoutStop(text), 300) ?? [])
    .map((line) => `- ${line}.`)
    .join('\n')
}

function propertiesOf(
  { properties }: AnsweredPlan,
  { byNumber, refs, gate, index }: DesignParts,
): CorrectnessProperty[] {
  return properties
    .slice(0, most.properties)
    .flatMap(({ title, statement, criteria }): Omit<CorrectnessProperty, 'number'>[] => {
      const own = criteria.flatMap((number) => byNumber.get(number) ?? [])
      const validates = [...new Set(own.flatMap((criterion) => refs.get(criterion) ?? []))]
      const ground = index.ground(own.flatMap(({ items }) => items))
      for (const { text } of own) for (const word of tellingWords(text)) ground.add(word)
      if (validates.length === 0 || isGroundless(statement, ground)) {
        gate.remove('property', title, 'It validates no criterion of the plan.')
        return []
      }
      const name = gate.pass('property', withoutStop(title), 90)
      const said = gate
        .pass('property', withoutStop(statement), 500)
        ?.replace(/^(?:\\\*)?for any(?:\\\*)?\s/i, '')
      if (name === undefined || said === undefined || !/\bSHALL\b/.test(said)) return []
      return [{ title: name, statement: `*For any* ${said}.`, validates }]
    })
    .map((property, at) => ({ number: at + 1, ...property }))
}
