import type { Capability } from './capability.ts'
import { possibleCapabilities } from './capability-candidates.ts'
import { isUserAction } from './capability-trigger.ts'
import { wordingsOf, type Wording } from './capability-wording.ts'
import type { EntityModel } from './data-models.ts'
import { parseEars } from './ears.ts'
import { wordKey } from './same-words.ts'
import type { Criterion, EarsCondition } from './tree.ts'

/**
 * What a criterion asks for, when the whole of it is something that the built-in builder can make;
 * undefined for everything else, however near. Linear in the text's length.
 */
export function recogniseCapability(
  criterion: Pick<Criterion, 'text'>,
  entities: readonly EntityModel[],
): Capability | undefined {
  const ears = criterion.text.length <= 1_000 ? parseEars(criterion.text) : undefined
  if (!ears || ears.conditions.length > 1) return undefined
  const [condition] = ears.conditions
  const asked = wordKey(ears.response)
  // Without the system's name, which may hold the name of an entity or a field.
  const said = [...ears.conditions.map(({ text }) => text), ears.response].join(' ')
  return possibleCapabilities(entities, said).find((capability) =>
    wordingsOf(capability, entities).some(
      (wording) =>
        wordKey(wording.response) === asked &&
        conditionFits(condition, wording, capability, entities),
    ),
  )
}

function conditionFits(
  condition: EarsCondition | undefined,
  wording: Wording,
  capability: Capability,
  entities: readonly EntityModel[],
): boolean {
  const wanted = wording.condition
  if (wanted.keyword === undefined) return condition === undefined
  if (condition?.keyword !== wanted.keyword) return false
  return wanted.free
    ? isUserAction(condition.text, capability, entities)
    : wordKey(wanted.text, { anyActor: true }) === wordKey(condition.text, { anyActor: true })
}
