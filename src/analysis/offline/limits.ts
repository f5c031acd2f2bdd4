import type { Limit } from './findings.ts'
import { phraseList } from './lexicon/word-set.ts'
import { isPlural, thirdPerson } from './inflect.ts'
import { headOf, isNoun, nounPhraseEnd, singularName, withoutDeterminer } from './noun-phrase.ts'
import type { Clause } from '../../domain/brief.ts'
import { phraseLength, textOf, type Word } from './words.ts'

/** A number that must not be passed, as said: `at most 12 people per class`. */
export interface LimitReading extends Limit {
  statement: string
  clause: Clause
}

const most = phraseList(
  'at most\nno more than\nnot more than\na maximum of\nmaximum of\nmaximum\nmax\nup to\na limit of',
)
const least = phraseList('at least\nno less than\nno fewer than\na minimum of\nminimum of\nminimum')
const per = new Set(['per', 'in', 'for', 'a', 'each', 'every'])
const numbers = new Set([
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'fifteen',
  'twenty',
  'thirty',
  'forty',
  'fifty',
  'hundred',
  'thousand',
])

/** The first limit that a sentence sets, or undefined. */
export function limitIn(words: readonly Word[]): LimitReading | undefined {
  for (let at = 0; at < words.length; at++) {
    const upper = phraseLength(words, at, most)
    const lower = upper > 0 ? 0 : phraseLength(words, at, least)
    if (upper + lower > 0) {
      const found = limitAt(words, at + upper + lower, upper > 0)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function isNumber(word: Word | undefined): boolean {
  return word !== undefined && (/^\d[\d.,]{0,14}$/.test(word.text) || numbers.has(word.lower))
}

function limitAt(words: readonly Word[], at: number, isUpper: boolean): LimitReading | undefined {
  if (!isNumber(words[at])) return undefined
  const unitAt = isNumber(words[at + 1]) ? at + 2 : at + 1
  const unitEnd = nounPhraseEnd(words, unitAt)
  const unit = headOf(words.slice(unitAt, unitEnd))
  if (unit === undefined || !per.has(words[unitEnd]?.lower ?? '')) return undefined
  const whole = wholeAfter(words, unitEnd)
  if (whole === undefined) return undefined
  const amount = textOf(words.slice(at, unitAt))
  const units = textOf(words.slice(unitAt, unitEnd))
  const verb = isUpper ? 'limit' : 'require'
  return {
    amount,
    key: `${isUpper ? 'most' : 'least'} ${unit.lemma} per ${whole}`,
    statement: isUpper
      ? `The system ${thirdPerson(verb)} each ${whole} to ${amount} ${units}.`
      : `The system ${thirdPerson(verb)} at least ${amount} ${units} for each ${whole}.`,
    clause: isUpper
      ? { verb, object: whole, rest: `to ${amount} ${units}`, negated: false }
      : { verb, object: `at least ${amount} ${units}`, rest: `for each ${whole}`, negated: false },
  }
}

/** What the amount is counted for: `per class`, `in one class`, `for each booking`. */
function wholeAfter(words: readonly Word[], unitEnd: number): string | undefined {
  const start = unitEnd + 1
  const end = nounPhraseEnd(words, start)
  const phrase = withoutDeterminer(words.slice(start, end)).filter((word) => word.pos !== 'NUM')
  const head = headOf(phrase)
  if (head === undefined || !phrase.some(isNoun) || isPlural(head)) return undefined
  return singularName(phrase).toLowerCase()
}
