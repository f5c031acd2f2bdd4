import type { Brief, BriefItem } from '../../../domain/brief.ts'
import { defectOf, keptIn } from '../../../domain/job.ts'
import { parseEars } from '../../../kiro/ears.ts'
import { inline } from '../../../kiro/inline.ts'
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
  const [when = 'the product is used'] = defects.flatMap((item) => partsOf(item).when ?? [])
  const expected = wanted.map((item) => expectedOf(item, when))
  return {
    current: defects.map(currentOf),
    expected: expected.length > 0 ? expected : defects.map(withoutDefect),
    unchanged: kept.length > 0 ? kept.map(keptOf) : [restOf(when)],
  }
}

/** Whether a statement asks for something besides the mended behaviour. */
export function isBesides({ text }: PlannedCriterion): boolean {
  return BESIDES.test(parseEars(text)?.response ?? '')
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

function withoutDefect(item: BriefItem): PlannedCriterion {
  const { when = 'the product is used', what } = partsOf(item)
  return planned(item, what, `WHEN ${when} THEN the system SHALL NOT show this defect: ${what}`)
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

function restOf(defect: string): PlannedCriterion {
  return {
    title: 'Keep everything else as before',
    text: `WHEN it is not the case that ${defect} THEN the system SHALL CONTINUE TO do what it does today`,
    items: [],
    citations: [],
    inferred: 'Nobody said so: what works today must not break with the fix.',
    kept: true,
  }
}
