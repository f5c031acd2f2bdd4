import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AppError } from '../../domain/errors.ts'
import { planFile } from '../../domain/plan.ts'
import { hasErrors, lintSpec } from '../../kiro/lint.ts'
import { scriptedModel } from '../../model/testing/scripted-model.ts'
import { createOfflinePlanner } from '../offline/planner.ts'
import { anyBrief } from '../testing/briefs.ts'
import { diagramsIn } from '../testing/mermaid.ts'
import type { AnsweredPlan } from './answer.ts'
import { createModelPlanner } from './planner.ts'

const refusals = new Set(['nothing_asked', 'model_plan_not_valid'])
const specId = '0a0a0a0a-0000-4000-8000-000000000001'

it('makes a plan that lints of any brief and any proposal', async () => {
  const line = fc.oneof(
    fc.constantFrom(
      'WHEN x, THE Y SHALL z',
      '\n- [ ] 9. x',
      '| a |',
      '```',
      'R1',
      '1.1',
      'a slot',
      '"]; end',
      '## H',
      '',
    ),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  const lines = fc.array(line, { maxLength: 3 })
  const keyword = fc.constantFrom(
    'WHEN' as const,
    'IF' as const,
    'WHILE' as const,
    'WHERE' as const,
  )
  const anyCriterion = fc.record({
    title: line,
    conditions: fc.array(fc.record({ keyword, text: line }), { maxLength: 3 }),
    response: line,
    items: fc.array(fc.constantFrom('R1', 'R2', 'R3', 'E1', 'X9'), { maxLength: 3 }),
    inferred: fc.option(line),
  })
  const numbers = fc.array(fc.constantFrom('1.1', '1.2', '2.1', '9.9'), { maxLength: 3 })
  const anyProposal: fc.Arbitrary<AnsweredPlan> = fc.record({
    requirements: fc.array(
      fc.record({
        title: line,
        story: fc.record({ role: line, want: line, benefit: line }),
        criteria: fc.array(anyCriterion, { maxLength: 4 }),
      }),
      { maxLength: 3 },
    ),
    overview: line,
    components: fc.array(fc.record({ name: line, duty: line, uses: lines }), { maxLength: 3 }),
    decisions: fc.array(fc.record({ decision: line, reason: line, items: lines }), {
      maxLength: 2,
    }),
    errors: lines,
    testing: lines,
    properties: fc.array(fc.record({ title: line, statement: line, criteria: numbers }), {
      maxLength: 2,
    }),
    stack: fc.array(
      fc.record({
        part: line,
        choice: line,
        reason: line,
        basis: fc.constantFrom('asked_for' as const, 'default' as const),
        items: lines,
      }),
      { maxLength: 2 },
    ),
    groups: fc.array(
      fc.record({
        title: line,
        tasks: fc.array(
          fc.record({
            title: line,
            details: lines,
            criteria: numbers,
            needs: numbers,
            hours: fc.record({
              low: fc.double({ noNaN: true, noDefaultInfinity: true }),
              high: fc.double({ noNaN: true, noDefaultInfinity: true }),
            }),
          }),
          { maxLength: 4 },
        ),
      }),
      { maxLength: 3 },
    ),
    leftOut: fc.array(fc.record({ item: fc.constantFrom('R1', 'Z9'), reason: line }), {
      maxLength: 2,
    }),
  })
  const offline = createOfflinePlanner()
  await fc.assert(
    fc.asyncProperty(anyBrief, anyProposal, async (brief, proposal) => {
      const usable = await offline.plan({ brief, specId }).catch(() => undefined)
      fc.pre(usable !== undefined)
      const model = scriptedModel(() => proposal)
      const draft = await createModelPlanner({ model })
        .plan({ brief, specId })
        .catch((error: AppError) => error)
      if (draft instanceof AppError) return refusals.has(draft.code)
      expect(hasErrors(lintSpec(draft.files))).toBe(false)
      expect(draft.trace.every(({ tasks }) => tasks.length > 0)).toBe(true)
      const diagrams = await diagramsIn(planFile(draft.files, 'design.md')?.content ?? '')
      expect(diagrams.length > 0 || planFile(draft.files, 'bugfix.md') !== undefined).toBe(true)
      return true
    }),
    { numRuns: 150 },
  )
})
