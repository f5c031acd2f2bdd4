import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEmptyDiff, PlanDiff } from '../domain/plan-diff.ts'
import type { PlanFile } from '../domain/plan.ts'
import { fromInline } from '../kiro/inline.ts'
import { renderBugfix } from '../kiro/bugfix.ts'
import { renderRequirements } from '../kiro/requirements.ts'
import { renderTasks } from '../kiro/tasks.ts'
import { requirements, tasks } from '../kiro/testing/trees.ts'
import { diffPlans } from './diff-plans.ts'
import { requirementsIn } from '../kiro/requirements-in.ts'

const folder = '.kiro/specs/a'

const plan: fc.Arbitrary<{ files: PlanFile[] }> = fc
  .tuple(requirements, tasks)
  .map(([document, list]) => ({
    files: [
      { path: `${folder}/requirements.md`, content: renderRequirements(document) },
      { path: `${folder}/tasks.md`, content: renderTasks(list) },
    ],
  }))

/** Every criterion's text by its number, as a reader sees it. */
function textsOf({ files }: { files: PlanFile[] }): Record<string, string> {
  const criteria = requirementsIn(files).flatMap((requirement) => requirement.criteria)
  return Object.fromEntries(criteria.map(({ ref, text }) => [ref, fromInline(text)]))
}

describe('the difference of two plans', () => {
  it('is empty for a plan and itself', () => {
    fc.assert(
      fc.property(plan, (one) => {
        expect(isEmptyDiff(diffPlans(one, one))).toBe(true)
      }),
    )
  })

  it('makes the one out of the other and holds nothing else', () => {
    fc.assert(
      fc.property(plan, plan, (before, after) => {
        const diff = diffPlans(before, after)
        expect(PlanDiff.parse(diff)).toEqual(diff)
        const texts = textsOf(before)
        const { added, changed, retired } = diff.requirements
        const kept = changed.map(({ criteria }) => criteria)
        for (const { ref } of [
          ...retired,
          ...kept.map((one) => ({ criteria: one.retired })),
        ].flatMap(({ criteria }) => criteria)) {
          expect(texts).toHaveProperty([ref])
          delete texts[ref]
        }
        for (const { ref, text } of [
          ...added,
          ...kept.map((one) => ({ criteria: one.added })),
        ].flatMap(({ criteria }) => criteria)) {
          expect(texts).not.toHaveProperty([ref])
          texts[ref] = text
        }
        for (const one of kept.flatMap((criteria) => criteria.changed)) {
          expect(texts[one.ref]).toBe(one.before)
          texts[one.ref] = one.after
        }
        expect(texts).toEqual(textsOf(after))
      }),
    )
  })

  it('reads the same backwards', () => {
    fc.assert(
      fc.property(plan, plan, (before, after) => {
        const [there, back] = [diffPlans(before, after), diffPlans(after, before)]
        expect(back.requirements.retired).toEqual(there.requirements.added)
        expect(back.requirements.added).toEqual(there.requirements.retired)
        expect(back.tasks.removed).toHaveLength(there.tasks.added.length)
      }),
    )
  })

  it('takes a task that moved to another number for the same one', () => {
    const text = (first: string) =>
      `# Implementation Plan\n\n## Tasks\n\n- [ ] 1. Build\n  - [ ] ${first} Add bikes\n    - _Requirements: 1.1_\n`
    const of = (content: string) => ({ files: [{ path: `${folder}/tasks.md`, content }] })
    expect(diffPlans(of(text('1.1')), of(text('1.2').replace('[ ] 1.2', '[x] 1.2'))).tasks).toEqual(
      {
        added: [],
        changed: [
          { number: '1.2', title: 'Add bikes', before: { number: '1.1', title: 'Add bikes' } },
        ],
        removed: [],
      },
    )
  })

  it('compares the statements of bugfix plans', () => {
    const of = (number: string) => ({
      files: [
        {
          path: `${folder}/bugfix.md`,
          content: renderBugfix({
            introduction: 'A defect.',
            current: [{ number: '1.1', text: `WHEN ${number} is typed THEN the system fails` }],
            expected: [],
            unchanged: [],
          }),
        },
      ],
    })
    expect(diffPlans(of('1'), of('2')).requirements.changed).toMatchObject([
      { ref: '1', criteria: { changed: [{ ref: '1.1' }] } },
    ])
  })
})
