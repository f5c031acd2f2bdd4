import { barePlurals, doubling, participles, thirdPersonForms } from './lexicon/irregular.ts'
import type { Word } from './words.ts'

/** `send` → `sends`, `notify` → `notifies`. */
export function thirdPerson(base: string): string {
  const irregular = thirdPersonForms.get(base)
  if (irregular !== undefined) return irregular
  if (/(?:s|x|z|ch|sh)$/.test(base)) return `${base}es`
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`
  return `${base}s`
}

/** `send` → `sent`, `mark` → `marked`. */
export function pastParticiple(base: string): string {
  const irregular = participles.get(base)
  if (irregular !== undefined) return irregular
  if (base.endsWith('e')) return `${base}d`
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ied`
  if (doubling.has(base)) return `${base}${base.at(-1) ?? ''}ed`
  return `${base}ed`
}

/** `class` → `classes`, `party` → `parties`; for titles and made-up lists. */
export function plural(noun: string): string {
  if (noun === 'person') return 'people'
  if (noun === 'child') return 'children'
  if (/(?:man)$/.test(noun)) return `${noun.slice(0, -2)}en`
  if (/(?:s|x|z|ch|sh)$/.test(noun)) return `${noun}es`
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return `${noun}s`
}

/** Whether a noun stands in the plural as said. */
export function isPlural(word: Word): boolean {
  if (barePlurals.has(word.lower)) return true
  return word.lower !== word.lemma && word.lower.endsWith('s')
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
