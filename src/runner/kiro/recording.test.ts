import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { CreateBuild } from '../../domain/build.ts'
import { planHash } from '../../domain/plan.ts'
import { logTexts } from '../testing/rig.ts'
import { buildWith, startKiroRig } from './testing/kiro-rig.ts'

const recording = fileURLToPath(
  new URL('../../../../shared/fixtures/kiro/runalltasks.json', import.meta.url),
)

/** A plan with the tasks that the recorded run carried out. */
async function recordedPlan(): Promise<Partial<CreateBuild>> {
  const folder = '.kiro/specs/calc-fix'
  const tasks = `# Implementation Plan: calc-fix

## Tasks

- [ ] 1. Fix the add function
- [ ] 2. Add a regression test
`
  const files = [
    { path: `${folder}/requirements.md`, content: '# Requirements Document\n' },
    { path: `${folder}/design.md`, content: '# Design Document: calc-fix\n' },
    { path: `${folder}/tasks.md`, content: tasks },
  ]
  return { feature: 'calc-fix', files, plan_hash: await planHash(files) }
}

test.skipIf(!existsSync(recording)).each([
  [true, 4],
  [false, 2],
])(
  'follows a recorded run of Kiro to its end (shared data; commands allowed: %s)',
  async (allowCommands, allowed) => {
    const effect = allowCommands ? ('allow' as const) : ('deny' as const)
    const rules = [{ kinds: ['execute' as const], do: effect }]
    const permissions = { rules, otherwise: 'allow' as const }
    await using rig = await startKiroRig({ scene: recording, config: { permissions } })
    const build = await buildWith(rig, await recordedPlan())
    expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 2, total: 2 })
    expect(build.status.tasks).toMatchObject([
      { id: '1', state: 'completed', commit: expect.anything() },
      { id: '2', state: 'completed', commit: expect.anything() },
    ])
    const options = build.answers.map((answer) => JSON.stringify(answer))
    expect(options.filter((answer) => answer.includes('"accept"'))).toHaveLength(allowed)
    expect(options.filter((answer) => answer.includes('"reject"'))).toHaveLength(4 - allowed)

    const said = logTexts(rig.receiver.taken(), 'runner')
    expect(said.filter((line) => line.startsWith('Kiro: '))).toEqual([
      'Kiro: task 1 is under way.',
      'Kiro: task 1 is done, it says.',
      'Kiro: task 2 is under way.',
      'Kiro: task 2 is done, it says.',
    ])
    expect(said).toContain('Kiro spent 1.52 credits.')
    expect(logTexts(rig.receiver.taken(), 'agent').join('\n')).toContain(
      'Task 1 is ready. Let me start executing it.',
    )
  },
)
