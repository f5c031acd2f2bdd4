import { describe, expect, it } from 'vitest'
import { planView } from '../../dev/fake-plan.ts'
import { criterionTexts, optionalTasks, planDocuments } from './documents.ts'

const content = (name: string) =>
  planView.plan.files.find((file) => file.path.endsWith(name))?.content ?? ''

describe('the files of a plan', () => {
  it('come in the order of reading', () => {
    expect(planDocuments(planView.plan.files).map((document) => document.name)).toEqual([
      'requirements.md',
      'design.md',
      'tasks.md',
      'product.md',
      'tech.md',
      '.config.kiro',
    ])
  })

  it('give the text of every line that the trace names', () => {
    const texts = criterionTexts(content('requirements.md'))
    expect(planView.plan.trace.filter((link) => !texts.has(link.ref))).toEqual([])
    expect(texts.get('2.2')).toContain('refuse the cancellation')
  })

  it('tell how many tasks are optional', () => {
    expect(optionalTasks(content('tasks.md'))).toBe(1)
  })
})
