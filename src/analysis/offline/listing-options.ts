import { phraseList } from './lexicon/word-set.ts'
import { isDeterminer } from './noun-phrase.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const optionCues = phraseList(
  "so\nwhich is\nwhich is either\nwhich can be\nwhich can be either\ncan be\nthat 's either\nthat is either\nthat 's\neither\nit 's either\nlike\nsuch as\nthat can be",
)
const separators = new Set([',', 'or'])

/** The values that are named right after a field: `a type, monthly or yearly, …`. */
export function inlineOptions(
  words: readonly Word[],
  end: number,
): { options: string[]; end: number } | undefined {
  const colon = words[end]?.lower === ':'
  const at = colon || words[end]?.lower === ',' ? end + 1 : end
  const cue = phraseLength(words, at, optionCues)
  const of = words[at]?.lower === 'of' ? 1 : 0
  if (at === end && cue + of === 0) return undefined
  const options: string[] = []
  let open = at + cue + of
  let last = false
  for (let index = open; index <= Math.min(words.length, open + 40); index++) {
    const word = words[index]
    const ends = word === undefined || /^(?:,|or|and|\.|\?|;|so)$/.test(word.lower)
    if (!ends) continue
    const item = words.slice(open, index)
    if (item.length > 0) {
      if (item.length > 3 || (cue === 0 && !colon && isPhrase(item))) return undefined
      options.push(textOf(item).slice(0, 80))
    }
    if (last && item.length > 0)
      return options.length > 1 ? { options: options.slice(0, 40), end: index } : undefined
    last ||= word?.lower === 'or'
    if (!separators.has(word?.lower ?? '')) return undefined
    open = index + 1
  }
  return undefined
}

/** Something else of the list, no value: `a start date`. */
function isPhrase(item: readonly Word[]): boolean {
  return isDeterminer(item[0]) || item.length > 2
}

/** The values that stand at this place, opened by words such as `so` or `which is`; or none. */
export function optionsAfter(words: readonly Word[], end: number): string[] {
  const at = words[end]?.lower === ',' ? end + 1 : end
  const cue = phraseLength(words, at, optionCues)
  return cue === 0 ? [] : optionsFrom(words, at + cue)
}

/** Whether the sentence's values are opened here, and how many words do that. */
export function optionCue(words: readonly Word[], at: number): number {
  return phraseLength(words, at, optionCues)
}

/** The short words of a choice: `booked, cancelled or attended`. */
export function optionsFrom(words: readonly Word[], from: number): string[] {
  const options: string[] = []
  let open = from
  for (let at = from; at <= words.length; at++) {
    const word = words[at]
    const ends = word === undefined || [',', 'or', 'and', '.', '?', ';'].includes(word.lower)
    if (!ends) continue
    const option = textOf(words.slice(open, at))
      .replace(/^(?:a|an|the|either|just|maybe)\s/i, '')
      .trim()
    if (option !== '' && option.split(' ').length > 4) return options.length > 1 ? options : []
    if (option !== '') options.push(option.slice(0, 80))
    open = at + 1
    if (word === undefined || word.lower === '.' || word.lower === '?') break
  }
  return options.length > 1 ? options.slice(0, 40) : []
}
