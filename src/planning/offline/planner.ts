import type { Brief } from '../../domain/brief.ts'
import { jobOf } from '../../domain/job.ts'
import { AppError } from '../../domain/errors.ts'
import { PlanDraft, type Retirement } from '../../domain/plan.ts'
import { renderConfig } from '../../kiro/config.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import { renderRequirements } from '../../kiro/requirements.ts'
import { renderTasks } from '../../kiro/tasks.ts'
import { isForBugfix } from '../for-bugfix.ts'
import { keepNumbers } from '../numbers/keep-numbers.ts'
import type { Planner, PlanInput } from '../planner.ts'
import { bugfixDraft } from './bugfix/draft.ts'
import { designDocument } from './design-document.ts'
import { estimateOf } from './estimate.ts'
import { leftOutOf } from './left-out.ts'
import { notesOf } from './notes.ts'
import { glossaryOf, itemsBeyond, outlineOf } from './outline.ts'
import type { Outline } from './planned.ts'
import { criteriaOf, numberedRequirements } from './planned.ts'
import { propertiesOf } from './properties.ts'
import { risksOf } from './risks.ts'
import { stackOf } from './stack.ts'
import { steeringFiles } from './steering-files.ts'
import { planTasks } from './task-plan.ts'
import { traceOf, withRemovals } from './trace.ts'

/**
 * The planner that needs no model and no network. The same brief gives the same plan, byte for byte.
 * Its `plan` throws AppError `nothing_asked` for a brief with nothing to build.
 */
export function createOfflinePlanner(): Planner {
  return {
    name: 'offline',
    async plan(input, signal) {
      signal?.throwIfAborted()
      return PlanDraft.parse(draftOf(input))
    },
  }
}

function draftOf(input: PlanInput): PlanDraft {
  const { brief, specId, previous } = input
  const job = jobOf(brief)
  if (isForBugfix(input)) return bugfixDraft(input)
  const planned = outlineOf(brief)
  const { areas, retired } = keepNumbers(planned.areas, brief, previous)
  const outline = { ...planned, areas }
  if (outline.areas.length === 0) {
    throw nothingAsked()
  }
  const properties = propertiesOf(outline, previous?.draft)
  const stack = stackOf(brief)
  const { tasks, phases, waves } = planTasks({
    outline,
    properties,
    stack,
    job,
    retired,
    previous: previous?.draft,
  })
  const leftOut = [...leftOutOf(brief), ...beyond(brief, outline)]
  const folder = `.kiro/specs/${brief.feature}`
  const order =
    job === 'new'
      ? 'first the project with its records, then one area after the other'
      : 'in the product that is in use, one change after the other'
  const overview = `Carry out requirements.md as design.md describes it: ${order}. A task marked \`*\` is optional; what the planner added on its own is optional throughout.`
  const estimate = estimateOf(outline, job)
  const notes = notesOf({ estimate, leftOut }, brief)
  const risks = risksOf(brief, outline)
  const config = { specId, workflowType: 'requirements-first', specType: 'feature' } as const
  return {
    title: plainLine(brief.title, 120) || 'The software',
    feature: brief.feature,
    files: [
      { path: `${folder}/requirements.md`, content: requirementsDocument(brief, outline, retired) },
      {
        path: `${folder}/design.md`,
        content: designDocument({ brief, outline, properties, stack, risks }),
      },
      {
        path: `${folder}/tasks.md`,
        content: renderTasks({ title: outline.title, overview, tasks, notes, waves }),
      },
      { path: `${folder}/.config.kiro`, content: renderConfig(config) },
      ...steeringFiles(brief, outline, stack),
    ],
    stack,
    phases,
    estimate,
    risks,
    trace: traceOf(outline.areas, tasks),
    ...(retired.length > 0 && { retired: withRemovals(retired, tasks) }),
    leftOut,
    madeBy: { kind: 'offline', name: 'offline planner' },
  }
}

export function nothingAsked(): AppError {
  return new AppError(
    'nothing_asked',
    'The talk asks for nothing that could be built: it names no function and nothing to keep. Say in a new talk what the software should do.',
    { status: 422 },
  )
}

function beyond(brief: Brief, { entities }: Outline): PlanDraft['leftOut'] {
  return itemsBeyond(brief, entities).map(({ id, statement }) => ({
    item: id,
    reason: plainLine(
      `A plan holds no more statements; make a second one for it: ${statement}`,
      300,
    ),
  }))
}

/** requirements.md. */
export function requirementsDocument(
  brief: Brief,
  outline: Outline,
  retired: readonly Retirement[] = [],
): string {
  const goals = brief.items
    .filter(({ kind }) => kind === 'goal')
    .map(({ statement }) => inline(statement))
    .slice(0, 20)
  const summary = inline(brief.summary, 2_000)
  return renderRequirements({
    introduction: [summary || outline.title, ...goals].join('\n\n'),
    glossary: glossaryOf(outline),
    requirements: numberedRequirements(outline.areas).map((requirement) => ({
      number: Number(requirement.ref),
      title: requirement.value.title,
      userStory: requirement.value.story,
      criteria: criteriaOf(requirement).map(({ ref, value }) => {
        return { number: Number(ref.split('.')[1]), text: value.text }
      }),
    })),
    retired,
  })
}
