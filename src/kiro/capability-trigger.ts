import type { Capability } from './capability.ts'
import type { EntityModel } from './data-models.ts'
import { labelOf } from './data-models.ts'
import { thirdPersonOf } from './english.ts'
import { stemOf, TRIES, wordsIn } from './same-words.ts'

const CREATING =
  'add create book register enter insert reserve order submit save store record schedule sign define specify place post upload write fill'
const VERBS: Readonly<Record<string, string>> = {
  create: CREATING,
  full: CREATING,
  list: 'open see view look browse check list show visit access read',
  view: 'open see view look check show visit access read choose',
  edit: 'edit change update correct modify adjust reschedule alter',
  delete: 'delete remove clear',
  search: 'search find look',
  filter: 'choose open see view look filter select check',
  schedule: 'open see view look browse check',
  export: 'export download',
  report: 'open see view look ask request choose check',
  report_export: 'export download',
  choice:
    'mark set change cancel close confirm approve complete reject archive finish attend accept decline pay update tick',
}

/** Words that add nothing which a plain page does not give. */
const PLAIN =
  'as of in on for with to by from at and or their his her my our your own new existing list form page phone app online mobile browser computer website screen weekly schedule monthly report csv file button chosen text up whole entire full already is it'

const PLAIN_WORDS: ReadonlySet<string> = new Set(wordsIn(PLAIN))

/** The longest name of an actor, in words: `the first person on the waiting list`. */
const MAX_ACTOR = 7

/**
 * Whether a condition names just that: somebody brings the capability about, with words for the
 * entities, fields and values that it is about. Anything else in it is more than was understood.
 */
export function isUserAction(
  condition: string,
  capability: Capability,
  entities: readonly EntityModel[],
): boolean {
  const words = wordsIn(condition)
  const verbs = new Set(verbsOf(capability.kind))
  const start = words.includes(TRIES) ? words.indexOf(TRIES) + 1 : 0
  const at = words.findIndex((word, index) => index >= Math.max(start, 1) && verbs.has(word))
  if (at < 1 || at > start + MAX_ACTOR) return false
  const rest = words.slice(at + 1)
  if (capability.kind === 'full' && !rest.includes('full')) return false
  if (capability.kind === 'choice' && !namesChoice(words.slice(at), capability.value)) return false
  const known = vocabularyOf(capability, entities)
  return rest.every((word) => known.has(word) || PLAIN_WORDS.has(word))
}

/** The stems of the verbs that bring a capability about, in the forms that a sentence has them. */
export function verbsOf(kind: Capability['kind']): string[] {
  const verbs = (VERBS[kind] ?? '').split(' ').filter((verb) => verb !== '')
  return verbs.flatMap((verb) => [stemOf(verb), stemOf(thirdPersonOf(verb))])
}

/** Marking as attended, or cancelling for "cancelled". */
function namesChoice(words: readonly string[], value: string): boolean {
  const stems = wordsIn(value)
  const general = new Set(wordsIn('change update set'))
  return words.some(
    (word) =>
      general.has(word) ||
      stems.some(
        (stem) => stem === word || (word.length > 3 && stem.startsWith(word.slice(0, -1))),
      ),
  )
}

function vocabularyOf(capability: Capability, entities: readonly EntityModel[]): Set<string> {
  const entity = entities.find(({ name }) => name === capability.entity)
  const fields = entity?.fields ?? []
  return new Set(
    [capability.entity, ...fields.flatMap((field) => [labelOf(field), ...field.options])].flatMap(
      wordsIn,
    ),
  )
}

/** Whether a phrase holds only words that add nothing which a plain page does not give. */
export function isPlain(phrase: string): boolean {
  return wordsIn(phrase).every((word) => PLAIN_WORDS.has(word))
}
