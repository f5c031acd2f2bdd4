import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDesign, renderDesign } from './design.ts'
import { hasErrors, lintSpec } from './lint.ts'
import { parseRequirements, renderRequirements } from './requirements.ts'
import { flattenTasks, leafTasks, parseTasks, renderTasks } from './tasks.ts'

const shared = new URL('../../../shared/', import.meta.url)
const folder = new URL('fixtures/kiro/spec-sample/', shared)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

describe.skipIf(!existsSync(folder))('a spec that Kiro wrote (needs the shared samples)', () => {
  it('has no lint errors and few warnings', () => {
    const names = ['requirements.md', 'design.md', 'tasks.md']
    const findings = lintSpec(names.map((path) => ({ path, content: read(path) })))
    expect(hasErrors(findings)).toBe(false)
    expect(findings.map(({ rule, line }) => `${rule} ${line}`)).toEqual([
      'req/compound 42',
      'req/pronoun 76',
      'req/compound 79',
      'req/compound 90',
    ])
  })

  it('is rendered byte for byte as Kiro wrote it', () => {
    expect(renderRequirements(parseRequirements(read('requirements.md')))).toBe(
      read('requirements.md'),
    )
    expect(renderTasks(parseTasks(read('tasks.md')))).toBe(read('tasks.md'))
    expect(renderDesign(parseDesign(read('design.md')))).toBe(`${read('design.md').trimEnd()}\n`)
  })

  it('gives the same trees after rendering', () => {
    const requirements = parseRequirements(read('requirements.md'))
    expect(parseRequirements(renderRequirements(requirements))).toEqual(requirements)
    const design = parseDesign(read('design.md'))
    expect(parseDesign(renderDesign(design))).toEqual(design)
    const tasks = parseTasks(read('tasks.md'))
    expect(parseTasks(renderTasks(tasks))).toEqual(tasks)
  })

  it('has all its parts recognised', () => {
    const { requirements, glossary } = parseRequirements(read('requirements.md'))
    const criteria = requirements.flatMap((requirement) => requirement.criteria)
    expect([glossary.length, requirements.length, criteria.length]).toEqual([8, 6, 30])
    expect(criteria.every((criterion) => criterion.ears)).toBe(true)
    expect(requirements.every((requirement) => requirement.userStory)).toBe(true)
    const design = parseDesign(read('design.md'))
    expect([design.sections.length, design.properties.length]).toEqual([7, 6])
    const { tasks, notes, waves } = parseTasks(read('tasks.md'))
    expect(flattenTasks(tasks).filter((task) => task.optional)).toHaveLength(9)
    expect([leafTasks(tasks).length, notes.length, waves.length]).toEqual([17, 7, 6])
  })
})
