import { setTimeout as pause } from 'node:timers/promises'
import type { CriterionEvidence } from '../../src/domain/build.ts'
import type { BuildView } from '../../src/http/views.ts'
import type { FakeProject } from './fake-project.ts'

const folder = '/srv/talkwright/data/builds/studio-class-booking'
const commit = '4b1f0d9e6a7c28350e1bd2f4a96c7d83e05f1ba2'

type LogKind = 'agent' | 'tool' | 'file' | 'command' | 'test' | 'runner'

const lines: readonly (readonly [LogKind, string])[] = [
  ['runner', 'Workspace prepared, spec committed'],
  ['agent', 'Reading the requirements before I begin with the first task.'],
  ['tool', 'read .kiro/specs/studio-class-booking/tasks.md'],
  ['file', 'src/bookings/book-class.js +48'],
  [
    'agent',
    'A full class puts the member on the waiting list. <img src=x onerror=alert(1)> stays text.',
  ],
  ['command', 'node --test'],
  ['test', '12 passed, 0 failed'],
]

/** Writes lines to a build's log. */
export function logLines(project: FakeProject, build: BuildView, count: number): void {
  for (let n = 0; n < count; n += 1) {
    const [kind, text] = lines[n % lines.length] ?? ['agent', '']
    project.add({ type: 'build.log', build: build.id, kind, text })
  }
}

/** Ends a build at once, with everything done but what `open` names. */
export function completeBuild(project: FakeProject, build: BuildView): void {
  for (const { id } of build.tasks) {
    if (id === '2.4') continue
    const open = id === '4'
    const reason = 'No mail account is configured, so that the test for sending could not run.'
    if (open) project.task(build, { id, reason })
    else project.task(build, { id, state: 'completed', commit })
  }
  const criteria: CriterionEvidence[] = [
    { ref: '1.1', result: 'passed', test: '1.1 WHEN a member books a class' },
    { ref: '1.2', result: 'failed', test: '1.2 WHEN a class is full' },
    { ref: '2.1', result: 'not_shown' },
  ]
  build.evidence = criteria
  project.add({ type: 'build.evidence', build: build.id, criteria })
  const tests = { passed: 31, failed: 0 }
  project.finish(build, {
    type: 'build.completed',
    build: build.id,
    done: 10,
    total: 11,
    tests,
    commit,
    folder,
  })
}

/** Carries a build out as one would look, with pauses of `stepMs`. */
export async function runBuild(
  project: FakeProject,
  build: BuildView,
  stepMs: number,
): Promise<void> {
  for (const { id, optional } of build.tasks) {
    if (build.finishedAt !== null) return
    if (optional || id === '4') continue
    project.task(build, { id, state: 'in_progress' })
    for (let n = 0; n < lines.length; n += 1) {
      await pause(stepMs / lines.length)
      const [kind, text] = lines[n] ?? ['agent', '']
      project.add({ type: 'build.log', build: build.id, kind, text })
    }
    project.task(build, { id, state: 'completed', commit })
  }
  completeBuild(project, build)
}
