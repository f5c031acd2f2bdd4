import type { Analyst } from '../src/analysis/analyst.ts'
import { isSupported } from '../src/analysis/offline/faithfulness.ts'
import { turnsOf, type ExpectedTalk } from '../src/analysis/testing/expected-talk.ts'
import { scorecardOf, type Scorecard, type Share } from '../src/analysis/testing/scorecard.ts'
import type { Brief } from '../src/domain/brief.ts'
import { citationFault, turnsById } from '../src/domain/citation.ts'
import { AppError } from '../src/domain/errors.ts'
import { type PlanDraft, planFile } from '../src/domain/plan.ts'
import type { Talk, Turn } from '../src/domain/turn.ts'
import { parseBugfix } from '../src/kiro/bugfix.ts'
import { parseEars } from '../src/kiro/ears.ts'
import { lintSpec } from '../src/kiro/lint.ts'
import { parseRequirements } from '../src/kiro/requirements.ts'
import type { Planner } from '../src/planning/planner.ts'

export interface Makers {
  analyst: Analyst
  planner: Planner
}

export type Group = 'tuned' | 'held back' | 'blind' | 'unseen' | 'real'

/** What was counted in one talk; shares are made of these, so that talks can be summed up. */
export interface Row {
  talk: string
  kind: string
  group: Group
  analyst: string
  words: number
  /** The error's code when the talk was turned down. */
  refused?: string
  /** Only where it is known what was to be found. */
  gold?: Scorecard
  items: number
  /** Items whose quotes support them. */
  faithful: Share
  /** Of golden talks the client turns that carry something and are in the ledger, of others the needs that are not missed. */
  covered: Share
  /** Items and entities that no words support, whether they say so or not. */
  invented: Share
  /** Quotes that stand in their turn, letter for letter. */
  verbatim: Share
  /** Criteria of the plan that are EARS. */
  ears: Share
  /** Criteria that the planner added on its own, and says so. */
  added: Share
  lintErrors: number
  lintWarnings: number
  /** The planner's error, when the brief gave no plan. */
  unplanned?: string
}

export interface RealTalk {
  name: string
  turns: Turn[]
}

export async function goldenRow(talk: ExpectedTalk, group: Group, makers: Makers): Promise<Row> {
  const { kind, name } = talk
  const given = { turns: turnsOf(talk.lines) }
  const row = await rowOf(given, { talk: name, kind, group }, makers)
  const { brief, ...counts } = row
  if (brief === undefined) return counts
  const gold = scorecardOf(brief, talk)
  // What carries something was written down by hand here, so it is not the analyst's own count.
  return { ...counts, gold, covered: gold.accounted }
}

export async function realRow({ name, turns }: RealTalk, makers: Makers): Promise<Row> {
  const { brief: _, ...row } = await rowOf(
    { turns },
    { talk: name, kind: 'real', group: 'real' },
    makers,
  )
  return row
}

const none: Share = { right: 0, of: 0 }

async function rowOf(
  talk: Talk,
  labels: Pick<Row, 'talk' | 'kind' | 'group'>,
  { analyst, planner }: Makers,
): Promise<Row & { brief?: Brief }> {
  const base = {
    ...labels,
    analyst: analyst.name,
    words: talk.turns.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0),
  }
  const brief = await codeOr(() => analyst.analyse(talk))
  if (typeof brief === 'string') {
    return {
      ...base,
      refused: brief,
      items: 0,
      faithful: none,
      covered: none,
      invented: none,
      verbatim: none,
      ...noPlan,
    }
  }
  return { ...base, ...briefCounts(brief, talk), ...(await planCounts(brief, planner)), brief }
}

/** The value, or the code of the error that says why there is none. */
async function codeOr<T>(make: () => Promise<T>): Promise<T | string> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

function briefCounts(brief: Brief, { turns }: Talk) {
  const byId = turnsById(turns)
  const { items, entities, openQuestions, contradictions, dropped } = brief
  const cited = [...items, ...entities, ...openQuestions, ...contradictions].flatMap(
    ({ citations }) => citations,
  )
  const sound = cited.filter((citation) => citationFault(citation, byId) === undefined)
  const said = items.filter(({ inferred }) => inferred === undefined)
  const made = [...items, ...entities]
  const supported = items.filter(isSupported).length
  const evident = entities.filter(({ citations }) => citations.length > 0).length
  const needs = new Map(
    (brief.needs ?? []).map(({ turn, quote, outcome }) => [`${turn} ${quote}`, outcome]),
  )
  return {
    items: items.length,
    faithful: { right: said.filter(isSupported).length, of: said.length },
    covered: {
      right: [...needs.values()].filter((outcome) => outcome !== 'missed').length,
      of: needs.size,
    },
    invented: { right: made.length - supported - evident, of: made.length },
    verbatim: { right: sound.length, of: cited.length + dropped.length },
  }
}

const noPlan = { ears: none, added: none, lintErrors: 0, lintWarnings: 0 }

async function planCounts(brief: Brief, planner: Planner) {
  const specId = '00000000-0000-4000-8000-000000000000'
  const plan = await codeOr(() => planner.plan({ brief, specId }))
  if (typeof plan === 'string') return { ...noPlan, unplanned: plan }
  const findings = lintSpec(plan.files, plan.trace)
  const criteria = criteriaIn(plan.files)
  const links = plan.trace.filter(({ ref }) => ref.includes('.'))
  return {
    ears: {
      right: criteria.filter((criterion) => parseEars(criterion) !== undefined).length,
      of: criteria.length,
    },
    added: {
      right: links.filter(({ inferred }) => inferred !== undefined).length,
      of: links.length,
    },
    lintErrors: findings.filter(({ severity }) => severity === 'error').length,
    lintWarnings: findings.filter(({ severity }) => severity === 'warning').length,
  }
}

/** The acceptance criteria of a feature, or what a bugfix expects; what a defect shows asks for nothing. */
function criteriaIn(files: PlanDraft['files']): string[] {
  const feature = planFile(files, 'requirements.md')?.content
  const bugfix = planFile(files, 'bugfix.md')?.content
  const { expected, unchanged } = parseBugfix(bugfix ?? '')
  const { requirements } = parseRequirements(feature ?? '')
  return [...requirements.flatMap(({ criteria }) => criteria), ...expected, ...unchanged].map(
    ({ text }) => text,
  )
}
