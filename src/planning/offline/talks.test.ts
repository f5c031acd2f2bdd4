import { describe, expect, it } from 'vitest'
import { createOfflineAnalyst } from '../../analysis/offline/analyst.ts'
import { turnsOf } from '../../analysis/testing/expected-talk.ts'
import { blindTalks, heldBackTalks, knownTalks } from '../../analysis/testing/talks/all-talks.ts'
import { jobOf } from '../../domain/job.ts'
import { planFile } from '../../domain/plan.ts'
import { parseEars } from '../../kiro/ears.ts'
import { lintSpec } from '../../kiro/lint.ts'
import { leafTasks, parseTasks } from '../../kiro/tasks.ts'
import { requirementsIn } from '../../kiro/requirements-in.ts'
import { diagramsIn } from '../testing/mermaid.ts'
import { createOfflinePlanner } from './planner.ts'

// The offline analyst reads English.
const talks = [...knownTalks, ...heldBackTalks, ...blindTalks].filter(
  ({ kind }) => kind !== 'non-English',
)

const isFor: Record<string, string> = {
  'bug report': 'fix',
  'change to an existing product': 'change',
}

describe.each(talks.map((talk) => [talk.name, talk] as const))('the talk %s', (_name, talk) => {
  it('becomes a plan of its size, in EARS', async () => {
    const brief = await createOfflineAnalyst().analyse({ turns: turnsOf(talk.lines) })
    const draft = await createOfflinePlanner().plan({ brief, specId: 'a-spec' })
    const findings = lintSpec(draft.files)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    const guessed = new Set(draft.trace.flatMap(({ ref, inferred }) => (inferred ? [ref] : [])))
    const criteria = requirementsIn(draft.files).flatMap((requirement) => requirement.criteria)
    // Natural talk has words that the linter warns of; they are few.
    expect(findings.length).toBeLessThanOrEqual(Math.max(3, criteria.length / 4))
    const isBugfix = planFile(draft.files, 'bugfix.md') !== undefined
    const isEars = criteria.every(({ text }) => parseEars(text) !== undefined)
    expect(isEars || isBugfix).toBe(true)
    // One task for each criterion that was asked for, the set-up, and the checkpoint; a fix has its tests.
    const asked = criteria.filter(({ ref }) => !guessed.has(ref)).length
    const tasks = leafTasks(parseTasks(planFile(draft.files, 'tasks.md')?.content ?? '').tasks)
    const required = tasks.filter(({ optional }) => !optional).length
    expect(required).toBeLessThanOrEqual(asked + 2)
    expect(draft.estimate.low).toBeLessThan(draft.estimate.high)
    const diagrams = await diagramsIn(planFile(draft.files, 'design.md')?.content ?? '')
    expect(diagrams.length > 0).toBe(!isBugfix)
  })
})

// Of talks that nobody looked at, `npm run eval` says how many are told apart.
const looked = talks.filter((talk) => !blindTalks.includes(talk))

it.each(looked.map((talk) => [talk.name, talk] as const))(
  'the talk %s is about what it is about: something new, a change or a defect',
  async (_name, talk) => {
    const brief = await createOfflineAnalyst().analyse({ turns: turnsOf(talk.lines) })
    expect(jobOf(brief)).toBe(isFor[talk.kind] ?? 'new')
  },
)
