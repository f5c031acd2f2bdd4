import type { Brief } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import type { Stated } from '../../domain/plan-diff.ts'
import { parseEars } from '../../kiro/ears.ts'
import type { PlannedCriterion } from '../offline/planned.ts'
import type { PreviousPlan } from '../planner.ts'
import type { Requirement } from '../../kiro/requirements-in.ts'
import { citeTheSame, share, wordSet } from './likeness.ts'
import { pairUp } from './pair-up.ts'
import { sameItems } from './same-items.ts'

interface Entry {
  text: string
  words: ReadonlySet<string>
  items: ReadonlySet<string>
  citations: readonly Citation[]
  inferred: boolean
}

interface Old extends Entry {
  stated: Stated
}

interface Now extends Entry {
  criterion: PlannedCriterion
}

/**
 * The criterion of the version before that each planned criterion goes on with: the same words, the
 * same item of the brief, or the same evidence.
 */
export function sameCriteria(
  planned: readonly PlannedCriterion[],
  brief: Brief,
  { brief: oldBrief, draft }: PreviousPlan,
  requirements: readonly Requirement[],
): ReadonlyMap<PlannedCriterion, Stated> {
  const names = sameItems(oldBrief, brief)
  const links = new Map(draft.trace.map((link) => [link.ref, link]))
  const before = requirements.flatMap(({ criteria }) =>
    criteria.map((stated): Old => {
      const link = links.get(stated.ref)
      return {
        ...entryOf(
          stated.text,
          (link?.items ?? []).flatMap((id) => names.get(id) ?? []),
        ),
        citations: link?.citations ?? [],
        inferred: link?.inferred !== undefined,
        stated,
      }
    }),
  )
  const after = planned.map((criterion): Now => {
    return {
      ...entryOf(criterion.text, criterion.items),
      citations: criterion.citations,
      inferred: criterion.inferred !== undefined,
      criterion,
    }
  })
  const pairs = pairUp(before, after, likeness)
  return new Map([...pairs].map(([{ criterion }, { stated }]) => [criterion, stated]))
}

/** The system's name and the keywords stand in every criterion and say nothing about it. */
function entryOf(text: string, items: readonly string[]) {
  const ears = parseEars(text)
  const said = ears && [...ears.conditions.map((one) => one.text), ears.response].join(' ')
  return { text, words: wordSet(said ?? text), items: new Set(items) }
}

function likeness(old: Entry, now: Entry): number {
  const items = share(old.items, now.items)
  if (old.text === now.text) return 10 + items
  const words = share(old.words, now.words)
  const cited = citeTheSame(old.citations, now.citations)
  if (!isSame({ old, now, items, words, cited })) return 0
  return 2 * words + items + Number(cited) / 2
}

interface Compared {
  old: Entry
  now: Entry
  items: number
  words: number
  cited: boolean
}

function isSame({ old, now, items, words, cited }: Compared): boolean {
  if (old.inferred !== now.inferred) return words >= 0.9
  // What was added to every entity alike differs by its words alone.
  if (now.inferred) return items > 0 && words >= 0.6
  const isOneItem = items === 1 && now.items.size === 1
  return isOneItem || (items > 0 && words >= 0.25) || (cited && words >= 0.4) || words >= 0.8
}
