import type { Brief } from '../domain/brief.ts'
import type { PlanDraft, PlanHash, TraceLink } from '../domain/plan.ts'
import { planFile } from '../domain/plan.ts'
import type { TraceDocument } from '../domain/trace.ts'
import type { Turn } from '../domain/turn.ts'
import { fromInline } from '../kiro/inline.ts'
import { leafTasks, parseTasks } from '../kiro/tasks.ts'
import type { Task } from '../kiro/tree.ts'
import { requirementsIn } from '../kiro/requirements-in.ts'

export interface Traced {
  brief: Brief
  draft: PlanDraft
  hash: PlanHash
  /** The talk; without it utterances have neither speaker nor second. */
  turns?: readonly Turn[]
}

/** The way between what was said and what will be done, in both directions. */
export function traceOf({ brief, draft, hash, turns = [] }: Traced): TraceDocument {
  const parts = partsOf(draft)
  return {
    schema: 'talkwright/trace/1',
    feature: draft.feature,
    planHash: hash,
    utterances: utterancesOf(brief, parts, turns),
    items: itemsOf(brief, draft, parts),
    requirements: parts.requirements.map(({ ref, title, link, criteria }) => ({
      ref,
      title: fromInline(title),
      criteria: criteria.map((one) => one.ref),
      ...entryOf(link),
    })),
    criteria: parts.criteria.map(({ ref, text, link }) => ({
      ref,
      text: fromInline(text),
      requirements: [requirementOf(ref)],
      ...entryOf(link),
    })),
    tasks: parts.leaves.map((leaf) => taskOf(leaf, parts)),
    retired: (draft.retired ?? []).map(({ ref, text, items, citations, inferred, tasks }) => ({
      ref,
      text: fromInline(text),
      items,
      citations,
      ...(inferred !== undefined && { inferred }),
      tasks,
    })),
  }
}

interface Parts {
  requirements: { ref: string; title: string; link: TraceLink; criteria: { ref: string }[] }[]
  criteria: { ref: string; text: string; link: TraceLink }[]
  leaves: Task[]
  retired: ReadonlyMap<string, TraceLink>
}

function partsOf(draft: PlanDraft): Parts {
  const links = new Map(draft.trace.map((link) => [link.ref, link]))
  const linkOf = (ref: string): TraceLink =>
    links.get(ref) ?? { ref, items: [], citations: [], tasks: [] }
  const requirements = requirementsIn(draft.files)
  const { tasks } = parseTasks(planFile(draft.files, 'tasks.md')?.content ?? '')
  return {
    requirements: requirements.map(({ ref, title, criteria }) => {
      return { ref, title, link: linkOf(ref), criteria: [...criteria] }
    }),
    criteria: requirements.flatMap(({ criteria }) =>
      criteria.map(({ ref, text }) => ({ ref, text, link: linkOf(ref) })),
    ),
    leaves: leafTasks(tasks),
    retired: new Map((draft.retired ?? []).map((one) => [one.ref, one])),
  }
}

function entryOf({ items, citations, inferred, tasks }: TraceLink) {
  return {
    turns: inOrder(citations.map(({ turn }) => turn)),
    items,
    citations,
    ...(inferred !== undefined && { inferred }),
    tasks,
  }
}

/** What stands in the criteria that name one of the items, or cite the turn. */
function linksTo(links: readonly TraceLink[]) {
  return {
    requirements: distinct(links.map(({ ref }) => requirementOf(ref))),
    criteria: distinct(links.map(({ ref }) => ref)),
    tasks: distinct(links.flatMap(({ tasks }) => tasks)).sort(byNumber),
  }
}

