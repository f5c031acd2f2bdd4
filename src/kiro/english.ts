/** `class` → `classes`, `party` → `parties`; the last word of a longer name is changed. */
export function pluralOf(noun: string): string {
  if (/(?:^|\s)person$/i.test(noun)) return `${noun.slice(0, -6)}people`
  if (/(?:^|\s)child$/i.test(noun)) return `${noun}ren`
  if (/(?:s|x|z|ch|sh)$/i.test(noun)) return `${noun}es`
  if (/[^aeiou]y$/i.test(noun)) return `${noun.slice(0, -1)}ies`
  return `${noun}s`
}

/** `add` → `adds`, `search` → `searches`. */
export function thirdPersonOf(verb: string): string {
  if (verb === 'have') return 'has'
  if (verb === 'be') return 'is'
  if (/(?:s|x|z|ch|sh|o)$/.test(verb)) return `${verb}es`
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`
  return `${verb}s`
}

/** The noun with its indefinite article: `an event`. */
export function withArticle(noun: string): string {
  return `${/^(?:[aeio]|u(?!s|ni))/i.test(noun) ? 'an' : 'a'} ${noun}`
}

/** `a, b and c`. */
export function enumerate(items: readonly string[], last = 'and'): string {
  const [final = '', ...rest] = items.toReversed()
  return rest.length === 0 ? final : `${rest.toReversed().join(', ')} ${last} ${final}`
}

/** `startTime` → `start time`. */
export function wordsOfName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
