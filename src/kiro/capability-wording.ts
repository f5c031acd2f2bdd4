import { assertNever } from '../domain/assert-never.ts'
import type { Capability, CapabilityOf } from './capability.ts'
import { labelOf, quotedValue } from './data-models.ts'
import type { EntityModel } from './data-models.ts'
import { enumerate, pluralOf, withArticle, wordsOfName } from './english.ts'
import { inline } from './inline.ts'
import type { EarsCondition } from './tree.ts'

/** How a capability is said in a criterion. */
export interface Wording {
  condition:
    | { keyword?: undefined }
    /** `free`: any words that name the same action of a user do as well. */
    | { keyword: EarsCondition['keyword']; text: string; free: boolean }
  response: string
}

type Wordings = [Wording, ...Wording[]]

/** Who or what brings a condition about, and the entity's names within a sentence. */
interface Names {
  actor: string
  one: string
  many: string
  /** What the field named in `by` refers to. */
  each: string
}

/**
 * The wordings of a capability: the first is the one to write, the others are understood too.
 * `actor` stands at the head of a condition that a person brings about: `a member`.
 */
export function wordingsOf(
  capability: Capability,
  entities: readonly EntityModel[],
  actor = 'a user',
): Wordings {
  const one = nameOf(capability.entity)
  const names = { actor, one, many: pluralOf(one), each: parentOf(capability, entities) }
  switch (capability.kind) {
    case 'keep':
    case 'create':
    case 'list':
    case 'view':
    case 'edit':
    case 'delete':
    case 'search':
    case 'export':
      return recordWordings(capability, names)
    case 'filter':
    case 'schedule':
    case 'choice':
    case 'report':
    case 'report_export':
      return viewWordings(capability, names)
    case 'empty_list':
    case 'not_found':
    case 'wrong_type':
    case 'required':
    case 'unique':
    case 'limit':
    case 'full':
    case 'deadline':
      return [ruleWording(capability, names)]
    default:
      return assertNever(capability)
  }
}

function recordWordings(
  capability: CapabilityOf<
    'keep' | 'create' | 'list' | 'view' | 'edit' | 'delete' | 'search' | 'export'
  >,
  { actor, one, many }: Names,
): Wordings {
  const a = withArticle(one)
  switch (capability.kind) {
    case 'keep': {
      const list = enumerate(capability.fields.map(wordsOfName))
      return [{ condition: {}, response: `keep the ${list} of each ${one}` }]
    }
    case 'create':
      return alternatives(when(actor, `adds ${a}`), [
        `store the ${one} and show the ${one} in the list of ${many}`,
        `store the ${one}`,
        `store the new ${one}`,
        `add the ${one} to the list of ${many}`,
      ])
    case 'list':
      return alternatives(when(actor, `opens the list of ${many}`), [
        `show all ${many}`,
        `show the list of ${many}`,
      ])
    case 'view':
      return alternatives(when(actor, `opens ${a}`), [`show all fields of the ${one}`])
    case 'edit':
      return alternatives(when(actor, `edits ${a}`), [
        `store the changed ${one} and show the changed ${one} in the list of ${many}`,
        `store the changed ${one}`,
        `update the ${one}`,
      ])
    case 'delete':
      return alternatives(when(actor, `deletes ${a}`), [
        `remove the ${one} from the list of ${many}`,
        `remove the ${one}`,
      ])
    case 'search':
      return alternatives(when(actor, `searches the ${many} for a text`), [
        `show the ${many} that contain the text`,
      ])
    case 'export':
      return alternatives(when(actor, `exports the ${many}`), [`give the ${many} as a CSV file`])
    default:
      return assertNever(capability)
  }
}

function viewWordings(
  capability: CapabilityOf<'filter' | 'schedule' | 'choice' | 'report' | 'report_export'>,
  { actor, one, many, each }: Names,
): Wordings {
  switch (capability.kind) {
    case 'filter': {
      const label = wordsOfName(capability.field)
      return alternatives(when(actor, `chooses ${withArticle(label)}`), [
        `show the ${many} of that ${label} only`,
        `show only the ${many} of that ${label}`,
      ])
    }
    case 'schedule':
      return alternatives(when(actor, 'opens the weekly schedule'), [
        `show the ${many} of the chosen week in the order of their ${wordsOfName(capability.field)}`,
      ])
    case 'choice': {
      const label = wordsOfName(capability.field)
      return alternatives(when(actor, `changes the ${label} of ${withArticle(one)}`), [
        `set the ${label} of the ${one} to ${quotedValue(capability.value)}`,
      ])
    }
    case 'report':
      return alternatives(when(actor, 'opens the monthly report'), [
        reportResponse(capability, many, each),
      ])
    case 'report_export':
      return alternatives(when(actor, 'exports the monthly report'), [
        `give the monthly report on the ${many} of each ${each} as a CSV file`,
      ])
    default:
      return assertNever(capability)
  }
}

