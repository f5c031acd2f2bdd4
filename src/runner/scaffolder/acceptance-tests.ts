import type { AppEntity } from './app-model.ts'
import type { Model } from './app-schema.ts'
import { rolesOf } from './rights.ts'
import { jsLiteral } from './js-literal.ts'
import { hasProperty, propertyTest } from './property-tests.ts'
import { ownTest } from './own-tests.ts'
import { recordTest } from './record-tests.ts'
import { rightTest } from './right-tests.ts'
import { relationTest } from './relation-tests.ts'
import type { Ability } from './understand/ability.ts'

/** A criterion that the app meets. */
export interface Claim {
  /** `2.1` */
  ref: string
  text: string
  capability: Ability
  /** The role that it is for. */
  actor?: string
  /** Its property is held with generated records too. */
  property?: true
}

const MAX_NAME = 200

/** One line that begins with the criterion's number and a blank. */
export function testName({ ref, text }: Pick<Claim, 'ref' | 'text'>): string {
  const words = text.replaceAll(/[^\p{L}\p{N} .,:;'"!?()%/_-]/gu, '')
  return `${ref} ${words.slice(0, MAX_NAME).toWellFormed().trim()}`
}

/** The test file of one entity: a test for each criterion that is about it. */
export function testFile(entity: AppEntity, claims: readonly Claim[], model: Model): string {
  const all = claims.map(({ capability }) => capability)
  const roles = rolesOf(claims)
  const own = claims.filter(({ capability }) => capability.entity === entity.name)
  const tests = own.flatMap((claim) => {
    const { ref, text, capability, property } = claim
    const steps = [...actingAs(claim, entity, roles), ...stepsOf(capability, entity, model, all)]
    const acceptance = testOf(testName(claim), steps)
    if (!property || !hasProperty(capability)) return [acceptance]
    const name = testName({ ref, text: `for generated records: ${text}` })
    return [acceptance, testOf(name, propertyTest(capability, entity, model))]
  })
  const imports = [
    "import assert from 'node:assert/strict'",
    "import test from 'node:test'",
    `import { ${tests.some((text) => text.includes('now.getTime')) ? 'now, ' : ''}startApp } from '../testing/support.js'`,
  ]
  return `${[imports.join('\n'), ...tests].join('\n\n')}\n`
}

/** Where there are roles, the test does what the criterion is about in the one that it names. */
function actingAs(
  { actor, capability }: Claim,
  { path }: AppEntity,
  roles: readonly string[],
): string[] {
  if (actor === undefined || !roles.includes(actor)) return []
  const makes = ['create', 'reserve', 'comment'].includes(capability.kind)
  return [`app.actAs(${jsLiteral(actor)}${makes ? `, ${jsLiteral(path)}` : ''})`]
}

function testOf(name: string, steps: readonly string[]): string {
  const body = ['const app = await startApp(t)', ...steps].map((line) => `  ${line}`).join('\n')
  return `test(${jsLiteral(name)}, async (t) => {\n${body}\n})`
}

function stepsOf(
  capability: Ability,
  entity: AppEntity,
  model: Model,
  all: readonly Ability[],
): string[] {
  switch (capability.kind) {
    case 'limit':
    case 'full':
    case 'deadline':
    case 'report':
    case 'report_export':
      return relationTest(capability, entity, model, all)
    case 'set_field':
    case 'mark':
    case 'search_by':
    case 'range':
    case 'apart':
    case 'reserve':
    case 'comment':
      return ownTest(capability, entity)
    case 'right':
      return rightTest(capability, entity)
    default:
      return recordTest(capability, entity)
  }
}
