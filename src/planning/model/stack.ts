import type { Brief } from '../../domain/brief.ts'
import { jobOf } from '../../domain/job.ts'
import type { StackChoice } from '../../domain/plan.ts'
import { isKnownPart, lookAlikeOf } from '../../domain/screen/known-parts.ts'
import { stackOf } from '../offline/stack.ts'
import type { AnsweredPlan } from './answer.ts'
import type { BriefIndex } from './brief-index.ts'
import { type LineGate, tellingWords } from './line-gate.ts'

const maxParts = 12

/** What the plan is built with: the proposal's choices as far as they are known or were asked for. */
export function takeStack(
  { stack }: AnsweredPlan,
  brief: Brief,
  index: BriefIndex,
  gate: LineGate,
): StackChoice[] {
  const isInUse = jobOf(brief) !== 'new'
  const chosen = new Map(stackOf(brief).map((choice) => [choice.part, choice]))
  for (const { part, choice, reason, basis, items } of stack.slice(0, maxParts)) {
    const fault = choiceFault(choice, items, index)
    if (fault !== undefined) {
      gate.remove('stack', `${part}: ${choice}`, fault)
      continue
    }
    const name = gate.pass('stack', choice, 120)
    const heading = gate
      .pass('stack', part, 60)
      ?.replaceAll(/[^\p{L}\p{N} ]/gu, '')
      .trim()
    if (name === undefined || heading === undefined || heading === '') continue
    const isAsked = basis !== 'default' && items.some((id) => index.isPlannable(id))
    const said = gate.pass('stack', reason, 260) ?? ''
    const unknown = isKnown(choice)
      ? ''
      : ' Check it before it is installed: it is not a well-known name.'
    // A product that is in use has its parts, and what was asked for outweighs a default of the model.
    if (!isAsked && (isInUse || (chosen.get(heading)?.basis ?? 'default') !== 'default')) continue
    chosen.set(heading, {
      part: heading,
      choice: name,
      reason: `${said}${unknown}`.slice(0, 300),
      basis: isAsked ? basis : 'default',
    })
  }
  return [...chosen.values()]
}

/** Why a choice may not stand: nobody knows it and nobody asked for it, or it looks like another. */
export function choiceFault(
  choice: string,
  items: readonly string[],
  index: BriefIndex,
): string | undefined {
  const twin = namesIn(choice)
    .map(lookAlikeOf)
    .find((name) => name !== undefined)
  if (twin !== undefined) return `It looks like ${twin} and is not.`
  if (isKnown(choice)) return undefined
  const ground = index.ground(items)
  const words = tellingWords(choice)
  const isSaid = words.length > 0 && words.every((word) => ground.has(word))
  return isSaid ? undefined : 'It is no well-known technology, and no item asks for it.'
}

/** Words that stand beside a name without naming anything to be installed. */
const plain = new Set(
  'a an the with without and or for over in on of to newer later version lts plain written atomically framework file files server client page browser database store storage test tests runner api built-in builtin module modules standard library cloud service managed hosting static process local on-premises'.split(
    ' ',
  ),
)

/** Only well-known names, and plain words around them. */
function isKnown(choice: string): boolean {
  if (isKnownPart(choice.trim())) return true
  const names = namesIn(choice).filter((name) => !plain.has(name))
  return names.length > 0 && names.every(isKnownPart)
}

function namesIn(choice: string): string[] {
  return (
    choice
      .toLowerCase()
      .match(/[a-z@][a-z0-9.#+@/-]{0,60}/g)
      ?.map((name) => name.replace(/[.+/-]+$/, '')) ?? []
  )
}
