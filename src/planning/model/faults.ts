import { PlanDraft } from '../../domain/plan.ts'
import { lintSpec } from '../../kiro/lint.ts'
import type { Finding } from '../../kiro/tree.ts'
import { dataJson } from '../../model/data-json.ts'
import type { PlanInput } from '../planner.ts'
import type { AnsweredPlan } from './answer.ts'
import { type BriefIndex, indexBrief } from './brief-index.ts'
import { draftOf } from './draft.ts'
import { lineFault } from './line-gate.ts'
import { speaksOf, wordsOf } from './requirements.ts'
import { choiceFault } from './stack.ts'

const maxFaults = 40

/** What a model should mend in its proposal, in words that help; what stays wrong code takes out. */
export function faultsOf(input: PlanInput, answer: AnsweredPlan): string[] {
  const index = indexBrief(input.brief)
  const numbers = new Set(
    answer.requirements.flatMap(({ criteria }, at) => criteria.map((_, i) => `${at + 1}.${i + 1}`)),
  )
  return [
    ...criterionFaults(answer, index),
    ...coverageFaults(answer, index),
    ...taskFaults(answer, numbers),
    ...answer.properties.flatMap(({ criteria }, at) =>
      unknown(criteria, numbers).map(
        (ref) => `properties[${at}] names criterion ${ref}, which is not there.`,
      ),
    ),
    ...answer.stack.flatMap(({ choice, items }, at) => {
      const fault = choiceFault(choice, items, index)
      return fault === undefined ? [] : [`stack[${at}] ${shown(choice)}: ${fault}`]
    }),
    ...lintFaults(input, answer, 'error'),
  ].slice(0, maxFaults)
}

function criterionFaults({ requirements }: AnsweredPlan, index: BriefIndex): string[] {
  if (requirements.length === 0)
    return ['There is no requirement. Propose what the brief asks for.']
  return requirements.flatMap(({ title, criteria }, at) => {
    if (criteria.length === 0) return [`requirements[${at}] ${shown(title)} has no criterion.`]
    return criteria.flatMap((criterion, i) => {
      const where = `criterion ${at + 1}.${i + 1}`
      const fault = lineFault(wordsOf(criterion))
      const strange = criterion.items.filter((id) => !index.isPlannable(id))
      return [
        ...(fault === undefined ? [] : [`${where}: ${fault} Leave it out.`]),
        ...(criterion.items.length === 0 ? [`${where} names no item of the brief.`] : []),
        ...strange.map(
          (id) => `${where} names ${shown(id)}, which is not in the brief or out of scope.`,
        ),
        ...(criterion.items.length > 0 && !speaksOf(criterion, criterion.items, index)
          ? [`${where} does not speak of the items that it names. Use the brief's own words.`]
          : []),
        ...(criterion.response.trim() === '' ? [`${where} has no response.`] : []),
        ...(/\bshall\b/i.test(criterion.response)
          ? [`${where}: the response holds another SHALL. Split it.`]
          : []),
      ]
    })
  })
}

function coverageFaults({ requirements, leftOut }: AnsweredPlan, index: BriefIndex): string[] {
  const named = new Set([
    ...requirements.flatMap(({ criteria }) => criteria.flatMap(({ items }) => items)),
    ...leftOut.map(({ item }) => item),
  ])
  const open = index.wanted.filter(({ id }) => !named.has(id)).map(({ id }) => id)
  return open.length === 0
    ? []
    : [
        `No criterion carries out ${open.slice(0, 40).join(', ')}. Add criteria, or name them in leftOut with the reason.`,
      ]
}

function taskFaults({ groups }: AnsweredPlan, numbers: ReadonlySet<string>): string[] {
  const tasks = groups.flatMap(({ tasks }, at) =>
    tasks.map((task, i) => ({ ...task, number: `${at + 1}.${i + 1}` })),
  )
  const known = new Set(tasks.map(({ number }) => number))
  const covered = new Set(tasks.flatMap(({ criteria }) => criteria))
  const open = [...numbers].filter((number) => !covered.has(number))
  const tooMany = tasks.length > numbers.size + 5
  return [
    ...tasks.flatMap(({ number, title, details, criteria, needs }) => [
      ...[title, ...details].flatMap((text) => {
        const fault = lineFault(text)
        return fault === undefined ? [] : [`task ${number}, ${shown(text)}: ${fault} Leave it out.`]
      }),
      ...unknown(criteria, numbers).map(
        (ref) => `task ${number} names criterion ${ref}, which is not there.`,
      ),
      ...(criteria.length === 0 ? [`task ${number} carries out no criterion.`] : []),
      ...unknown(needs, known).map(
        (ref) => `task ${number} needs task ${ref}, which is not there.`,
      ),
    ]),
    ...(open.length === 0 ? [] : [`No task carries out ${open.slice(0, 40).join(', ')}.`]),
    ...(tooMany
      ? [
          `There are ${tasks.length} tasks for ${numbers.size} criteria. Put together what belongs together.`,
        ]
      : []),
  ]
}

/** What Kiro's linter says of the plan as code would write it. */
export function lintFaults(
  input: PlanInput,
  answer: AnsweredPlan,
  severity: Finding['severity'],
): string[] {
  const findings = lintSpec(draftOf(input, answer, { name: 'tried' }).files)
  return findings
    .filter((finding) => finding.severity === severity)
    .slice(0, maxFaults)
    .map(
      ({ file, line, message }) =>
        `The linter (${severity}) on ${file.split('/').at(-1)}, line ${line}: ${message}`,
    )
}

/** @throws what zod says when code made a plan that cannot be stored: a fault of ours, not of the model. */
export function parsedDraft(draft: PlanDraft): PlanDraft {
  return PlanDraft.parse(draft)
}

function unknown(refs: readonly string[], known: ReadonlySet<string>): string[] {
  return refs.filter((ref) => !known.has(ref)).map(shown)
}

/** A piece of the answer within a message: bounded, and as JSON, so that it cannot pose as the message. */
function shown(text: string): string {
  return dataJson(text.slice(0, 100).toWellFormed())
}
