import { fromInline, plainLine } from '../../kiro/inline.ts'
import type { Claim } from './acceptance-tests.ts'
import type { Model } from './app-schema.ts'
import { obstacleTo } from './buildable.ts'
import { hasProperty } from './property-tests.ts'
import type { Spec, SpecTask } from './spec.ts'
import { lackOf } from './lacks.ts'

/** What a task needs, or why it cannot be carried out here. */
export type Assessment =
  | { type: 'claims'; claims: readonly Claim[] }
  | { type: 'checkpoint' }
  | { type: 'open'; reason: string }

/** Whether all that a task's criteria ask for can be built and tested. */
export function assess(
  task: SpecTask,
  spec: Spec,
  model: Model,
  built: readonly Claim[],
): Assessment {
  if (task.checkpoint) return { type: 'checkpoint' }
  if (task.refs.length === 0) {
    return open('The task names no criterion, so nothing says when it is done.')
  }
  const claims: Claim[] = []
  for (const ref of task.refs) {
    const text = spec.criteria.get(ref)
    if (text === undefined) return open(`requirements.md has no criterion ${ref}.`)
    const understood = spec.reading.meanings.get(ref)
    if (!understood) return open(`Criterion ${ref} is not met: ${lackOf(text)}`)
    const { ability: capability, actor } = understood
    if (task.property && !hasProperty(capability)) {
      return open(`The built-in builder has no property test for criterion ${ref}.`)
    }
    claims.push({
      ref,
      text: fromInline(text),
      capability,
      ...(actor !== undefined && { actor }),
      ...(task.property && { property: true }),
    })
  }
  const together = [...built, ...claims].map(({ capability }) => capability)
  for (const { ref, capability } of claims) {
    const obstacle = obstacleTo(capability, model, together)
    if (obstacle !== undefined) return open(`Criterion ${ref} is not met: ${obstacle}`)
  }
  return { type: 'claims', claims }
}

function open(reason: string): Assessment {
  return { type: 'open', reason: plainLine(reason, 900) }
}
