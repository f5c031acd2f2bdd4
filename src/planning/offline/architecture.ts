import type { Brief, BriefItem } from '../../domain/brief.ts'
import { jobOf } from '../../domain/job.ts'
import type { StackChoice } from '../../domain/plan.ts'
import { diagramLabel } from './diagram-label.ts'
import type { Outline } from './planned.ts'

/** A flowchart of who uses what, with two sentences that say how the parts stand to each other. */
export function architectureOf(
  brief: Brief,
  { system }: Outline,
  stack: readonly StackChoice[],
): string {
  const actors = actorsOf(brief)
  const storage = stack.find(({ part }) => part === 'Storage')?.choice ?? 'records'
  const partners = brief.items.filter(({ kind }) => kind === 'integration').slice(0, 6)
  if (jobOf(brief) !== 'new') return inUse(actors, system, partners)
  const lines = [
    'flowchart LR',
    ...actors.map((actor, index) => `  actor${index + 1}(["${diagramLabel(actor)}"]) --> page`),
    `  page["${diagramLabel(`${system}: page in the browser`)}"] -->|"HTTP, JSON"| api["HTTP API with its rules"]`,
    `  api --> store[("${diagramLabel(`Store - ${storage}`)}")]`,
    ...partners.map(
      ({ statement }, index) => `  api -.-> partner${index + 1}["${diagramLabel(statement)}"]`,
    ),
  ]
  const planned =
    partners.length > 0 ? ' Broken lines are connections that are still to be made.' : ''
  const text = `One process serves the page and the API. The rules stand in the API, so that no page can go around them; only the store touches the disk.${planned}`
  return ['```mermaid', ...lines, '```', '', text].join('\n')
}

function inUse(actors: readonly string[], system: string, partners: readonly BriefItem[]): string {
  const lines = [
    'flowchart LR',
    ...actors.map((actor, index) => `  actor${index + 1}(["${diagramLabel(actor)}"]) --> product`),
    `  product["${diagramLabel(`${system}, the product that is in use`)}"]`,
    ...partners.map(
      ({ statement }, index) => `  product -.-> partner${index + 1}["${diagramLabel(statement)}"]`,
    ),
  ]
  const text =
    'The product is in use and keeps its architecture. Its inner parts were not spoken of: look at the code before you decide where a change belongs.'
  return ['```mermaid', ...lines, '```', '', text].join('\n')
}

function actorsOf(brief: Brief): string[] {
  const named = brief.items.flatMap(({ clause, kind }) =>
    kind === 'requirement' && clause?.actor !== undefined ? [clause.actor.toLowerCase()] : [],
  )
  const people = [...new Set(named)].filter(
    (actor) => diagramLabel(actor).length > 1 && actor !== 'user' && actor.split(' ').length <= 3,
  )
  return (people.length > 0 ? people : ['user']).slice(0, 8)
}
