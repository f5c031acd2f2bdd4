import path from 'node:path'
import { toAppError } from '../../domain/errors.ts'
import { runTests, type TestRun } from '../evidence/run-tests.ts'
import { differingFiles } from '../workspace/committed.ts'
import { removeIndexLock } from '../workspace/index-lock.ts'
import { filesLeftOut, setAside } from '../workspace/left-out.ts'
import { findSecret, type FoundSecret } from '../workspace/find-secrets.ts'
import {
  endByTests,
  endOfStopped,
  endWithDifference,
  endWithSecret,
  type LastEvent,
} from './build-outcome.ts'
import type { Run } from './run.ts'

/** Runs the tests on what the agent left, all of it committed, so that they speak of the commit. */
export async function verify(
  run: Run,
  counts: { done: number; total: number },
): Promise<LastEvent | undefined> {
  const { build, watch } = run
  const { workspace } = build.folder
  const leak = await searched(run)
  if (leak === 'stopped') return endOfStopped(watch.cause() ?? 'closing')
  if (leak) return endWithSecret(leak)
  await commitLoose(run)
  const commit = (await run.git('rev-parse', 'HEAD')).trim()
  const differing = await differingFiles(run.git, workspace, commit)
  if (differing.length > 0) return endWithDifference(differing)
  const tests = await testCommitted(run)
  if ('results' in tests) run.progress.show(tests.results)
  const stopped = watch.cause()
  return stopped ? endOfStopped(stopped) : endByTests(tests, counts, commit, workspace)
}

/** Looks for secrets in the work, as long as nothing stops the build. */
async function searched(run: Run): Promise<FoundSecret | 'stopped' | undefined> {
  const { build, env, start, secrets, watch } = run
  try {
    const { workspace } = build.folder
    return await findSecret({ workspace, env, start, secrets, signal: watch.signal })
  } catch (error) {
    if (watch.signal.aborted) return 'stopped'
    throw error
  }
}

/** Commits what the agent left without a commit; what git ignores stays out. */
async function commitLoose({ build, git, log }: Run): Promise<void> {
  // Nothing of the agent's runs any more: a lock that is there belongs to a git that died.
  await removeIndexLock(build.folder.workspace)
  const loose = (await git('status', '--porcelain')).split('\n').filter(Boolean).length
  if (loose === 0) return
  log('runner', `The agent left ${loose} changed files without a commit: they are committed now.`)
  await git('add', '--all')
  const message = 'chore: keep what was left without a commit'
  await git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', message)
}

/** Runs the tests without what the commit does not hold: whoever takes it over has none of that. */
async function testCommitted(run: Run): Promise<TestRun> {
  const { folder } = run.build
  const leftOut = await filesLeftOut(run.git)
  if (leftOut.length > 0) {
    run.log(
      'runner',
      `.gitignore keeps these files out of what is handed on, so the tests run without them: ${leftOut.slice(0, 5).join(', ')}${leftOut.length > 5 ? ' …' : ''}`,
    )
  }
  await using _ = await setAside({
    workspace: folder.workspace,
    prefix: path.join(folder.root, 'left-out-'),
    files: leftOut,
    lost: (file, error) =>
      run.log('runner', `${file} is not put back after the tests: ${toAppError(error).message}`),
  })
  return await test(run)
}

/** Runs the tests; the agent is not taken for stalled while they take their time. */
export async function test(run: Run): Promise<TestRun> {
  const { build, limits, watch } = run
  using _ = watch.hold()
  return await runTests({
    workspace: build.folder.workspace,
    home: build.folder.home,
    start: run.start,
    env: run.env,
    timeoutMs: limits.testMs,
    graceMs: limits.graceMs,
    log: run.log,
    signal: watch.signal,
  })
}
