import type { WriteLog } from '../builds/build-log.ts'
import type { PlanTask } from '../tasks/plan-task.ts'

export interface RoundOptions<T> {
  /** The tasks whose boxes are open. */
  open: () => Promise<readonly PlanTask[]>
  /** One turn of the agent; gives what ends the rounds, or undefined when its turn ended as it should. */
  turn: (open: readonly PlanTask[]) => Promise<T | undefined>
  max: number
  log: WriteLog
}

/**
 * Lets the agent have one turn after the other until no task is open. Kiro ends turns early: it is
 * asked to go on as long as that helps. Undefined when there is nothing more to be had.
 */
export async function inRounds<T>({
  open,
  turn,
  max,
  log,
}: RoundOptions<T>): Promise<T | undefined> {
  let before = await open()
  for (let round = 1; before.length > 0; round += 1) {
    const end = await turn(before)
    if (end !== undefined) return end
    const after = await open()
    if (after.length === 0) return undefined
    const left = `Kiro ended its turn with ${after.length} open tasks`
    if (after.length >= before.length) {
      log('runner', `${left} and did none in this one, so it is not asked again.`)
      return undefined
    }
    if (round >= max) {
      log('runner', `${left} after ${max} turns, which is as many as it gets.`)
      return undefined
    }
    log('runner', `${left}: it is asked to go on.`)
    before = after
  }
  return undefined
}
