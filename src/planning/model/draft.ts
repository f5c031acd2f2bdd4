import type { PlanDraft } from '../../domain/plan.ts'
import type { Brief } from '../../domain/brief.ts'
import { type Job, jobOf } from '../../domain/job.ts'
import type { Manifest } from '../../domain/manifest.ts'
import { renderConfig } from '../../kiro/config.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import { renderTasks } from '../../kiro/tasks.ts'
import { grounds } from '../offline/estimate.ts'
import { notesOf } from '../offline/notes.ts'
import { entitiesFor } from '../offline/outline.ts'
import { numberedCriteria, type Area, type Outline } from '../offline/planned.ts'
import { leftOutOf } from '../offline/left-out.ts'
import { requirementsDocument } from '../offline/planner.ts'
import { risksOf } from '../offline/risks.ts'
import { steeringFiles } from '../offline/steering-files.ts'
import { systemName } from '../offline/terms.ts'
import { traceOf, withRemovals } from '../offline/trace.ts'
import { keepNumbers } from '../numbers/keep-numbers.ts'
import type { PlanInput } from '../planner.ts'
import type { AnsweredPlan } from './answer.ts'
import { type BriefIndex, indexBrief } from './brief-index.ts'
import { designDocument } from './design.ts'
import { createLineGate, type LineGate } from './line-gate.ts'
import { takeRequirements } from './requirements.ts'
import { takeStack } from './stack.ts'
import { takeTasks } from './tasks.ts'

/** Who answered, for `madeBy` and the manifest; absent while an answer is only tried. */
export interface Making {
  name: string
  manifest?: Manifest
}

/** The whole plan of a proposal: code takes over what may stand, numbers it and writes the files. */
export function draftOf(input: PlanInput, answer: AnsweredPlan, making: Making): PlanDraft {
  const { brief, specId, previous } = input
  const gate = createLineGate()
  const index = indexBrief(brief)
  const leftOut = leftOutWith(answer, brief, gate)
  const { outline, retired, byNumber, filled } = outlineOf(answer, input, { gate, index, leftOut })
  const planned = { areas: outline.areas, retired, previous: previous?.draft }
  const { tasks, phases, waves, hours } = takeTasks(answer, planned, byNumber, gate)
  const stack = takeStack(answer, brief, index, gate)
  const refs = new Map(numberedCriteria(outline.areas).map(({ ref, value }) => [value, ref]))
  const risks = risksOf(brief, outline)
  const estimate = estimateOf(hours, filled.length, jobOf(brief))
  const parts = { brief, risks, index, outline, stack, gate, refs, byNumber }
  const notes = notesOf({ estimate, leftOut }, brief)
  return {
    title: plainLine(brief.title, 120) || 'The software',
    feature: brief.feature,
    files: [
      ...specFiles(brief.feature, {
        'requirements.md': requirementsDocument(brief, outline, retired),
        'design.md': designDocument(answer, parts),
        'tasks.md': renderTasks({ title: outline.title, overview, tasks, notes, waves }),
        '.config.kiro': renderConfig({ specId, ...kind }),
      }),
      ...steeringFiles(brief, outline, stack),
    ],
    stack,
    phases,
    estimate,
    risks,
    trace: traceOf(outline.areas, tasks),
    ...(retired.length > 0 && { retired: withRemovals(retired, tasks) }),
    leftOut,
    ...(gate.removed.length > 0 && { removed: gate.removed.slice(0, 200) }),
    ...(making.manifest && { manifest: making.manifest }),
    madeBy: { kind: 'model', name: makerName(making.name, filled) },
  }
}

/** What the proposal asks for, with the numbers that it has in every version. */
function outlineOf(
  answer: AnsweredPlan,
  { brief, previous }: PlanInput,
  given: { gate: LineGate; index: BriefIndex; leftOut: PlanDraft['leftOut'] },
) {
  const system = systemName(brief.title)
  const entities = entitiesFor(brief, jobOf(brief))
  const leftOut = new Set(given.leftOut.map(({ item }) => item))
  const taken = takeRequirements(answer, { ...given, brief, entities, system, leftOut })
  const { areas, retired } = keepNumbers([areaOf(taken.requirements)], brief, previous)
  const title = inline(brief.title, 100) || 'The software'
  const outline: Outline = { title, feature: brief.feature, system, entities, areas }
  return { ...taken, outline, retired }
}

function specFiles(feature: string, texts: Readonly<Record<string, string>>): PlanDraft['files'] {
  return Object.entries(texts).map(([name, content]) => ({
    path: `.kiro/specs/${feature}/${name}`,
    content,
  }))
}

/** The order of a proposal is its own, so all of it stands in one area. */
function areaOf(requirements: Area['requirements']): Area {
  return { title: 'All', kind: 'functions', depth: 1, requirements }
}

const kind = { workflowType: 'requirements-first', specType: 'feature' } as const

const overview =
  'Carry out requirements.md as design.md describes it, in the order of the tasks. A task marked `*` is optional; what nobody asked for is optional throughout.'

/** What the model passed over and the offline planner wrote is said with the maker's name. */
function makerName(name: string, filled: readonly string[]): string {
  if (filled.length === 0) return name.slice(0, 120)
  const some = filled.slice(0, 6).join(', ') + (filled.length > 6 ? ' …' : '')
  return `${name.slice(0, 60)}; offline planner for ${some}`.slice(0, 120)
}

function leftOutWith(answer: AnsweredPlan, brief: Brief, gate: LineGate): PlanDraft['leftOut'] {
  const own = leftOutOf(brief)
  const known = new Set(own.map(({ item }) => item))
  const ids = new Set(brief.items.map(({ id }) => id))
  const used = new Set(
    answer.requirements.flatMap(({ criteria }) => criteria.flatMap(({ items }) => items)),
  )
  const more = answer.leftOut.flatMap(({ item, reason }) => {
    if (!ids.has(item) || known.has(item) || used.has(item)) return []
    known.add(item)
    return [{ item, reason: gate.pass('reason', reason, 280) ?? 'The planner left it out.' }]
  })
  return [...own, ...more]
}

function estimateOf(
  { low, high }: { low: number; high: number },
  filled: number,
  job: Job,
): PlanDraft['estimate'] {
  return {
    low: Math.round(low),
    high: Math.round(Math.max(low, high)),
    assumptions: [
      'Hours of one skilled developer, tests included, without an agent, as the model guesses them for each task.',
      grounds[job === 'new' ? 'new' : 'inUse'],
      'Optional tasks, open questions and what is out of scope are not counted.',
      ...(filled > 0
        ? [`${filled} criteria without a guess are counted with 2 to 10 hours each.`]
        : []),
    ],
  }
}