function ruleWording(
  capability: CapabilityOf<
    | 'empty_list'
    | 'not_found'
    | 'wrong_type'
    | 'required'
    | 'unique'
    | 'limit'
    | 'full'
    | 'deadline'
  >,
  { actor, one, many, each }: Names,
): Wording {
  const a = withArticle(one)
  switch (capability.kind) {
    case 'empty_list': {
      const condition = { keyword: 'WHILE', text: `no ${one} is stored`, free: false } as const
      return { condition, response: `show a line that says that there are no ${many}` }
    }
    case 'not_found':
      return {
        condition: given(`${a} is asked for that is not stored`),
        response: `answer that the ${one} does not exist`,
      }
    case 'wrong_type':
      return {
        condition: given(`${a} is sent with a value that does not fit the type of its field`),
        response: `refuse the ${one} and name the field`,
      }
    case 'required': {
      const list = enumerate(capability.fields.map(wordsOfName), 'or')
      const response = `refuse the ${one} and name each missing field`
      return { condition: given(`${a} is sent without ${list}`), response }
    }
    case 'unique': {
      const label = wordsOfName(capability.field)
      return {
        condition: given(`${a} is sent with the ${label} of another ${one}`),
        response: `refuse the ${one} and name the ${label}`,
      }
    }
    case 'limit':
      return { condition: {}, response: limitResponse(capability, many, each) }
    case 'full': {
      const text = `${actor} tries to add ${a} for ${withArticle(each)} that is already full`
      return {
        condition: { keyword: 'IF', text, free: true },
        response: `refuse the ${one} and say that the ${each} is full`,
      }
    }
    case 'deadline':
      return {
        condition: given(`${actor} tries to ${lateAttempt(capability, one, each)}`),
        response: lateRefusal(capability, one),
      }
    default:
      return assertNever(capability)
  }
}

function when(actor: string, action: string): Wording['condition'] {
  return { keyword: 'WHEN', text: `${actor} ${action}`, free: true }
}

function given(text: string): Wording['condition'] {
  return { keyword: 'IF', text, free: false }
}

/** The entity's name as it stands within a sentence. */
export function nameOf(entity: string): string {
  return inline(entity.toLowerCase(), 60)
}

function alternatives(
  condition: Wording['condition'],
  [first, ...others]: [string, ...string[]],
): [Wording, ...Wording[]] {
  return [{ condition, response: first }, ...others.map((response) => ({ condition, response }))]
}

/** What the field named in `by` refers to. */
function parentOf(capability: Capability, entities: readonly EntityModel[]): string {
  if (!('by' in capability)) return ''
  const entity = entities.find(({ name }) => name === capability.entity)
  const field = entity?.fields.find(({ name }) => name === capability.by)
  return nameOf(field?.options[0] ?? (field ? labelOf(field) : capability.by))
}

function limitResponse(
  { max, without }: CapabilityOf<'limit'>,
  many: string,
  each: string,
): string {
  const rule = `accept at most ${max} ${many} for each ${each}`
  return without === undefined
    ? rule
    : `${rule}, those with the ${wordsOfName(without.field)} ${quotedValue(without.value)} not counted`
}

function lateAttempt(
  { field, value, hours, time }: CapabilityOf<'deadline'>,
  one: string,
  each: string,
): string {
  const change = `set the ${wordsOfName(field)} of ${withArticle(one)} to ${quotedValue(value)}`
  const span = hours === 1 ? '1 hour' : `${hours} hours`
  return `${change} less than ${span} before the ${wordsOfName(time)} of the ${each}`
}

function lateRefusal({ hours }: CapabilityOf<'deadline'>, one: string): string {
  const span = hours === 1 ? '1 hour' : `${hours} hours`
  return `leave the ${one} as before and say that the change is possible up to ${span} before`
}

function reportResponse({ places }: CapabilityOf<'report'>, many: string, each: string): string {
  return places === undefined
    ? `show the number of ${many} of each ${each} in the chosen month`
    : `show the number of ${many} and the ${wordsOfName(places)} of each ${each} in the chosen month`
}
