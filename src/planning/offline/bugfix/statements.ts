import type { Brief, BriefItem } from '../../../domain/brief.ts'
import { defectOf, keptIn } from '../../../domain/job.ts'
import { parseEars } from '../../../kiro/ears.ts'
import { inline } from '../../../kiro/inline.ts'
import { wordsIn } from '../../../kiro/same-words.ts'
import { criterionOf } from '../criteria.ts'
import { plannedItems } from '../outline.ts'
import type { PlannedCriterion } from '../planned.ts'
import { lowerFirst, withoutKeywords, withoutStop } from '../sentence.ts'

/** What bugfix.md states, part by part. */
export interface Statements {
  current: readonly PlannedCriterion[]
  expected: readonly PlannedCriterion[]
  unchanged: readonly PlannedCriterion[]
}

/** Work that comes with the fix and is not the mended behaviour itself. */
const BESIDES = /^(?:provide|list|export|send|report|notify|print|inform)\b/i

/** Sorts a brief into what is wrong, what is right, and what stays as it is. */
export function statementsOf(brief: Brief): Statements {
  const defects = brief.items.filter((item) => defectOf(item) !== undefined)
  const items = plannedItems(brief, [])
  const kept = items.filter(({ statement }) => keptIn(statement) !== undefined)
  const wanted = items.filter((item) => !kept.includes(item))
  const [known] = defects.flatMap((item) => partsOf(item).when ?? [])
  const when = known ?? 'the product is used'
  const left = defects.filter((defect) => !wanted.some((item) => isAbout(item, defect, defects)))
  return {
    current: defects.map(currentOf),
    expected: [...wanted.map((item) => expectedOf(item, when)), ...left.map(withoutDefect)],
    unchanged:
      kept.length > 0 ? kept.map(keptOf) : [restOf(defects.length === 1 ? known : undefined)],
  }
}

/** Whether a statement asks for something besides the mended behaviour. */
export function isBesides({ text }: PlannedCriterion): boolean {
  return BESIDES.test(parseEars(text)?.response ?? '')
}

/** Whether what is wanted is the right behaviour for a defect: the only one, or one that it is told with. */
function isAbout(item: BriefItem, defect: BriefItem, defects: readonly BriefItem[]): boolean {
  if (defects.length === 1) return true
  const turns = new Set(defect.citations.map(({ turn }) => turn))
  if (item.citations.some(({ turn }) => turns.has(turn))) return true
  const words = new Set(wordsIn(partsOf(defect).what))
  return wordsIn(item.statement).filter((word) => words.has(word)).length > 1
}

/** `a customer has a discount` and `the invoice shows the wrong total`. */
function partsOf(item: BriefItem): { when?: string; what: string } {
  const text = withoutKeywords(inline(withoutStop(defectOf(item) ?? item.statement), 500))
  const [, when, what] = /^(?:when|if|while)(?:ever)?\s(.+?),\s(.+)$/i.exec(text) ?? []
  return when === undefined || what === undefined ? { what: lowerFirst(text) } : { when, what }
}

function planned(item: BriefItem, title: string, text: string): PlannedCriterion {
  const { id, citations, inferred } = item
  return { title, text, items: [id], citations, ...(inferred !== undefined && { inferred }) }
}

function currentOf(item: BriefItem): PlannedCriterion {
  const { when = 'the product is used', what } = partsOf(item)
  return planned(item, what, `WHEN ${when} THEN the system shows this defect: ${what}`)
}

const INSTEAD =
  /^(.{1,200}?\s(?:shows?|says?|displays?|prints?|lists?|gives?|returns?|reads?|counts?|charges?|uses?|takes?|sends?|exports?|opens?|goes|go|has|have|is|are))\s(.{1,120}?)\s(?:instead of|rather than)\s(.{1,120})$/i

/** Of `the price shows 1 instead of 1.50`, what it says of the right behaviour. */
function rightOf(what: string): string | undefined {
  const [, who, wrong, right] = INSTEAD.exec(what) ?? []
  return who === undefined ? undefined : `${who} ${right ?? ''} instead of ${wrong ?? ''}`
}

function withoutDefect(item: BriefItem): PlannedCriterion {
  const { when = 'the product is used', what } = partsOf(item)
  const right = rightOf(what)
  const response = right === undefined ? `NOT show this defect: ${what}` : `make sure that ${right}`
  return planned(item, what, `WHEN ${when} THEN the system SHALL ${response}`)
}

function expectedOf(item: BriefItem, defect: string): PlannedCriterion {
  const { title, text } = criterionOf(item, 'System', [])
  const { conditions = [], response = text } = parseEars(text) ?? {}
  const own = conditions.map((one) => one.text).join(' and ')
  const usual = BESIDES.test(response) ? 'the defect is mended' : defect
  return planned(item, title, `WHEN ${own || usual} THEN the system SHALL ${response}`)
}

function keptOf(item: BriefItem): PlannedCriterion {
  const what = lowerFirst(withoutKeywords(inline(keptIn(item.statement) ?? '', 400)))
  const text = `WHEN the defect is mended THEN the system SHALL CONTINUE TO keep ${what} as before`
  return { ...planned(item, `Keep ${what} as before`, text), kept: true }
}

function restOf(defect: string | undefined): PlannedCriterion {
  const otherwise =
    defect === undefined ? 'the defect does not show' : `it is not the case that ${defect}`
  return {
    title: 'Keep everything else as before',
    text: `WHEN ${otherwise} THEN the system SHALL CONTINUE TO do what it does today`,
    items: [],
    citations: [],
    inferred: 'Nobody said so: what works today must not break with the fix.',
    kept: true,
  }
}
