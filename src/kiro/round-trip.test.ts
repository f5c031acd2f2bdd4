import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toAppError } from '../domain/errors.ts'
import { parseBugfix, renderBugfix } from './bugfix.ts'
import { parseConfig, renderConfig } from './config.ts'
import { parseDesign, renderDesign } from './design.ts'
import { parseEars, renderEars } from './ears.ts'
import { hasErrors, lintSpec } from './lint.ts'
import { parseRequirements, renderRequirements } from './requirements.ts'
import { parseSteering, renderSteering } from './steering.ts'
import { flattenTasks, parseTasks, renderTasks, setTaskState } from './tasks.ts'
import { markdown } from './testing/texts.ts'
import { bugfix, design, ears, requirements, steering, tasks } from './testing/trees.ts'

const runs = { numRuns: 500 }

describe('trees survive rendering and parsing', () => {
  it('keeps EARS statements', () => {
    fc.assert(
      fc.property(ears, (tree) => {
        expect(parseEars(renderEars(tree))).toEqual(tree)
      }),
      runs,
    )
  })

  it('keeps requirements', () => {
    fc.assert(
      fc.property(requirements, (tree) => {
        expect(parseRequirements(renderRequirements(tree))).toEqual(tree)
      }),
      runs,
    )
  })

  it('keeps designs', () => {
    fc.assert(
      fc.property(design, (tree) => {
        expect(parseDesign(renderDesign(tree))).toEqual(tree)
      }),
      runs,
    )
  })

  it('keeps tasks', () => {
    fc.assert(
      fc.property(tasks, (tree) => {
        expect(parseTasks(renderTasks(tree))).toEqual(tree)
      }),
      runs,
    )
  })

  it('keeps bugfix documents, steering files and configurations', () => {
    fc.assert(
      fc.property(bugfix, (tree) => {
        expect(parseBugfix(renderBugfix(tree))).toEqual(tree)
      }),
      runs,
    )
    fc.assert(
      fc.property(steering, (tree) => {
        expect(parseSteering(renderSteering(tree))).toEqual(tree)
      }),
      runs,
    )
    const config = fc.record({
      specId: fc.uuid(),
      workflowType: fc.constantFrom('requirements-first' as const, 'design-first' as const),
      specType: fc.constantFrom('feature' as const, 'bugfix' as const),
    })
    fc.assert(
      fc.property(config, (tree) => {
        expect(parseConfig(renderConfig(tree))).toEqual(tree)
      }),
    )
  })
})

describe('any text', () => {
  it('gives a tree that renders to a text of the same tree', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const requirements = parseRequirements(text)
        expect(parseRequirements(renderRequirements(requirements))).toEqual(requirements)
        const design = parseDesign(text)
        expect(parseDesign(renderDesign(design))).toEqual(design)
        const tasks = parseTasks(text)
        expect(parseTasks(renderTasks(tasks))).toEqual(tasks)
        const bugfix = parseBugfix(text)
        expect(parseBugfix(renderBugfix(bugfix))).toEqual(bugfix)
      }),
      { numRuns: 3_000 },
    )
  })

  it('is linted with places that exist, and never fails with anything but an AppError', () => {
    fc.assert(
      fc.property(markdown, markdown, markdown, (requirements, design, tasks) => {
        const findings = lintSpec([
          { path: 'x/requirements.md', content: requirements },
          { path: 'x/bugfix.md', content: requirements },
          { path: 'x/design.md', content: design },
          { path: 'x/tasks.md', content: tasks },
          { path: 'x/.config.kiro', content: tasks },
          { path: 'steering/a.md', content: tasks },
        ])
        expect(hasErrors(findings)).toBe(true)
        expect(findings.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true)
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(markdown, (text) => {
        for (const parse of [parseConfig, parseSteering]) {
          expect(codeOf(() => parse(text))).toMatch(
            /^(?:none|spec_config_invalid|steering_invalid)$/,
          )
        }
      }),
      runs,
    )
  })

  it('keeps every byte but one when a state is set', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        for (const { number } of flattenTasks(parseTasks(text).tasks)) {
          const changed = setTaskState(text, number, 'queued')
          expect(changed).toHaveLength(text.length)
          const differing = changed.split('').filter((unit, at) => unit !== text.charAt(at))
          expect(differing.length).toBeLessThanOrEqual(1)
          const task = flattenTasks(parseTasks(changed).tasks).find(
            (task) => task.number === number,
          )
          expect(task?.state).toBe('queued')
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** The code of the error that is thrown; `none` when none is. */
function codeOf(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (error) {
    return toAppError(error).code
  }
}
