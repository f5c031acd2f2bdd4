import { type PlanDraft, planFile } from '../../domain/plan.ts'
import { nameOf } from '../../kiro/capability-wording.ts'
import { pluralOf, wordsOfName } from '../../kiro/english.ts'
import { quotedValue } from '../../kiro/data-models.ts'
import { parseDesign } from '../../kiro/design.ts'
import type { CorrectnessProperty } from '../../kiro/tree.ts'
import { share } from '../numbers/likeness.ts'
import { pairUp } from '../numbers/pair-up.ts'
import { numberedCriteria } from './planned.ts'
import type { Outline, PlannedCriterion } from './planned.ts'

/**
 * What holds for all records, from the criteria that say so for one. One that validates what a
 * property of the version before did keeps its number.
 */
export function propertiesOf(
  { areas, system }: Outline,
  previous?: PlanDraft,
): CorrectnessProperty[] {
  const properties = numberedCriteria(areas).flatMap(({ ref, value }) => {
    const said = value.inferred === undefined ? statementOf(value, system) : undefined
    return said ? [{ ...said, validates: [ref] }] : []
  })
  const design = previous && planFile(previous.files, 'design.md')
  const before = design ? parseDesign(design.content).properties : []
  const pairs = pairUp(before, properties, (old, now) =>
    share(new Set(old.validates), new Set(now.validates)),
  )
  let last = Math.max(0, ...before.map(({ number }) => number))
  return properties
    .map((property) => ({ number: pairs.get(property)?.number ?? (last += 1), ...property }))
    .sort((a, b) => a.number - b.number)
}

function statementOf(
  { capability }: PlannedCriterion,
  system: string,
): Pick<CorrectnessProperty, 'title' | 'statement'> | undefined {
  const one = nameOf(capability?.entity ?? '')
  const many = pluralOf(one)
  switch (capability?.kind) {
    case 'keep':
      return {
        title: `Stored ${many} come back`,
        statement: `*For any* valid ${one}, reading it after it was stored SHALL give the same values.`,
      }
    case 'limit':
      return {
        title: `No more than ${capability.max} ${many}`,
        statement: `*For any* order of attempts, THE ${system} SHALL never hold more than ${capability.max} ${many} that count for the same record.`,
      }
    case 'choice':
      return {
        title: `${quotedValue(capability.value)} can be set`,
        statement: `*For any* stored ${one} that no other rule holds back, its ${wordsOfName(capability.field)} SHALL be ${quotedValue(capability.value)} after the change, and its other values SHALL be as before.`,
      }
    case 'unique':
      return {
        title: `No two ${many} with the same ${wordsOfName(capability.field)}`,
        statement: `*For any* two stored ${many}, their values of ${wordsOfName(capability.field)} SHALL differ.`,
      }
    default:
      return undefined
  }
}
