import type { Brief, BriefItem } from './brief.ts'
import { saysInUse, wantsAnew } from './in-use.ts'

/** What a talk asks for: something new, changes to a product that is in use, or the mending of a defect. */
export type Job = 'new' | 'change' | 'fix'

/** How the goal begins that tells of a defect. */
export const defectMark = 'To be mended: '
const DEFECT = /^To be mended:\s+/

/** What is wrong, where an item tells of a defect: `The invoice shows the wrong total.` */
export function defectOf({ kind, statement }: BriefItem): string | undefined {
  return kind === 'goal' && DEFECT.test(statement) ? statement.replace(DEFECT, '') : undefined
}

/** How the item begins that tells of a product of the client's that is there already. */
export const inUseMark = 'The product is in use: '

/** Whether an item tells of a product that is there already. */
export function tellsInUse({ kind, statement }: BriefItem): boolean {
  return kind === 'constraint' && statement.startsWith(inUseMark)
}

const KEPT =
  /^(.{1,300}?)\s(?:(?:must|should|shall|will|can|may|needs? to|ha(?:s|ve) to)\s)?(?:(?:stays?|remains?)(?:\s(?:the same|(?:exactly\s)?as (?:it|they|is|are|before|now|today)\b.{0,40}|unchanged|untouched))|(?:does not|do not|must not|should not|may not|cannot|not) (?:be )?(?:changed?|touched|altered|modified)(?:\sat all)?)\.?$/i

/** What must stay as it is, where a statement says so: `the colours` of `The colours stay the same.` */
export function keptIn(statement: string): string | undefined {
  return KEPT.exec(statement)?.[1]?.replace(/\s(?:must|should|shall|will|do|does)$/i, '')
}

/** May be said of a product in use, or of the way of working without one. */
const HINT =
  /\b(?:currently|right now|at the moment|any ?more|no longer|one more|as well|instead of|is broken|the (?:current|existing|present|old) (?:system|software|app|website|site|shop|version|page))\b/i

/**
 * What the talk is about, by what its brief holds. A defect counts as the whole job only when nobody
 * is to be able to do something new besides.
 */
export function jobOf({ items, ledger }: Pick<Brief, 'items' | 'ledger'>): Job {
  const asked = items.filter(
    ({ kind, priority }) => kind === 'requirement' && priority.level !== 'wont',
  )
  const defects = items.filter((item) => defectOf(item) !== undefined)
  const news = asked.filter(({ clause }) => clause?.actor !== undefined && !clause.negated)
  if (defects.length > 0) return news.length === 0 ? 'fix' : 'change'
  const quotes = items.flatMap(({ citations }) => citations.map(({ quote }) => quote))
  const isThere = items.some(tellsInUse) || quotes.some(saysInUse)
  if (isThere && !quotes.some(wantsAnew)) return 'change'
  const kept = items.filter(({ statement }) => keptIn(statement) !== undefined)
  const told = ledger.filter((entry) => {
    return entry.outcome === 'rejected' && /\btoday\b/i.test(entry.reason)
  })
  const hints = new Set(quotes.filter((quote) => HINT.test(quote)))
  return kept.length > 0 && told.length + hints.size > 0 ? 'change' : 'new'
}
