import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import { planHash } from '../domain/plan.ts'
import { createOfflinePlanner } from '../planning/offline/planner.ts'
import { parseTranscript } from '../sources/transcripts/parse.ts'
import { ownFiles, startRig } from './testing/rig.ts'

const example = fileURLToPath(new URL('../../examples/library.txt', import.meta.url))
const scaffolder = fileURLToPath(new URL('./scaffolder/main.ts', import.meta.url))

/** The plan of the bundled talk about a library, made the offline way. */
async function libraryPlan() {
  const { turns } = parseTranscript(readFileSync(example, 'utf8'), { filename: 'library.txt' })
  const brief = await createOfflineAnalyst().analyse({ turns })
  const { title, feature, files } = await createOfflinePlanner().plan({ brief, specId: 'a-spec' })
  return { name: title, feature, files, plan_hash: await planHash(files) }
}

test('the built-in scaffolder takes the same road and its work is verified', async () => {
  const agent = {
    name: 'scaffolder',
    command: process.execPath,
    args: [scaffolder],
    env: {},
    readable: ownFiles,
    isOwn: true,
    rate: { low: 0, high: 0, currency: 'USD' },
    mode: 'whole' as const,
  }
  await using rig = await startRig({ script: '', config: { agent, sandbox: 'auto' } })
  const { id, last } = await rig.build(await libraryPlan())
  const event = last.data.event
  if (event.type !== 'build.completed') throw new Error(JSON.stringify(event))
  expect(event.tests.failed).toBe(0)
  expect(event.tests.passed).toBeGreaterThan(0)

  const { tasks, evidence, progress, folder = '' } = await rig.status(id)
  expect(progress?.cost).toEqual({ amount: 0, currency: 'USD' })
  const shown = evidence.filter(({ result }) => result === 'passed')
  expect(shown.length).toBeGreaterThan(0)
  expect(shown.filter(({ ref, test: name }) => !name?.startsWith(`${ref} `))).toEqual([])
  expect(evidence.filter(({ result }) => result === 'failed')).toEqual([])
  expect(evidence.length).toBeGreaterThan(shown.length)
  const done = tasks.filter((task) => task.state === 'completed')
  const open = tasks.filter((task) => task.state !== 'completed')
  expect(done.filter((task) => !task.optional)).toHaveLength(event.done)
  expect(new Set(done.map((task) => task.commit)).size).toBe(done.length)
  expect(open.filter((task) => task.reason === undefined)).toEqual([])

  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
  expect(git('rev-parse', 'HEAD').trim()).toBe(event.commit)
  expect(git('status', '--porcelain')).toBe('')
  for (const task of done) {
    expect(git('show', '-s', '--format=%s', task.commit ?? '')).toContain(`task ${task.id}: `)
  }
})
