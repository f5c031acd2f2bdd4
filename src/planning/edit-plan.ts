import type { Brief, BriefItem } from '../domain/brief.ts'
import { invalidInput } from '../domain/errors.ts'
import type { Stated } from '../domain/plan-diff.ts'
import { type PlanDraft, planFile, type TraceLink } from '../domain/plan.ts'
import { leafTasks, parseTasks } from '../kiro/tasks.ts'
import type { Task } from '../kiro/tree.ts'
import { retireEdited } from './numbers/retire-edited.ts'
import { requirementsIn } from '../kiro/requirements-in.ts'

/** The documents of a plan that people may write, by their file's name. */
export const editableDocuments = ['requirements.md', 'bugfix.md', 'design.md', 'tasks.md'] as const
export type EditableDocument = (typeof editableDocuments)[number]

/** What a person has changed; a document that is not named stays. */
export type Edit = Readonly<Partial<Record<EditableDocument, string | undefined>>>

/** A plan as a person wrote it, and the brief that says the same. */
export interface Edited {
  draft: PlanDraft
  brief: Brief
}

/** Of one criterion in the edited document: the old link that it goes on with, if there is one. */
interface Match {
  line: Stated
  old: TraceLink | undefined
  /** The criterion is there as it was. */
  same: boolean
}

/**
 * A plan with a person's documents in it. What still stands keeps its evidence, what is new is
 * marked as added by that person, and what is gone is retired. The brief changes with it, so that
 * later versions of the plan keep the edit.
 *
 * @param by the person's id
 * @throws AppError `unknown_document` for one that the plan does not have, `numbers_moved`
 */
export function editPlan(before: PlanDraft, brief: Brief, edit: Edit, by: string): Edited {
  const files = withDocuments(before, edit)
  const [was, is] = [linesOf(before.files), linesOf(files)]
  const matches = matchLines(was, is, before.trace)
  const added = additions(brief, matches, by)
  const tasks = leavesOf(files)
  const links = matches.map((match) => linkOf(match, added.get(match.line.ref), tasks))
  const draft = retireEdited(before, {
    ...before,
    files,
    phases: phasesOf(before, tasks),
    trace: withRequirements(links, tasks),
    madeBy: { kind: 'person', name: 'a person' },
  })
  return {
    draft,
    brief: amended(brief, { before, draft, matches, by, added: [...added.values()] }),
  }
}

function linkOf(
  { line: { ref }, old }: Match,
  added: BriefItem | undefined,
  tasks: readonly Task[],
): TraceLink {
  const inferred = old === undefined ? added?.inferred : old.inferred
  return {
    ref,
    items: [...(old?.items ?? []), ...(added === undefined ? [] : [added.id])],
    citations: old?.citations ?? [],
    ...(inferred !== undefined && { inferred }),
    tasks: tasksFor(tasks, ref),
  }
}

function withDocuments(before: PlanDraft, edit: Edit): PlanDraft['files'] {
  const names = editableDocuments.filter((name) => edit[name] !== undefined)
  const missing = names.find((name) => planFile(before.files, name) === undefined)
  if (missing !== undefined) {
    throw invalidInput(
      'unknown_document',
      `The plan has no ${missing}; only what it has can be edited.`,
    )
  }
  return before.files.map((file) => {
    const name = names.find((one) => file.path.endsWith(`/${one}`))
    return name === undefined ? file : { ...file, content: edit[name] ?? file.content }
  })
}

function linesOf(files: PlanDraft['files']): Stated[] {
  return requirementsIn(files).flatMap(({ criteria }) => criteria)
}

function leavesOf(files: PlanDraft['files']): Task[] {
  return leafTasks(parseTasks(planFile(files, 'tasks.md')?.content ?? '').tasks)
}

/** Each criterion with the one that had its number. @throws AppError `numbers_moved` */
function matchLines(
  was: readonly Stated[],
  is: readonly Stated[],
  trace: readonly TraceLink[],
): Match[] {
  const links = new Map(trace.map((link) => [link.ref, link]))
  const texts = new Map(was.map(({ ref, text }) => [ref, text]))
  checkNumbers(was, is)
  return is.map((line) => ({
    line,
    old: texts.has(line.ref) ? links.get(line.ref) : undefined,
    same: texts.get(line.ref) === line.text,
  }))
}

/** Tasks, evidence and earlier versions name a criterion by its number. */
function checkNumbers(was: readonly Stated[], is: readonly Stated[]): void {
  const there = new Set(is.map(({ ref, text }) => `${ref} ${text}`))
  const left = was.filter(({ ref, text }) => !there.has(`${ref} ${text}`))
  const before = new Map(left.map(({ ref, text }) => [text, ref]))
  for (const { ref, text } of is) {
    const from = before.get(text)
    if (from === undefined || was.some((line) => line.ref === ref && line.text === text)) continue
    throw invalidInput(
      'numbers_moved',
      `${ref} says now what ${from} said. Leave the numbers as they are: what you take out leaves a gap, and what is new gets a new number.`,
      { ref, from },
    )
  }
}

