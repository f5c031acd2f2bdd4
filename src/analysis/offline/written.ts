import type { ConditionPart } from './deeds.ts'
import { thirdPerson } from './inflect.ts'
import { wordSet } from './lexicon/word-set.ts'
import type { Word } from './words.ts'

const demonstratives = new Set(['this', 'that', 'these', 'those'])

const swapped: ReadonlyMap<string, string> = new Map([
  ['our', 'the'],
  ['my', 'their'],
  ['your', 'their'],
  ['we', 'the business'],
  ['us', 'the business'],
  ['his', 'their'],
  ['her', 'their'],
])

/** The words as written language, from the client's `our` to `the`. */
export function spoken(words: readonly Word[]): string {
  return inFull(
    words
      .map(
        (word, index) =>
          (index > 0 && word.spaced ? ' ' : '') +
          writtenWord(word, words[index + 1], words[index - 1]),
      )
      .join(''),
  )
}

/** `isn't` → `is not`, `can't` → `cannot`. */
export function inFull(text: string): string {
  return text
    .replace(/\bcan['’]t\b/gi, 'cannot')
    .replace(/\bwon['’]t\b/gi, 'will not')
    .replace(/\b([a-z]{2,8})n['’]t\b/gi, '$1 not')
    .replace(/\b(there|it|that|what|who|he|she|nobody|somebody)['’]s (?=been\b|got\b)/gi, '$1 has ')
    .replace(/\b(there|it|that|what|who|he|she|nobody|somebody)['’]s (?!own\b)/gi, '$1 is ')
    .replace(/\b(\p{L}{2,20})['’]s (?=not\b)/giu, '$1 is ')
    .replace(/\b(they|we|you)['’]re\b/gi, '$1 are')
    .replace(/\b(they|we|you|who)['’]ve\b/gi, '$1 have')
    .replace(/\b(they|we|you|it|he|she)['’]ll\b/gi, '$1 will')
}

function writtenWord(word: Word, next: Word | undefined, before: Word | undefined): string {
  const opens = before === undefined || before.pos === 'ADP'
  // `a chatbot that answers` points at nothing.
  const relates = word.lower === 'that' && before?.pos === 'NOUN'
  const points = demonstratives.has(word.lower) && (word.pos === 'DET' || opens) && !relates
  if (points && (next?.pos === 'NOUN' || next?.pos === 'ADJ')) return 'the'
  if (word.lower === 'such' && next?.pos === 'NOUN') return 'the'
  // `that we send` is said of one business.
  const past = word.pos === 'VERB' && word.lower !== word.lemma
  if (before?.lower === 'we' && (word.pos === 'VERB' || word.pos === 'AUX'))
    return past ? word.text : ofOne(word.text)
  return swapped.get(word.lower) ?? word.text
}

/** The `rest` of a clause, when there is one. */
export function restOf(words: readonly Word[]): { rest?: string } {
  const rest = spoken(words).trim()
  return rest === '' ? {} : { rest: rest.slice(0, 400) }
}

/** The text with a small first letter, unless it begins with a word in capitals. */
export function lowerFirst(text: string): string {
  return /^[A-Z](?:[a-z]|\s)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** A condition in written language. */
export function conditionText(condition: ConditionPart): string {
  return asWritten(condition.text)
}

/** Without `you` and `we`, who are not there any more when it is read. */
export function asWritten(text: string): string {
  return inFull(text)
    .replace(/\byou\b/gi, 'users')
    .replace(
      /\bwe ((?:(?:also|already|still|really|always|never|only|just|usually|often|currently|now|then|mostly|sometimes|simply|even|all|both)\s){0,2})([a-z]{2,20})\b/gi,
      (_, adverbs: string, verb: string) => `the business ${adverbs}${ofOne(verb)}`,
    )
    .replace(/\bwe\b/gi, 'the business')
    .replace(/\b(?:our|my)\b/gi, 'the')
    .slice(0, 500)
}

const unchanged = wordSet(
  'can could may might must shall should will would had did went got made took came also then just only',
)

/** The verb as one business does it: `accept` → `accepts`. */
function ofOne(verb: string): string {
  if (verb === 'are' || verb === "'re") return 'is'
  if (!/^[a-z]/.test(verb)) return verb
  return unchanged.has(verb) || /[^e]ed$/.test(verb) ? verb : thirdPerson(verb)
}
