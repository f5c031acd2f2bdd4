import { findAnchors } from './anchors.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { phraseList } from './lexicon/word-set.ts'
import { subjectBefore } from './subject.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const cues = phraseList('budget is\nbudget of\nspend\ncost\npay')
const qualifiers = phraseList(
  'about\naround\nup to\nat most\nno more than\nroughly\nbetween\nnot more than',
)
const currencies = new Set(['dollar', 'euro', 'pound', 'franc', 'usd', 'eur', 'gbp', 'chf'])

/** What may be spent, as a sentence; undefined when a sentence names no sum for the work. */
export function budgetIn(words: readonly Word[], asked = ''): string | undefined {
  const most = neverMore(words)
  if (most !== undefined) return `The budget is up to ${most}.`
  if (!words.some((word) => word.lower === 'budget' || word.lower === 'spend'))
    return asking.test(asked) ? bareSum(words) : undefined
  for (let at = 0; at < words.length; at++) {
    const length = phraseLength(words, at, cues)
    if (length === 0 || isSpentByOthers(words, at)) continue
    const start = at + length
    const sum = start + phraseLength(words, start, qualifiers)
    const end = nounPhraseEnd(words, sum)
    const money = words.slice(sum, end)
    const named =
      currencies.has(headOf(money)?.lemma ?? '') || /^[$€£]$/.test(words[sum]?.text ?? '')
    const last = /^[$€£]$/.test(words[sum]?.text ?? '') ? sum + 2 : end
    const numbers = numbersEnd(words, sum)
    const isSum = /^\d/.test(words[sum]?.text ?? '') && words[numbers]?.pos !== 'NOUN'
    if (words[at]?.lower === 'budget' && isSum) {
      return `The budget is ${textOf(words.slice(start, numbers))}.`
    }
    if (named) return `The budget is ${textOf(words.slice(start, last))}.`
    const most = deniedSum(words, at, start)
    if (most !== undefined) return `The budget is up to ${most}.`
  }
  return undefined
}

/** In `it can't cost more than 4,000` the sum. */
function neverMore(words: readonly Word[]): string | undefined {
  const cost = words.findIndex(({ lower }) => lower === 'cost')
  const it = words.slice(Math.max(0, cost - 4), cost).some(({ lower }) => whole.has(lower))
  const denied = words.slice(Math.max(0, cost - 3), cost).some(({ lower }) => denials.has(lower))
  const more = words[cost + 1]?.lower === 'more' && words[cost + 2]?.lower === 'than'
  const end = numbersEnd(words, cost + 3)
  return cost > 0 && it && denied && more && end > cost + 3
    ? textOf(words.slice(cost + 3, end))
    : undefined
}

const asking =
  /\b(?:budget|spend|money|afford|invest)\b|\bwhat (?:may|can|should|would) (?:it|that|this) cost\b|^(?:and )?(?:the )?costs?\?/i
const whole = new Set(['it', 'this', 'that', 'thing', 'software', 'project'])

/** `customers can spend up to 100 euros`: not on the software. */
function isSpentByOthers(words: readonly Word[], at: number): boolean {
  const subject = subjectBefore(
    words,
    findAnchors(words).find(({ end }) => end === at)?.start ?? at,
  )
  return subject.kind === 'people'
}

/** In `we cannot spend more than 12,000 euros` the sum. */
function deniedSum(words: readonly Word[], at: number, start: number): string | undefined {
  const denied = words.slice(Math.max(0, at - 4), at).some(({ lower }) => denials.has(lower))
  if (!denied || words[start]?.lower !== 'more' || words[start + 1]?.lower !== 'than')
    return undefined
  return sumAt(words, start + 2)
}

const denials = new Set(['not', "n't", 'cannot', 'never'])

/** A sum with its currency: `12,000 euros`, `$ 500`. */
function sumAt(words: readonly Word[], at: number): string | undefined {
  if (/^[$€£]$/.test(words[at]?.text ?? '') && words[at + 1]?.pos === 'NUM')
    return textOf(words.slice(at, at + 2))
  const end = numbersEnd(words, at)
  return end > at && currencies.has(words[end - 1]?.lemma ?? '')
    ? textOf(words.slice(at, end))
    : undefined
}

/** After `40 and 60 thousand pounds`: of a budget the numbers say enough, with a currency or without. */
function numbersEnd(words: readonly Word[], from: number): number {
  let end = from
  while (words[end]?.pos === 'NUM' || (isJoint(words[end]) && words[end + 1]?.pos === 'NUM')) end++
  if (end > from && words[end]?.lower === 'k') end++
  return currencies.has(words[end]?.lemma ?? '') ? end + 1 : end
}

function isJoint(word: Word | undefined): boolean {
  return ['and', 'to', 'or', '-', '–'].includes(word?.lower ?? '')
}

/** `It's tight, like five thousand dollars max.` in answer to a question about the budget. */
function bareSum(words: readonly Word[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const sign = /^[$€£]$/.test(words[at]?.text ?? '') && words[at + 1]?.pos === 'NUM'
    const coin = words.findIndex(({ lemma }, index) => index > at && currencies.has(lemma))
    const counted =
      words[at]?.pos === 'NUM' &&
      coin !== -1 &&
      words.slice(at, coin).every(({ pos }) => pos === 'NUM')
    // `around 15k`, `two to three thousand`: asked for a budget, a large number is one.
    const large = isThousands(words, at)
    if (!sign && !counted && !large) continue
    const end = sign ? at + 2 : counted ? coin + 1 : numbersEnd(words, at)
    const before =
      phraseLength(words, at - 2, qualifiers) === 2 ? 2 : phraseLength(words, at - 1, qualifiers)
    const most = ['max', 'maximum', 'tops'].includes(words[end]?.lower ?? '') ? 'at most ' : ''
    return `The budget is ${most}${textOf(words.slice(at - before, end))}.`
  }
  return undefined
}

function isThousands(words: readonly Word[], at: number): boolean {
  const end = numbersEnd(words, at)
  return end > at && ['thousand', 'million', 'grand', 'k'].includes(words[end - 1]?.lower ?? '')
}
