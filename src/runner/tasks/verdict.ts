import { assertNever } from '../../domain/assert-never.ts'
import type { TestRun } from '../evidence/run-tests.ts'
import type { PlanTask } from './plan-task.ts'
import type { Verdict } from './workbench.ts'

/** What a run of the tests says of a task. */
export function judgeTests(_task: PlanTask, run: TestRun): Verdict {
  switch (run.type) {
    case 'passed':
      return { type: 'verified' }
    case 'stopped':
      return { type: 'stopped' }
    case 'failed': {
      const { failed, passed } = run.counts
      const code = run.exitCode ?? 'none'
      return refused(`The tests failed (exit code ${code}): ${failed} failed, ${passed} passed.`)
    }
    case 'no_tests':
      return refused('package.json has no `test` script, so nothing shows that the task works.')
    case 'not_started':
      return refused(`The tests could not be started: ${run.message}`)
    case 'timed_out':
      return refused('The tests took longer than the runner allows.')
    default:
      return assertNever(run)
  }
}

function refused(reason: string): Verdict {
  return { type: 'refused', reason, complaint: reason }
}
