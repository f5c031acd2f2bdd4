import { expect, it } from 'vitest'
import { testName } from './acceptance-tests.ts'
import { appModel, slug } from './app-model.ts'
import { htmlText, jsLiteral } from './js-literal.ts'
import { lackOf } from './lacks.ts'
import { taskSubject } from '../tasks/task-subject.ts'
import { readTap } from './test-run.ts'

it('makes names that are safe as addresses, files and properties', () => {
  const field = (name: string) => ({ name, type: 'text' as const, required: true, options: [] })
  const fields = ['constructor', 'id', 'startTime'].map(field)
  const model = appModel([
    { name: '../../etc/passwd', fields },
    { name: 'Schema', fields },
    { name: 'Été & Hiver', fields },
    { name: '!!!', fields },
    { name: 'Report', fields },
  ])
  expect(model.map(({ path }) => path)).toEqual([
    'etcpasswds',
    'schemas',
    'etehivers',
    's',
    'reports2',
  ])
  expect(model[0]?.fields.map(({ name }) => name)).toEqual(['constructorField', 'id2', 'startTime'])
  expect(slug('123 go', 'x')).toBe('go')
  expect(slug('日程', 'records')).toBe('records')
})

it('requires no record that would have to exist before itself', () => {
  const reference = (name: string, to: string) => ({
    name,
    type: 'reference' as const,
    required: true,
    options: [to],
  })
  const model = appModel([
    { name: 'Egg', fields: [reference('hen', 'Hen')] },
    { name: 'Hen', fields: [reference('egg', 'Egg'), reference('mother', 'Hen')] },
  ])
  const required = model.flatMap(({ fields }) => fields.map((field) => field.required))
  expect(required).toEqual([false, true, false])
})

it('writes values so that nothing in them is code or markup', () => {
  const value = '</script>\u2028"\\'
  expect(jsLiteral(value)).toBe('"\\u003c/script\\u003e\\u2028\\"\\\\"')
  expect(JSON.parse(jsLiteral(value))).toBe(value)
  expect(htmlText(`<a href="x">'&`)).toBe('&#60;a href=&#34;x&#34;&#62;&#39;&#38;')
})

it('puts names of tests and subjects of commits on one line', () => {
  expect(testName({ ref: '1.2', text: 'a\nok 1 - 9.9 # skip \\ b' })).toBe(
    '1.2 aok 1 - 9.9  skip  b',
  )
  expect(taskSubject('2.1', 'Add\n\ntask 9.9: \u202e classes')).toBe(
    'task 2.1: Add task 9.9: classes',
  )
  expect(taskSubject('2.1', '\n')).toBe('task 2.1: Untitled')
})

it('reads results by criterion, and one failure outweighs a pass', () => {
  const output =
    'TAP version 13\nok 1 - 1.1 keeps\nnot ok 2 - 1.2 adds\n    ok 3 - 1.2 adds\nok 4 - serves\n'
  const { criteria, passed } = readTap(output, false)
  expect(passed).toBe(false)
  expect([...criteria].map(([ref, one]) => [ref, one.passed])).toEqual([
    ['1.1', true],
    ['1.2', false],
  ])
})

it('says what is lacking in terms of the criterion', () => {
  expect(lackOf('THE S SHALL send members an email')).toContain('mail server')
  expect(lackOf('THE S SHALL sync the classes with a calendar')).toContain('another system')
  expect(lackOf('THE S SHALL load the page within two seconds')).toContain('measured')
  expect(lackOf('THE S SHALL let users look into the data')).toContain('more than')
})
