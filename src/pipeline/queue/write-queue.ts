import { toAppError } from '../../domain/errors.ts'
import type { Stage } from '../../domain/status.ts'
import type { Tx } from '../../store/database.ts'
import type { Engine } from './engine.ts'
import { jobCare } from './inspect.ts'
import { leaseLost } from './running.ts'
import type { Queue } from './queue.ts'

function isRevoked(signal: AbortSignal): boolean {
  return signal.aborted && toAppError(signal.reason).code === 'lease_lost'
}

function checkMayFail(signal: AbortSignal): void {
  if (isRevoked(signal)) throw leaseLost()
}

/** The stages that open transactions have queued work for. */
type Sent = WeakMap<Tx, Set<string>>

/** The end of the queue that stages write to; `announce` hears of what was queued once it is committed. */
export function makeQueue(engine: Engine, announce: (lanes: Set<string>) => void): Queue {
  const sent: Sent = new WeakMap()
  const note = (tx: Tx, stage: Stage) => {
    sent.set(tx, (sent.get(tx) ?? new Set()).add(stage))
  }
  return {
    async send(tx, stage, jobs) {
      if (jobs.length === 0) return
      await engine.insert(tx, stage, jobs)
      note(tx, stage)
    },
    async complete(tx, attempts) {
      // After its end an attempt may fail, but no longer succeed.
      const open = attempts.filter(({ signal }) => !signal.aborted)
      const held = new Set<(typeof open)[number]>()
      for (const [stage, ofStage] of Map.groupBy(open, (attempt) => attempt.stage)) {
        const ids = await engine.complete(tx, stage, ofStage)
        for (const attempt of ofStage) if (ids.has(attempt.id)) held.add(attempt)
      }
      return held
    },
    async again(tx, attempt, afterSeconds, error) {
      checkMayFail(attempt.signal)
      await engine.postpone(tx, attempt.stage, attempt, afterSeconds, error)
    },
    async remove(tx, attempt) {
      checkMayFail(attempt.signal)
      await engine.remove(tx, attempt.stage, attempt)
    },
    ...jobCare,
    async hurry(tx, stage, id) {
      const hurried = await jobCare.hurry(tx, stage, id)
      if (hurried) note(tx, stage)
      return hurried
    },
    wake(tx) {
      const lanes = sent.get(tx)
      if (lanes !== undefined) announce(lanes)
    },
  }
}
