import { assertNever } from '../../domain/assert-never.ts'
import { evidenceFrom } from '../evidence/criteria-evidence.ts'
import type { TestResults } from '../evidence/results/test-results.ts'
import type { TestRun } from '../evidence/run-tests.ts'
import type { PlanTask } from './plan-task.ts'
import type { Verdict } from './workbench.ts'

/** What of a failed run the agent is shown: its end, where test runners sum up. */
const maxTailLength = 12_000

/**
 * What a run of the tests says of a task: verified when they pass and each acceptance criterion that it
 * names has a test. Where the results cannot be read test by test, that they pass has to do.
 */
export function judgeTests(task: PlanTask, acceptance: ReadonlySet<string>, run: TestRun): Verdict {
  switch (run.type) {
    case 'passed': {
      const missing = unshown(task, acceptance, run.results)
      return missing.length === 0 ? { type: 'verified' } : refuseUnshown(missing)
    }
    case 'stopped':
      return { type: 'stopped' }
    case 'failed': {
      const { failed, passed } = run.results.counts
      const code = run.exitCode ?? 'none'
      const reason = `The tests failed (exit code ${code}): ${failed} failed, ${passed} passed.`
      return refused(reason, endOf(run.tail))
    }
    case 'no_tests':
      return refused(
        'package.json has no `test` script that tests anything, so nothing shows that the task works.',
      )
    case 'not_started':
      return refused(`The tests could not be started: ${run.message}`)
    case 'timed_out':
      return refused('The tests took longer than the runner allows; they must end by themselves.')
    default:
      return assertNever(run)
  }
}

/** Refuses folders that are repositories of their own: a commit would not hold their files. */
export function refuseInner(folders: readonly string[]): Verdict {
  const names = folders.slice(0, 5).join(', ')
  return refused(`${names} is a git repository of its own: remove the \`.git\` in it.`)
}

function unshown(
  task: PlanTask,
  acceptance: ReadonlySet<string>,
  { cases }: TestResults,
): readonly string[] {
  if (cases === undefined) return []
  const refs = task.refs.filter((ref) => acceptance.has(ref))
  return evidenceFrom(refs, cases).flatMap(({ ref, result }) => (result === 'passed' ? [] : [ref]))
}

function refuseUnshown(missing: readonly string[]): Verdict {
  const [first = ''] = missing
  const reason = `The tests pass, but none is about ${missing.join(', ')}.`
  const how = `Write a test for each; its name begins with the number: \`${first} …\`.`
  return { type: 'refused', reason, complaint: `${reason} ${how}` }
}

function refused(reason: string, output?: string): Verdict {
  const complaint = output ? `${reason} The end of their output:\n\n${fenced(output)}` : reason
  return { type: 'refused', reason, complaint }
}

function endOf(tail: readonly string[]): string {
  return tail.join('\n').slice(-maxTailLength).toWellFormed()
}

/** A code block that its text cannot close. */
function fenced(text: string): string {
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)))
  return `${fence}\n${text}\n${fence}`
}
