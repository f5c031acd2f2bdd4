import { capitalised } from './inflect.ts'
import { emptyNouns, isHuman } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd, subjectPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, textOf, type Word } from './words.ts'
import { spoken } from './written.ts'

const signs = new Set(['$', '€', '£'])
const currencies = wordSet('dollar euro pound franc cent pence usd eur gbp chf')
const hedges = phraseList('about\naround\nroughly\nat least\nat most\nup to\nonly\njust')
const costing = phraseList(
  'costs\ncost\nis\nare\nwill cost\nwould cost\nshould cost\nmust cost\nwill be',
)
const paying = phraseList('pay\npays\nmust pay\nhave to pay\nhas to pay\nshould pay\nwill pay')
const charging = phraseList(
  "we charge\nwe ask\nwe take\nthe price is\nthe fee is\nthe rate is\nit costs\nit is\nit 's\nthat 's\nthat is\nthey pay\npeople pay\nyou pay",
)
const prices = wordSet('price fee rate cost deposit fine charge fare rent')
const per = wordSet('per a an each every for')
const askedForPrice = /\b(?:cost|costs|price|prices|charge|fee|fees|rate|rates|how much)\b/i
const askedOf =
  /\b(?:does|do|would|will|should) (?:a|an|one|the|your) ([a-z][a-z -]{1,40}?) cost\b/i
/** What is spent on the software is a budget. */
const spending = /\b(?:budget|spend)\b/i

/** What something costs those who use the business, with the words that say it. */
export interface Price {
  statement: string
  words: readonly Word[]
}

/**
 * The price that a clause sets: `a ride costs 2 euros per half hour`, or `2 euros per half hour` by
 * itself. Undefined where money is spoken of in another way.
 */
export function priceIn(words: readonly Word[], asked: string): Price | undefined {
  const from = openingEnd(words)
  const at = words.findIndex((_, index) => index >= from && moneyEnd(words, index) > index)
  if (at === -1 || spending.test(textOf(words)) || spending.test(asked)) return undefined
  const hedge = hedgeBefore(words, from, at)
  const end = sumsEnd(words, at)
  const isRate = rateEnd(words, moneyEnd(words, at)) > moneyEnd(words, at)
  const sum = spoken(words.slice(hedge, end))
  const lead = words.slice(from, hedge)
  const named = costOf(lead, isRate)
  if (named !== undefined) return { statement: `${named} ${sum}.`, words: words.slice(from, end) }
  const told = lead.length === 0 || phraseLength(lead, 0, charging) === lead.length
  if (!told || !(isRate || askedForPrice.test(asked))) return undefined
  const object = askedOf.exec(asked)?.[1]
  const subject =
    object === undefined ? 'The price is' : `${capitalised(withArticle(object))} costs`
  return { statement: `${subject} ${sum}.`, words: words.slice(from, end) }
}

/** In `a ride costs`, `members pay`, `the deposit is` all of it, as written: `A ride costs`. */
function costOf(lead: readonly Word[], isRate: boolean): string | undefined {
  const end = subjectPhraseEnd(lead, 0)
  const [head, verb] = [headOf(lead.slice(0, end)), lead.slice(end)]
  if (head === undefined || emptyNouns.has(head.lemma) || verb.length === 0) return undefined
  const copula = ['is', 'are', 'be'].includes(verb.at(-1)?.lower ?? '')
  // `a canoe is 20 pounds a day` says what it costs; `the team is 20` counts.
  const isPrice = prices.has(head.lemma)
  const costs = phraseLength(verb, 0, costing) === verb.length && (!copula || isPrice || isRate)
  const pays = phraseLength(verb, 0, paying) === verb.length && isHuman(head.lemma)
  if (!costs && !pays) return undefined
  const told = capitalised(spoken(lead)).replace(/^(?:Our|My) /, 'The ')
  return isPrice ? told : told.replace(/ is$/, ' costs').replace(/ are$/, ' cost')
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun.toLowerCase()}`
}

/** After `$5`, `2.50 euros`, `20 cents`; the same place where no sum stands. */
function moneyEnd(words: readonly Word[], at: number): number {
  if (signs.has(words[at]?.text ?? '') && isNumber(words[at + 1])) return at + 2
  if (!isNumber(words[at])) return at
  let end = at + 1
  while (words[end]?.pos === 'NUM') end++
  return currencies.has(words[end]?.lemma ?? '') || signs.has(words[end]?.text ?? '') ? end + 1 : at
}

function isNumber(word: Word | undefined): boolean {
  return word !== undefined && (word.pos === 'NUM' || /^\d/.test(word.text))
}

/** After `per half hour`, `a month`, `for each guest`; the same place where there is no rate. */
function rateEnd(words: readonly Word[], at: number): number {
  if (!per.has(words[at]?.lower ?? '')) return at
  const start = ['per', 'for'].includes(words[at]?.lower ?? '') ? at + 1 : at
  const end = nounPhraseEnd(words, start)
  return end > start ? rateEnd(words, end) : at
}

/** After `4 dollars a day, or 20 dollars per week`. */
function sumsEnd(words: readonly Word[], at: number): number {
  const sum = moneyEnd(words, at)
  const compared = ['more', 'less', 'extra'].includes(words[sum]?.lower ?? '') ? sum + 1 : sum
  const end = rateEnd(words, compared)
  let next = end
  while ([',', 'and', 'or'].includes(words[next]?.lower ?? '')) next++
  return next > end && moneyEnd(words, next) > next ? sumsEnd(words, next) : end
}

function hedgeBefore(words: readonly Word[], from: number, at: number): number {
  for (const back of [2, 1])
    if (at - back >= from && phraseLength(words, at - back, hedges) === back) return at - back
  return at
}
