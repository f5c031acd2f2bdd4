import type { Brief, BriefItem, LedgerEntry, Need } from '../../../src/domain/brief.ts'
import type { Citation } from '../../../src/domain/citation.ts'
import type { Flag } from '../../../src/domain/flag.ts'
import type { TraceLink } from '../../../src/domain/plan.ts'

/** Anything of a brief that rests on words of the talk. */
export interface Finding {
  id: string
  words: string
  citations: readonly Citation[]
  item?: BriefItem
  /** Why an open question is asked, or why words were set aside. */
  why?: string
  /** The criteria of the plan that it became, and the tasks that carry them out. */
  planned?: { refs: readonly string[]; tasks: readonly string[] }
}

export interface FindingGroup {
  name: string
  findings: readonly Finding[]
}

const kindNames: Readonly<Record<BriefItem['kind'], string>> = {
  requirement: 'Requirements',
  goal: 'Goals',
  user: 'Users',
  quality: 'Qualities',
  constraint: 'Constraints',
  preference: 'Preferences',
  integration: 'Integrations',
  timeline: 'Timeline',
  budget: 'Budget',
  out_of_scope: 'Out of scope',
}

const kinds = [
  'goal',
  'user',
  'requirement',
  'quality',
  'constraint',
  'preference',
  'integration',
  'timeline',
  'budget',
  'out_of_scope',
] as const satisfies readonly BriefItem['kind'][]

function plannedFor(id: string, trace: readonly TraceLink[]): Pick<Finding, 'planned'> {
  const links = trace.filter(({ ref, items }) => ref.includes('.') && items.includes(id))
  if (links.length === 0) return {}
  const tasks = new Set(links.flatMap((link) => link.tasks))
  return { planned: { refs: links.map(({ ref }) => ref), tasks: [...tasks] } }
}

function itemFinding(item: BriefItem, trace: readonly TraceLink[]): Finding {
  const { id, statement, citations } = item
  return { id, words: statement, citations, item, ...plannedFor(id, trace) }
}

/** Words that were not followed; a speaker's name stands in no turn, so it is cited nowhere. */
function flagFinding({ turn, where, quote, reason }: Flag, at: number): Finding {
  const citations = where === 'text' ? [{ turn, quote }] : []
  return { id: `F${at + 1}`, words: `“${quote}”`, why: reason, citations }
}

/** Words of which nothing was made, where no open question asks about them. */
function missedFindings(needs: readonly Need[]): Finding[] {
  return needs
    .filter((need) => need.outcome === 'missed' && need.items.length === 0)
    .map(({ turn, quote }, at) => ({
      id: `M${at + 1}`,
      words: `“${quote}”`,
      why: 'It may carry a need, and nothing was made of it.',
      citations: [{ turn, quote }],
    }))
}

/** What a brief holds, in groups with a name, and what a plan made of it; empty groups are left out. */
export function findingGroups(brief: Brief, trace: readonly TraceLink[] = []): FindingGroup[] {
  const groups = kinds.map((kind) => ({
    name: kindNames[kind],
    findings: brief.items
      .filter((item) => item.kind === kind)
      .map((item) => itemFinding(item, trace)),
  }))
  const questions = brief.openQuestions.map(({ id, question, why, citations }) => ({
    id,
    words: question,
    why,
    citations,
  }))
  const contradictions = brief.contradictions.map(({ id, statement, citations }) => ({
    id,
    words: statement,
    citations,
  }))
  return [
    { name: 'Set aside: addresses a machine', findings: (brief.flags ?? []).map(flagFinding) },
    { name: 'Contradictions', findings: contradictions },
    { name: 'Open questions', findings: questions },
    ...groups,
    { name: 'Not in the brief', findings: missedFindings(brief.needs ?? []) },
  ].filter((group) => group.findings.length > 0)
}

/** Which findings rest on a turn, by the turn's id. */
export function findingsByTurn(groups: readonly FindingGroup[]): ReadonlyMap<string, Finding[]> {
  const byTurn = new Map<string, Finding[]>()
  for (const finding of groups.flatMap((group) => group.findings)) {
    for (const turn of new Set(finding.citations.map((citation) => citation.turn))) {
      byTurn.set(turn, [...(byTurn.get(turn) ?? []), finding])
    }
  }
  return byTurn
}

/** The needs of each turn that has some. */
export function needsByTurn(needs: readonly Need[]): ReadonlyMap<string, readonly Need[]> {
  return Map.groupBy(needs, ({ turn }) => turn)
}

/** The ledger's entry of each turn that has one. */
export function ledgerByTurn(ledger: readonly LedgerEntry[]): ReadonlyMap<string, LedgerEntry> {
  return new Map(ledger.map((entry) => [entry.turn, entry]))
}

/** The quotes of a finding that stand in one turn. */
export function quotesIn(finding: Finding | undefined, turn: string): string[] {
  return (finding?.citations ?? []).filter((c) => c.turn === turn).map((c) => c.quote)
}
