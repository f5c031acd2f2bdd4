import { assertNever } from '../../domain/assert-never.ts'
import type { BuildEventBody } from '../../domain/build.ts'
import type { AgentOutcome } from '../agents/agent-driver.ts'
import type { Counts } from '../evidence/progress.ts'
import type { TestRun } from '../evidence/run-tests.ts'
import type { FoundSecret } from '../workspace/find-secrets.ts'
import type { StopCause } from './watch.ts'

/** The events that end a build. */
export type LastEvent = Extract<
  BuildEventBody,
  { type: 'build.completed' | 'build.failed' | 'build.cancelled' }
>

function failed(code: string, message: string): LastEvent {
  return { type: 'build.failed', code, message: message.slice(0, 2_000) }
}

/** How a build ends that was stopped; undefined when it stays unfinished, to be told after a restart. */
export function endOfStopped(cause: StopCause): LastEvent | undefined {
  switch (cause) {
    case 'cancelled':
      return { type: 'build.cancelled' }
    case 'closing':
      return undefined
    case 'wall_time':
      return failed('agent_timeout', 'The build took longer than the runner allows and was ended.')
    case 'idle_time':
      return failed('agent_stalled', 'The agent gave no sign of life for too long and was ended.')
    case 'output':
      return failed('output_limit', 'The agent sent more than the runner takes, and was ended.')
    case 'disk':
      return failed('disk_limit', 'The build took more of the disk than the runner allows.')
    case 'processes':
      return failed('process_limit', 'The build ran more processes than the runner allows.')
    case 'memory':
      return failed('memory_limit', 'The build took more memory than the runner allows.')
    case 'turns':
      return failed('turn_limit', 'The agent took more turns than the runner allows.')
    case 'spend':
      return failed('spend_limit', 'The agent spent more than the runner allows, and was ended.')
    default:
      return assertNever(cause)
  }
}

/** How a build ends whose agent did not finish or did nothing; undefined when tests decide. */
export function endWithoutTests(agent: AgentOutcome, { done }: Counts): LastEvent | undefined {
  if (agent.type === 'failed') return failed(agent.code, agent.message)
  if (done > 0) return undefined
  const message = 'The agent finished, but no task is ticked and committed, so nothing was built.'
  return failed('nothing_built', message)
}

/** How a build ends whose work holds a secret. */
export function endWithSecret({ name, place }: FoundSecret): LastEvent {
  return failed(
    'secret_in_work',
    `The value of ${name} stands in ${place}: the work is not handed on. Change that key, and take the value out.`,
  )
}

/** How a build ends whose commit is not what its tests would speak of. */
export function endWithDifference(files: readonly string[]): LastEvent {
  const shown = files.slice(0, 5).join(', ') + (files.length > 5 ? ' …' : '')
  return failed(
    'commit_differs',
    `The commit does not hold what stands in the workspace: ${shown}. Git was told to overlook it, to store it otherwise, or takes it for a repository of its own; nothing was tested.`,
  )
}

/** How a build ends by its tests; undefined when they were stopped. */
export function endByTests(
  tests: TestRun,
  counts: Counts,
  commit: string,
  folder: string,
): LastEvent | undefined {
  switch (tests.type) {
    case 'passed':
      if (tests.results.cases?.every(({ outcome }) => outcome !== 'passed')) {
        return failed('no_tests', 'npm test succeeded, but told of no test that passed.')
      }
      return { type: 'build.completed', ...counts, tests: tests.results.counts, commit, folder }
    case 'failed': {
      const { failed: bad, passed } = tests.results.counts
      const code = tests.exitCode ?? 'none'
      const message = `npm test failed (exit code ${code}): ${bad} failed, ${passed} passed.`
      return failed('tests_failed', message)
    }
    case 'no_tests':
      return failed(
        'no_tests',
        'The workspace has no test script that tests anything, so nothing shows that it works.',
      )
    case 'not_started':
      return failed('tests_not_started', `npm test could not be started: ${tests.message}`)
    case 'timed_out':
      return failed('tests_timed_out', 'npm test took longer than the runner allows.')
    case 'stopped':
      return undefined
    default:
      return assertNever(tests)
  }
}
