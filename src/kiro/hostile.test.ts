import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_DOCUMENT } from './bounds.ts'
import { parseBugfix } from './bugfix.ts'
import { parseDesign, renderDesign } from './design.ts'
import { parseEars } from './ears.ts'
import { lintSpec } from './lint.ts'
import { parseRequirements, renderRequirements } from './requirements.ts'
import { parseSteering } from './steering.ts'
import { flattenTasks, parseTasks, renderTasks, tickTask } from './tasks.ts'
import { piece } from './testing/texts.ts'
import type { Task } from './tree.ts'

describe('documents that are too large', () => {
  const text = 'a'.repeat(MAX_DOCUMENT + 1)

  it.each([
    ['requirements', () => parseRequirements(text)],
    ['design', () => parseDesign(text)],
    ['tasks', () => parseTasks(text)],
    ['ticked tasks', () => tickTask(text, '1')],
    ['bugfix', () => parseBugfix(text)],
    ['steering', () => parseSteering(text)],
    ['a linted spec', () => lintSpec([{ path: 'tasks.md', content: text }])],
  ])('are refused as %s', (_, parse) => {
    expect(parse).toThrow('Split it up')
  })
})

describe('long texts', () => {
  const criteria = '### Requirement 1: x\n#### Acceptance Criteria\n'

  it.each([
    ['', '- [ ] 1. a\n'],
    ['', '-   '],
    ['', '#\t'],
    ['', '```\n'],
    ['', 'WHEN a, '],
    ['', ', THEN THE '],
    [`${criteria}1. `, 'a\n'],
    [`${criteria}**User Story:** As `, ' I want '],
    ['- [ ] 1. x\n  - _Requirements: ', '1.1,'],
    ['- [ ] 1. x\n', '    - d\n  x\n'],
    ['## Glossary\n- **', '**'],
    ['## Correctness Properties\n', '### Property 1: x\n'],
    ['## Task Dependency Graph\n```json\n', '{"waves":['],
    ['---\nfileMatchPattern:\n', '- a\n'],
  ])('end, also "%s" with many of "%s"', (start, part) => {
    const text = start + part.repeat(300_000 / part.length)
    expect(parseEars(text)).toBeUndefined()
    const files = ['requirements.md', 'design.md', 'tasks.md', 'bugfix.md', 'steering/a.md']
    expect(lintSpec(files.map((path) => ({ path, content: text }))).length).toBeGreaterThan(0)
    const tasks = parseTasks(text)
    expect(parseTasks(renderTasks(tasks))).toEqual(tasks)
  })

  it('nest no deeper than the renderer can follow', () => {
    const lines = Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}- [ ] 1. x`)
    const { tasks } = parseTasks(lines.join('\n'))
    expect(flattenTasks(tasks)).toHaveLength(1_000)
    expect(
      parseTasks(renderTasks({ title: '', overview: '', tasks, notes: [], waves: [] })).tasks,
    ).toEqual(tasks)
  })
})

describe('values that look like structure', () => {
  it('cannot add a requirement, a section or a task', () => {
    const hostile = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('\n'))
    fc.assert(
      fc.property(hostile, (text) => {
        const requirement = { number: 1, title: text, criteria: [{ number: 1, text }] }
        const glossary = [{ term: 'A', definition: text }]
        const doc = { introduction: text, glossary, requirements: [requirement] }
        expect(parseRequirements(renderRequirements(doc)).requirements).toHaveLength(1)

        const sections = [
          { heading: 'Overview', body: text },
          { heading: 'Last', body: text },
        ]
        const design = parseDesign(renderDesign({ title: text, sections, properties: [] }))
        expect(design.sections.map(({ heading }) => heading)).toEqual(['Overview', 'Last'])
        expect(design.properties).toEqual([])

        const task: Task = {
          number: '1',
          title: text,
          state: 'not_started',
          optional: false,
          details: [text],
          requirements: [],
          validates: [],
          children: [],
        }
        const plan = { title: text, overview: text, tasks: [task], notes: [text], waves: [] }
        const parsed = parseTasks(renderTasks(plan))
        expect(flattenTasks(parsed.tasks)).toHaveLength(1)
        expect(parsed.tasks[0]?.requirements).toEqual([])
        expect(parsed.waves).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })
})
