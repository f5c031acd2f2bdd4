import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { possibleCapabilities } from '../../kiro/capability-candidates.ts'
import type { Capability } from '../../kiro/capability.ts'
import type { EntityModel } from '../../kiro/data-models.ts'
import { parseDataModels, renderDataModels } from '../../kiro/data-models.ts'
import { hostileEntities } from '../../planning/testing/briefs.ts'
import { appModel } from './app-model.ts'
import type { Model } from './app-schema.ts'
import { obstacleTo } from './buildable.ts'
import { renderApp } from './render-app.ts'
import { loadTemplate } from './template.ts'
import { runNodeTests } from './test-run.ts'
import { temporaryFolder, writeFiles } from './testing/workspace.ts'

const run = promisify(execFile)
const never = new AbortController().signal

const designs: fc.Arbitrary<EntityModel[]> = hostileEntities.map((entities) => {
  const names = new Map(entities.map((entity) => [entity.name, entity]))
  const models = [...names.values()].map(({ name, fields }) => ({
    name,
    fields: fields.map((field) => ({ ...field, options: field.options ?? [] })),
  }))
  // As the scaffolder reads them from design.md.
  return parseDataModels(renderDataModels(models))
})

/** Everything that could be built for the entities, at most one of each kind and place. */
function everything(design: readonly EntityModel[], model: Model): Capability[] {
  const found = design.flatMap((entity) => {
    const fields = entity.fields.map(({ name }) => name)
    const text = `${entity.name} ${fields.join(' ')} 3`
    return possibleCapabilities([entity, ...design.filter((one) => one !== entity)], text)
  })
  const buildable = found.filter((one) => obstacleTo(one, model, []) === undefined)
  // Rules that hold each other back, such as a limit and a unique value of a choice, stay apart.
  const first = new Map(
    buildable
      .filter(({ kind }) => kind !== 'unique' && kind !== 'limit' && kind !== 'deadline')
      .map((one) => {
        const place = 'field' in one && one.kind !== 'schedule' ? one.field : ''
        return [`${one.entity} ${one.kind} ${place}`, one]
      }),
  )
  return [...first.values()].slice(0, 60)
}

/** Renders the app for all that the entities allow, and runs its tests; gives the claims' numbers. */
async function build(design: EntityModel[]): Promise<string[]> {
  await using place = await temporaryFolder()
  const model = { app: appModel(design), design }
  const claims = everything(design, model).map((capability, index) => ({
    ref: `1.${index + 1}`,
    text: `THE System SHALL ${capability.kind} ${capability.entity}`,
    capability,
  }))
  const plan = { title: design[0]?.name ?? '', feature: 'hostile', model, claims, wishes: [] }
  const files = renderApp(plan, await loadTemplate())
  await writeFiles(place.folder, files)
  for (const file of files.keys()) {
    if (!file.endsWith('.js')) continue
    await run(process.execPath, ['--check', path.join(place.folder, file)])
  }
  const result = await runNodeTests(place.folder, never)
  expect(result.passed ? '' : result.tail).toBe('')
  const tests = await readdir(path.join(place.folder, 'test'))
  expect(tests.filter((name) => !/^[a-z][a-z0-9]*\.test\.js$/.test(name))).toEqual([])
  const missing = claims.filter(({ ref }) => result.criteria.get(ref)?.passed !== true)
  expect(missing).toEqual([])
  return claims.map(({ ref }) => ref)
}

/** Words that a criterion's reader passes over, as src/kiro/same-words.ts lists them. */
const passedOver = new Set(['the', 'a', 'an', 'all', 'any', 'each', 'every', 'that', 'this'])

function hasTellingWord(name: string): boolean {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.some((word) => !passedOver.has(word))
}

it('makes a working app whatever the entities and fields are called', async () => {
  const property = fc.asyncProperty(designs, async (design) => {
    const claims = await build(design)
    // A criterion can only speak of a record whose name has a word in it that is read as one.
    const isNamed = design.some(({ name }) => hasTellingWord(name))
    expect(claims.length > 0 || !isNamed).toBe(true)
  })
  await fc.assert(property, { numRuns: 4, endOnFailure: true })
})

it('makes a working app from names that code gives a meaning', async () => {
  const names = ['constructor', 'toString', 'id', 'then', 'hasOwnProperty', 'valueOf']
  const fields = names.map((name) => ({ name, type: 'text' as const, required: true, options: [] }))
  const options = ['"', "'", '</script>', '\u2028', '${x}', '__proto__']
  const choice = { name: 'kind', type: 'choice' as const, required: true, options }
  const built = await build([
    { name: '__proto__', fields: [...fields, choice] },
    { name: 'Schema', fields },
    { name: 'schema!', fields: [choice] },
    { name: '</script><script>alert(1)</script>', fields },
    { name: '日程', fields },
  ])
  expect(built.length).toBeGreaterThan(40)
})

it('gives the same files for the same plan', async () => {
  const design: EntityModel[] = [
    { name: 'Note', fields: [{ name: 'text', type: 'text', required: true, options: [] }] },
  ]
  const model = { app: appModel(design), design }
  const template = await loadTemplate()
  const plan = {
    title: '<b>$& & "x"',
    feature: 'notes',
    model,
    claims: [],
    wishes: ['Storage: a|b'],
  }
  const files = renderApp(plan, template)
  expect([...files]).toEqual([...renderApp(plan, template)])
  expect(files.get('public/index.html')).toContain(
    '<title>&#60;b&#62;$&#38; &#38; &#34;x&#34;</title>',
  )
})
