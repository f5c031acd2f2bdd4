import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { EntityModel, FieldModel } from '../../kiro/data-models.ts'
import type { Claim } from './acceptance-tests.ts'
import { appModel } from './app-model.ts'
import { obstacleTo } from './buildable.ts'
import { claimedModel } from './claimed-model.ts'
import { renderApp } from './render-app.ts'
import { loadTemplate } from './template.ts'
import { runNodeTests } from './test-run.ts'
import { temporaryFolder, writeFiles } from './testing/workspace.ts'
import { readPlan } from './understand/understand.ts'

const never = new AbortController().signal

const field = (name: string, type: FieldModel['type'] = 'text', options: string[] = []) => ({
  name,
  type,
  required: true,
  options,
})

const design: EntityModel[] = [
  { name: 'Room', fields: [field('name'), field('seats', 'number'), field('rent', 'money')] },
  { name: 'Book', fields: [field('title')] },
  {
    name: 'Repair',
    fields: [
      field('model'),
      field('date', 'datetime'),
      field('price', 'money'),
      field('status', 'choice', ['received', 'ready']),
    ],
  },
]

const refused = 'THEN THE Shop SHALL refuse the attempt and say why'

const criteria = {
  '1.1': 'THE Shop SHALL let employees book a room',
  '1.2': `IF a guest tries to book a room, ${refused}`,
  '1.3': 'THE Shop SHALL let visitors filter rooms by rent and by number of seats',
  '1.4': 'THE Shop SHALL let visitors search rooms by name',
  '1.5': `IF a user who is not the manager tries to add rooms, ${refused}`,
  '1.6': `IF a user who is not the manager tries to delete rooms, ${refused}`,
  '2.1': 'THE Shop SHALL let members borrow a book',
  '2.2': `IF a user tries to delete books, ${refused}`,
  '3.1': 'THE Shop SHALL let the mechanic change the status of a repair',
  '3.2': `IF a user who is not the owner tries to set the price, ${refused}`,
  '3.3': 'THE Shop SHALL let the mechanic cancel a repair',
  '3.4': 'THE Shop SHALL let everybody comment on a repair',
  '3.5': `IF a user tries to book two repairs at the same time, ${refused}`,
  '3.6': `IF a guest tries to change a repair, ${refused}`,
  '3.7': 'THE Shop SHALL let customers enter a repair',
} as const

type Ref = keyof typeof criteria
const refs = Object.keys(criteria) as Ref[]

/** Writes the app for the criteria into a folder. */
async function build(folder: string, texts: ReadonlyMap<string, string>, models: EntityModel[]) {
  const reading = readPlan(texts, models)
  const model = { app: appModel(reading.models), design: reading.models }
  const claims = [...reading.meanings].map(([ref, { ability, actor }]): Claim => ({
    ref,
    text: texts.get(ref) ?? '',
    capability: ability,
    ...(actor !== undefined && { actor }),
  }))
  const abilities = claims.map(({ capability }) => capability)
  expect(abilities.map((one) => obstacleTo(one, model, abilities)).filter(Boolean)).toEqual([])
  const built = claimedModel(model, reading.added, abilities)
  const plan = { title: 'Shop', feature: 'shop', model: built, claims, wishes: [] }
  await writeFiles(folder, renderApp(plan, await loadTemplate()))
}

async function failing(folder: string): Promise<string[]> {
  const { criteria: results, tail } = await runNodeTests(folder, never)
  if (results.size === 0) throw new Error(tail)
  return refs.filter((ref) => results.get(ref)?.passed !== true)
}

/** A part of the app, what to put in its place, and the criteria that are no longer met then. */
const mutations: readonly (readonly [string, string, string, readonly Ref[]])[] = [
  [
    'src/rights.js',
    'if (concerns && !may)',
    'if (false)',
    ['1.2', '1.5', '1.6', '2.2', '3.2', '3.6'],
  ],
  ['src/rights.js', 'fields.includes(right.field)', 'false', ['3.2']],
  ['src/rules.js', 'first < end && start < last', 'false', ['1.1', '2.1']],
  ['src/rules.js', 'for (const name of entity.unique)', 'for (const name of [])', ['3.5']],
  ['src/views.js', '(!low || place >= placeOf(low))', 'true', ['1.3']],
  ['src/views.js', '(!high || place <= placeOf(high))', 'true', ['1.3']],
  ['src/views.js', '(!text || contains(entity, record, text))', 'true', ['1.4']],
  ['src/api.js', '{ ...record, [field]: value }', '{ ...record }', ['3.3']],
  ['src/api.js', 'await save(entity, values, record) }', 'record }', ['3.1']],
  ['src/views.js', 'String(record[name]) === query.get(name)', 'true', ['3.4']],
]

it('shows what it understands by itself, each by a test that fails without it', async () => {
  await using place = await temporaryFolder()
  await build(place.folder, new Map(Object.entries(criteria)), design)
  expect(await failing(place.folder)).toEqual([])
  for (const [name, part, other, expected] of mutations) {
    const file = path.join(place.folder, name)
    const text = await readFile(file, 'utf8')
    expect(text).toContain(part)
    await writeFile(
      file,
      text.replace(part, () => other),
    )
    expect([part, await failing(place.folder)]).toEqual([part, expected])
    await writeFile(file, text)
  }
})

it('makes working lists and roles whatever the things and roles are called', async () => {
  await using place = await temporaryFolder()
  const names = ['Été "x" </script>', '__proto__ y', 'Constructor', 'schema report']
  const models = names.map((name) => ({ name, fields: [field('constructor'), field('id')] }))
  const texts = names.flatMap((name, index): [string, string][] => [
    [`${index + 1}.1`, `THE S SHALL let members book ${name}`],
    [`${index + 1}.2`, `THE S SHALL let everybody comment on ${name}`],
    [`${index + 1}.3`, `IF a gärtner tries to book ${name}, ${refused.replace('Shop', 'S')}`],
    [`${index + 1}.4`, `THE S SHALL let members mark ${name} as done`],
  ])
  await build(place.folder, new Map(texts), models)
  const { criteria: results, tail } = await runNodeTests(place.folder, never)
  const failed = texts.filter(([ref]) => results.get(ref)?.passed !== true)
  expect({ failed, tail: failed.length > 0 ? tail : '' }).toEqual({ failed: [], tail: '' })
})
