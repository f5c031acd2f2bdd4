import type { PlanDraft, Retirement } from '../../../domain/plan.ts'
import { bugfixParts, renderBugfix } from '../../../kiro/bugfix.ts'
import { renderConfig } from '../../../kiro/config.ts'
import { inline, plainLine } from '../../../kiro/inline.ts'
import { renderTasks } from '../../../kiro/tasks.ts'
import { keepStatements } from '../../numbers/keep-numbers.ts'
import type { PlanInput } from '../../planner.ts'
import { estimateOf } from '../estimate.ts'
import { leftOutOf } from '../left-out.ts'
import { notesOf } from '../notes.ts'
import { criteriaOf, numberedRequirements } from '../planned.ts'
import type { Area, Outline } from '../planned.ts'
import { risksOf } from '../risks.ts'
import { stackOf } from '../stack.ts'
import { steeringFiles } from '../steering-files.ts'
import { systemName } from '../terms.ts'
import { traceOf, withRemovals } from '../trace.ts'
import { bugfixDesign } from './design.ts'
import { type Statements, statementsOf } from './statements.ts'
import { bugfixTasks } from './tasks.ts'

const overview =
  'Mend the defect that bugfix.md describes. The tests come first: one that shows the defect and fails, and those that hold what must not change.'

/** The plan of a talk about a defect: a bugfix spec as Kiro writes it. */
export function bugfixDraft({ brief, specId, previous }: PlanInput): PlanDraft {
  const { areas, retired } = keepStatements([areaOf(statementsOf(brief))], brief, previous)
  const outline: Outline = {
    title: inline(brief.title, 100) || 'The software',
    feature: brief.feature,
    system: systemName(brief.title),
    entities: [],
    areas,
  }
  const { tasks, phases, waves } = bugfixTasks(areas, retired, previous?.draft)
  const leftOut = leftOutOf(brief)
  const risks = risksOf(brief, outline)
  const stack = stackOf(brief)
  const folder = `.kiro/specs/${brief.feature}`
  const estimate = estimateOf(outline, 'fix')
  const notes = notesOf({ estimate, leftOut }, brief)
  const config = { specId, workflowType: 'requirements-first', specType: 'bugfix' } as const
  const documents = {
    'bugfix.md': bugfixDocument(outline, inline(brief.summary, 2_000), retired),
    'design.md': bugfixDesign(brief, outline.title, areas, risks),
    'tasks.md': renderTasks({ title: outline.title, overview, tasks, notes, waves }),
    '.config.kiro': renderConfig(config),
  }
  return {
    title: plainLine(brief.title, 120) || 'The software',
    feature: brief.feature,
    files: [
      ...Object.entries(documents).map(([name, content]) => ({
        path: `${folder}/${name}`,
        content,
      })),
      ...steeringFiles(brief, outline, stack),
    ],
    stack,
    phases,
    estimate,
    risks,
    trace: traceOf(areas, tasks),
    ...(retired.length > 0 && { retired: withRemovals(retired, tasks) }),
    leftOut,
    madeBy: { kind: 'offline', name: 'offline planner' },
  }
}

/** The three parts as requirements 1, 2 and 3, whatever an earlier version had. */
function areaOf(statements: Statements): Area {
  const story = { role: 'user', want: 'the defect to be mended', benefit: '' }
  return {
    title: 'The defect',
    kind: 'functions',
    depth: 1,
    requirements: bugfixParts.map(({ part, number, heading }) => {
      const criteria = statements[part]
      const numbers = { own: number, criteria: criteria.map((_, index) => index + 1) }
      return { title: heading, story, criteria, numbers }
    }),
  }
}

function bugfixDocument(
  { title, areas }: Outline,
  summary: string,
  retired: readonly Retirement[],
): string {
  const parts = numberedRequirements(areas).map((part) =>
    criteriaOf(part).map(({ ref, value }) => ({ number: ref, text: value.text })),
  )
  const [current = [], expected = [], unchanged = []] = parts
  return renderBugfix({ introduction: summary || title, current, expected, unchanged, retired })
}
