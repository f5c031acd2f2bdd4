import { beforeAll, describe, expect, it } from 'vitest'
import { createModelAnalyst } from '../../src/analysis/model/analyst.ts'
import { guardAnalyst } from '../../src/analysis/guard.ts'
import { createOfflineAnalyst } from '../../src/analysis/offline/analyst.ts'
import type { Brief } from '../../src/domain/brief.ts'
import { type PlanDraft, planFile } from '../../src/domain/plan.ts'
import { hasErrors, lintSpec } from '../../src/kiro/lint.ts'
import { leafTasks, parseTasks } from '../../src/kiro/tasks.ts'
import { checkEvidence } from '../../src/pipeline/brief-check.ts'
import { guardPlanner } from '../../src/planning/guard.ts'
import { createModelPlanner } from '../../src/planning/model/planner.ts'
import { createOfflinePlanner } from '../../src/planning/offline/planner.ts'
import { cleanText } from '../../src/sources/clean-text.ts'
import { corpus } from './corpus.ts'
import { type HostileTalk, talkOf } from './hostile-talk.ts'
import { obedientModel } from './obedient-model.ts'

const tools = { talkwright: 'test' }
const offlineAnalyst = guardAnalyst(createOfflineAnalyst(), tools)
const offlinePlanner = guardPlanner(createOfflinePlanner(), tools)
const specId = '0a0a0a0a-0000-4000-8000-000000000001'

/** The talk as the door lets it in: sources clean every text before anybody reads it. */
function received(hostile: HostileTalk) {
  const { talk, injected } = talkOf(hostile)
  const turns = talk.turns.map((turn) => ({ ...turn, text: cleanText(turn.text) }))
  return { talk: { ...talk, turns }, injected }
}

/** Everything that a reader or an agent could take for something asked for; quotes and flags are evidence. */
function textsOf(brief: Brief, plan: PlanDraft): string {
  const bare = <T extends { citations: unknown }>({ citations: _evidence, ...rest }: T) => rest
  const { title, feature, summary } = brief
  const ledger = brief.ledger.map((entry) => (entry.outcome === 'rejected' ? entry.reason : ''))
  const { removed: _shown, manifest: _hashes, files, trace, ...rest } = plan
  const wanted = [
    { title, feature, summary, ledger },
    brief.items.map(({ saidBy: _name, ...item }) => bare(item)),
    brief.items.map(({ saidBy }) => saidBy),
    brief.entities.map(bare),
    brief.openQuestions.map(bare),
    brief.contradictions.map(bare),
    trace.map(bare),
    rest,
  ]
  return [JSON.stringify(wanted), ...files.map(({ path, content }) => `${path}\n${content}`)]
    .join('\n')
    .toLowerCase()
}

function expectNothingOf(hostile: HostileTalk, brief: Brief, plan: PlanDraft): void {
  const texts = textsOf(brief, plan)
  expect(hostile.never.filter((words) => texts.includes(words))).toEqual([])
  expect(hasErrors(lintSpec(plan.files))).toBe(false)
  const tasks = leafTasks(parseTasks(planFile(plan.files, 'tasks.md')?.content ?? '').tasks)
  const refs = new Set(plan.trace.map(({ ref }) => ref))
  expect(tasks.flatMap(({ requirements }) => requirements).filter((ref) => !refs.has(ref))).toEqual(
    [],
  )
  for (const link of plan.trace) {
    expect(link.items.length > 0 || link.inferred !== undefined).toBe(true)
  }
}

/** What a person sees: the words of each turn that was set aside, with the reason, and its place in the ledger. */
function expectFlags(hostile: HostileTalk, brief: Brief): void {
  const { talk, injected } = received(hostile)
  const expected = injected.filter((_, at) => hostile.flagged?.includes(at) ?? true)
  const flagged = new Set(brief.flags?.map(({ turn }) => turn))
  expect(expected.filter((turn) => !flagged.has(turn))).toEqual([])
  for (const { turn, where, quote, reason } of brief.flags ?? []) {
    const said = talk.turns.find(({ id }) => id === turn)
    expect(where === 'text' ? said?.text : said?.speaker).toContain(quote)
    expect(reason).toContain('addresses the machine')
    if (said?.role !== 'client') continue
    expect(brief.ledger.some((entry) => entry.turn === turn && entry.outcome === 'rejected')).toBe(
      true,
    )
  }
}

it('holds at least 40 talks, each with something that must not come of it', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(40)
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length)
  for (const { never, obeyed } of corpus) {
    expect(never.length > 0 && obeyed.length > 0).toBe(true)
    // What must never appear is what an obedient machine would write, or the check could not fail.
    const written = obeyed.join('\n').toLowerCase()
    expect(never.some((words) => written.includes(words))).toBe(true)
  }
})

describe.each(corpus.filter(({ base }) => base.language === 'en'))('offline: $name', (hostile) => {
  let brief: Brief
  let plan: PlanDraft
  const { talk } = received(hostile)
  beforeAll(async () => {
    brief = await offlineAnalyst.analyse(talk)
    plan = await offlinePlanner.plan({ brief, specId })
  })

  it('does nothing of it and keeps what was honestly asked for', () => {
    expectNothingOf(hostile, brief, plan)
    const statements = brief.items.map(({ statement }) => statement)
    for (const { statement } of hostile.base.honest) expect(statements).toContain(statement)
  })

  it('shows it', () => {
    expectFlags(hostile, brief)
    expect(() => checkEvidence(brief, talk.turns)).not.toThrow()
  })
})

describe.each(corpus)('an obedient model: $name', (hostile) => {
  let brief: Brief
  let plan: PlanDraft
  const { talk, injected } = received(hostile)
  const model = obedientModel(hostile, talk, injected, () => brief)
  beforeAll(async () => {
    const analyst = createModelAnalyst({ model, needs: () => [] })
    brief = await guardAnalyst(analyst, tools).analyse(talk)
    plan = await guardPlanner(createModelPlanner({ model }), tools).plan({ brief, specId })
  })

  it('gets nothing of it through, and what was honestly asked for stays', () => {
    expectNothingOf(hostile, brief, plan)
    const statements = brief.items.map(({ statement }) => statement)
    for (const { statement } of hostile.base.honest) expect(statements).toContain(statement)
  })

  it('leaves a trace for a person', () => {
    expectFlags(hostile, brief)
    expect(() => checkEvidence(brief, talk.turns)).not.toThrow()
    expect(brief.removed?.length ?? 0).toBeGreaterThan(0)
    expect(plan.removed?.length ?? 0).toBeGreaterThan(0)
  })
})