function tasksFor(tasks: readonly Task[], ref: string): string[] {
  const fits = (named: string) => named === ref || named.startsWith(`${ref}.`)
  return tasks
    .filter(({ requirements, validates }) => [...requirements, ...validates].some(fits))
    .map(({ number }) => number)
}

/** The criteria's links with one before them for each requirement; it is inferred when all of them are. */
function withRequirements(links: readonly TraceLink[], tasks: readonly Task[]): TraceLink[] {
  const requirements = Map.groupBy(links, ({ ref }) => ref.replace(/\..*$/, ''))
  return [...requirements].flatMap(([ref, criteria]) => {
    const asked = criteria.filter(({ inferred }) => inferred === undefined)
    const from = asked.length > 0 ? asked : criteria
    const inferred = asked.length > 0 ? undefined : criteria[0]?.inferred
    const citations = from.flatMap((link) => link.citations)
    const own: TraceLink = {
      ref,
      items: [...new Set(from.flatMap(({ items }) => items))],
      citations: [...new Map(citations.map((one) => [JSON.stringify(one), one])).values()],
      ...(inferred !== undefined && { inferred }),
      tasks: tasksFor(tasks, ref),
    }
    return [own, ...criteria]
  })
}

/** The phases with the tasks that there are now; a new task goes to its group's phase, or to the last. */
function phasesOf({ phases, files }: PlanDraft, tasks: readonly Task[]): PlanDraft['phases'] {
  const old = new Set(leavesOf(files).map(({ number }) => number))
  const group = (number: string) => number.replace(/\..*$/, '')
  const placeOf = (number: string): number => {
    const known = phases.findIndex((phase) => phase.tasks.includes(number))
    // A checkpoint belongs to no phase.
    if (known >= 0 || old.has(number)) return known
    const near = phases.findIndex((phase) =>
      phase.tasks.some((one) => group(one) === group(number)),
    )
    return near >= 0 ? near : phases.length - 1
  }
  const placed = Map.groupBy(tasks, ({ number }) => placeOf(number))
  return phases.map(({ name }, index) => ({
    name,
    tasks: (placed.get(index) ?? []).map(({ number }) => number),
  }))
}

/** The item that says what a criterion said; undefined where it rests on several things or on none. */
function itemOf(brief: Brief, old: TraceLink | undefined): BriefItem | undefined {
  const [id, ...others] = old?.items ?? []
  return others.length > 0 ? undefined : brief.items.find((item) => item.id === id)
}

/** An item of the brief for each criterion that no item says yet, by its place in the plan. */
function additions(
  brief: Brief,
  matches: readonly Match[],
  by: string,
): ReadonlyMap<string, BriefItem> {
  const numbers = brief.items.flatMap(({ id }) => (id.startsWith('A') ? [Number(id.slice(1))] : []))
  const first = Math.max(0, ...numbers) + 1
  const fresh = matches.filter(({ old, same }) => !same && itemOf(brief, old) === undefined)
  return new Map(
    fresh.map(({ line: { ref, text } }, index) => [
      ref,
      {
        id: `A${first + index}`,
        kind: 'requirement',
        statement: statementOf(text),
        priority: { level: 'must', reason: 'A person added it to the plan.' },
        citations: [],
        inferred: `Added to the plan by user ${by}.`,
        amendedBy: by,
      },
    ]),
  )
}

function statementOf(text: string): string {
  return text.slice(0, 1_000).toWellFormed() || 'An empty criterion.'
}

interface Change {
  before: PlanDraft
  draft: PlanDraft
  matches: readonly Match[]
  by: string
  added: readonly BriefItem[]
}

/** The brief as the edited plan has it: changed, taken out, added. */
function amended(brief: Brief, { before, draft, matches, by, added }: Change): Brief {
  const texts = new Map(
    matches.flatMap(({ line, old, same }) => {
      const item = same ? undefined : itemOf(brief, old)
      return item === undefined ? [] : [[item.id, line.text] as const]
    }),
  )
  const had = new Set(before.trace.flatMap(({ items }) => items))
  const has = new Set(draft.trace.flatMap(({ items }) => items))
  const items = brief.items.map((item): BriefItem => {
    const text = texts.get(item.id)
    const { clause: _clause, ...rest } = item
    if (text !== undefined) return { ...rest, statement: statementOf(text), amendedBy: by }
    if (!had.has(item.id) || has.has(item.id)) return item
    const reason = 'A person took it out of the plan.'
    return { ...item, priority: { level: 'wont', reason }, amendedBy: by }
  })
  return { ...brief, items: [...items, ...added] }
}