function utterancesOf(
  brief: Brief,
  { criteria }: Parts,
  turns: readonly Turn[],
): TraceDocument['utterances'] {
  const known = new Map(turns.map((turn) => [turn.id, turn]))
  const outcomes = new Map(brief.ledger.map((entry) => [entry.turn, entry]))
  const missed = Map.groupBy(
    (brief.needs ?? []).filter(({ outcome }) => outcome === 'missed'),
    ({ turn }) => turn,
  )
  const sources = [
    ...brief.items,
    ...brief.entities,
    ...brief.openQuestions,
    ...brief.contradictions,
  ]
  const cited = sources.flatMap(({ id, citations }) => citations.map((one) => ({ ...one, id })))
  const quotes = [...cited, ...criteria.flatMap(({ link }) => link.citations)]
  const quotesAt = Map.groupBy(quotes, ({ turn }) => turn)
  const itemsAt = Map.groupBy(cited, ({ turn }) => turn)
  return inOrder([...quotesAt.keys(), ...outcomes.keys(), ...missed.keys()]).map((turn) => {
    const { speaker, role, start } = known.get(turn) ?? {}
    const outcome = outcomes.get(turn)
    const links = criteria
      .map(({ link }) => link)
      .filter(({ citations }) => citations.some((one) => one.turn === turn))
    const because = outcome && becauseOf(outcome)
    return {
      turn,
      ...(speaker !== undefined && { speaker }),
      ...(role !== undefined && { role }),
      ...(start !== undefined && { start }),
      quotes: distinct((quotesAt.get(turn) ?? []).map(({ quote }) => quote)),
      ...(outcome && { outcome: outcome.outcome }),
      ...(because !== undefined && { because }),
      ...(missed.has(turn) && { missed: (missed.get(turn) ?? []).map(({ quote }) => quote) }),
      items: distinct([
        ...(itemsAt.get(turn) ?? []).map(({ id }) => id),
        ...(outcome && 'items' in outcome ? outcome.items : []),
      ]),
      ...linksTo(links),
    }
  })
}

function becauseOf(entry: Brief['ledger'][number]): string | undefined {
  if (entry.outcome === 'superseded') return entry.by
  return entry.outcome === 'rejected' ? entry.reason : undefined
}

function itemsOf(
  brief: Brief,
  { leftOut }: PlanDraft,
  { criteria }: Parts,
): TraceDocument['items'] {
  const reasons = new Map(leftOut.map(({ item, reason }) => [item, reason]))
  const items = [
    ...brief.items,
    ...brief.entities.map((entity) => ({
      ...entity,
      kind: 'entity' as const,
      statement: entity.name,
    })),
  ]
  return items.map(({ id, kind, statement, citations, inferred }) => {
    const reason = reasons.get(id)
    const links = criteria.map(({ link }) => link).filter((link) => link.items.includes(id))
    return {
      id,
      kind,
      statement,
      turns: inOrder(citations.map(({ turn }) => turn)),
      citations,
      ...(inferred !== undefined && { inferred }),
      ...(reason !== undefined && { leftOut: reason }),
      ...linksTo(links),
    }
  })
}

function taskOf(
  { number, title, optional, requirements, validates }: Task,
  { criteria, retired }: Parts,
): TraceDocument['tasks'][number] {
  const named = new Set([...requirements, ...validates])
  // A task that names a whole requirement carries out all of its criteria.
  const own = criteria.filter(({ ref }) => named.has(ref) || named.has(requirementOf(ref)))
  const removes = [...named].filter((ref) => retired.has(ref))
  const links = [
    ...own.map(({ link }) => link),
    ...removes.flatMap((ref) => retired.get(ref) ?? []),
  ]
  return {
    number,
    title: fromInline(title),
    optional,
    requirements: distinct(own.map(({ ref }) => requirementOf(ref))),
    criteria: own.map(({ ref }) => ref),
    items: distinct(links.flatMap(({ items }) => items)),
    turns: inOrder(links.flatMap(({ citations }) => citations.map(({ turn }) => turn))),
    removes,
  }
}

function requirementOf(ref: string): string {
  return ref.replace(/\..*$/, '')
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}

/** Turns in the order of the talk, each once. */
function inOrder(turns: readonly string[]): string[] {
  return distinct(turns).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
}

function byNumber(a: string, b: string): number {
  const [one, two] = [a, b].map((number) => number.split('.').map(Number))
  for (let at = 0; at < Math.max(one?.length ?? 0, two?.length ?? 0); at += 1) {
    const order = (one?.[at] ?? 0) - (two?.[at] ?? 0)
    if (order !== 0) return order
  }
  return 0
}
