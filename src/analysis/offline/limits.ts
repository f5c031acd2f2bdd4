import type { Clause } from '../../domain/brief.ts'
import type { Limit } from './findings.ts'
import { isPlural, thirdPerson } from './inflect.ts'
import { isMoney } from './amounts.ts'
import { emptyNouns, isHuman } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { ownerBefore, type Owner } from './limit-owner.ts'
import { headOf, isNoun, nounPhraseEnd, singularName, withoutDeterminer } from './noun-phrase.ts'
import { phraseLength, textOf, type Word } from './words.ts'

/** A number that must not be passed, as said: `at most 12 people per class`. */
export interface LimitReading extends Limit {
  statement: string
  clause: Clause
  /** The words that set it, which no other need may use. */
  words: readonly Word[]
  /** What is counted, its base form, and what the amount holds for. */
  unit: string
  owner?: Owner
}

/** What amounts of a unit were set for before: `and at most 7 days in summer` goes on from it. */
export type KnownOwners = ReadonlyMap<string, Owner>

const most = phraseList(
  'at most\nno more than\nnot more than\na maximum of\nmaximum of\nmaximum\nmax\nup to\na limit of\nno longer than\nnot longer than',
)
const least = phraseList('at least\nno less than\nno fewer than\na minimum of\nminimum of\nminimum')
const comparing = phraseList('more than\nlonger than\nlarger than\nbigger than')
const denials = wordSet("not n't nobody none cannot never no")
const per = wordSet('per in for a an each every')
const times = wordSet('second minute hour day night week month quarter season year term')
const seasons = wordSet(
  'spring summer autumn winter january february march april june july august september october november december',
)
/** What is limited when a deed takes at most so long: `book a room for up to 4 hours`. */
const lasting: ReadonlyMap<string, string> = new Map([
  ['book', 'booking'],
  ['reserve', 'reservation'],
  ['rent', 'rental'],
  ['borrow', 'loan'],
  ['hire', 'rental'],
  ['extend', 'extension'],
])
const notWholes = wordSet('advance total row front time moment')
const notLimits = wordSet('before after ago earlier later old ahead from')
const numbers = wordSet(
  'one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand',
)

/** The limits that a sentence sets, in its order; `listed` is what it lists the fields of. */
export function limitsIn(
  words: readonly Word[],
  known: KnownOwners = new Map(),
  listed?: Owner,
): LimitReading[] {
  const found: LimitReading[] = []
  for (let at = 0; at < words.length && found.length < 10; at++) {
    const upper = phraseLength(words, at, most) || deniedLength(words, at) || onlyLength(words, at)
    const lower = upper > 0 ? 0 : phraseLength(words, at, least)
    const amount = at + upper + lower
    const limit =
      (amount > at
        ? limitAt(words, at, amount, upper > 0, {
            known: ownersFor(known, words, at, found),
            listed,
          })
        : undefined) ?? maximumAt(words, at)
    if (limit !== undefined) found.push(limit)
  }
  return found
}

/** `Up to 5 files per ticket, and none larger than 10 megabytes`: of them, each. */
function ownersFor(
  known: KnownOwners,
  words: readonly Word[],
  at: number,
  found: readonly LimitReading[],
): KnownOwners {
  const last = found.at(-1)
  if (last === undefined || !['none', 'each'].includes(words[at - 1]?.lower ?? '')) return known
  const unit = words[at + 3]?.lemma ?? ''
  return new Map([...known, [unit, { name: last.unit, definite: false }]])
}

/** `can't take more than`, `nobody may book more than` */
function deniedLength(words: readonly Word[], at: number): number {
  const length = phraseLength(words, at, comparing)
  const denied = words.some(
    ({ lower }, index) =>
      index >= at - 9 && index < at && denials.has(lower) && words[index + 1]?.lower !== ',',
  )
  return length > 0 && denied ? length : 0
}

/** `can only make 20 cakes a day` */
function onlyLength(words: readonly Word[], at: number): number {
  if (words[at]?.lower !== 'only') return 0
  const length = isNumber(words[at + 1]) ? 1 : 2
  const unitEnd = nounPhraseEnd(words, at + length + 1)
  const timed = wholeAt(words, unitEnd)
  const each = ['per', 'for'].includes(words[unitEnd]?.lower ?? '')
  const whole = timed !== undefined && (each || times.has(timed.name))
  return isNumber(words[at + length]) && whole ? length : 0
}

function isNumber(word: Word | undefined): boolean {
  return word !== undefined && (/^\d[\d.,]{0,14}$/.test(word.text) || numbers.has(word.lower))
}

interface Parts {
  isUpper: boolean
  amount: string
  /** What is counted, as said and its base form. */
  units: string
  unit: string
  /** What the amount holds for, singular: `class`. */
  whole: string | undefined
  /** There is one of it: `the kitchen`. */
  definite?: boolean
  /** `per week`, `at the same time` */
  tail: string
  words: readonly Word[]
}

function limitAt(
  words: readonly Word[],
  from: number,
  at: number,
  isUpper: boolean,
  { known, listed }: { known: KnownOwners; listed: Owner | undefined },
): LimitReading | undefined {
  if (!isNumber(words[at])) return undefined
  const unitAt = isNumber(words[at + 1]) ? at + 2 : at + 1
  const { unitEnd, after } = unitsEnd(words, unitAt)
  const unit = headOf(words.slice(unitAt, unitEnd))
  if (unit === undefined || notLimits.has(words[unitEnd]?.lower ?? '')) return undefined
  const parts = {
    isUpper,
    amount: textOf(words.slice(at, unitAt)),
    units: textOf(words.slice(unitAt, unitEnd)),
    unit: unit.lemma,
    words: words.slice(from, unitEnd),
  }
  const season = seasonEnd(words, unitEnd)
  const first = season > unitEnd ? undefined : wholeAt(words, after)
  if (first === undefined) {
    const named = lastingDeed(words, from, unit.lemma) ?? ownerBefore(words, from)
    const owner = named ?? known.get(unit.lemma) ?? listed
    const tail = season > unitEnd ? textOf(words.slice(unitEnd, season)) : sameTime(words, unitEnd)
    const ends = tail !== '' || endsClause(words[unitEnd])
    if (owner === undefined && season > unitEnd) return undefined
    if (!ends || (owner === undefined && tail === '')) return undefined
    return stated({ ...parts, whole: owner?.name, definite: owner?.definite ?? false, tail })
  }
  if (!times.has(first.name)) return stated({ ...parts, whole: first.name, tail: '' })
  const second = wholeAt(words, first.end)
  const owner = second === undefined ? ownerBefore(words, from) : undefined
  const whole = second?.name ?? owner?.name
  const definite = owner?.definite ?? false
  return stated({ ...parts, whole, definite, tail: `per ${first.name}` })
}

/** After the units; in `ten pieces of each item` they are pieces, and the item comes after. */
function unitsEnd(words: readonly Word[], at: number): { unitEnd: number; after: number } {
  const end = nounPhraseEnd(words, at)
  const of = words.findIndex(
    ({ lower }, index) =>
      index > at &&
      index < end &&
      lower === 'of' &&
      ['each', 'every'].includes(words[index + 1]?.lower ?? ''),
  )
  return of === -1 ? { unitEnd: end, after: end } : { unitEnd: of, after: of + 1 }
}

/** `the maximum number of people in a slot is 40` */
function maximumAt(words: readonly Word[], at: number): LimitReading | undefined {
  const isUpper = words[at]?.lower !== 'minimum'
  const opens = isUpper ? ['maximum', 'max', 'highest'].includes(words[at]?.lower ?? '') : true
  if (!opens || words[at + 1]?.lower !== 'number' || words[at + 2]?.lower !== 'of') return undefined
  const unitEnd = nounPhraseEnd(words, at + 3)
  const unit = headOf(words.slice(at + 3, unitEnd))
  const whole = wholeAt(words, unitEnd)
  const is = whole?.end ?? unitEnd
  const amount = words[is + 1]
  if (unit === undefined || whole === undefined || words[is]?.lower !== 'is') return undefined
  if (amount === undefined || !isNumber(amount)) return undefined
  const units = textOf(words.slice(at + 3, unitEnd))
  const used = words.slice(at, is + 2)
  const parts = { isUpper, amount: amount.text, units, unit: unit.lemma, words: used }
  return stated({ ...parts, whole: whole.name, tail: '' })
}

/** A sum that must not be passed is paid or is the price of something; it limits no things. */
function statedSum({
  amount,
  units,
  unit,
  whole,
  tail,
  words,
}: Pick<Parts, 'amount' | 'units' | 'unit' | 'whole' | 'tail' | 'words'>): LimitReading {
  const sum = `at most ${amount} ${units}${tail === '' ? '' : ` ${tail}`}`
  const pays = whole !== undefined && isHuman(whole.split(' ').at(-1) ?? '')
  const who = whole === undefined ? 'The price' : `Each ${whole}`
  const verb = whole === undefined ? 'is' : pays ? 'pays' : 'costs'
  return {
    amount,
    key: ['most', unit, 'per', whole ?? '', tail].join(' ').trim(),
    words,
    unit,
    ...(whole !== undefined && { owner: { name: whole, definite: false } }),
    statement: `${who} ${verb} ${sum}.`,
    clause: {
      verb: whole === undefined ? 'be' : pays ? 'pay' : 'cost',
      object: whole ?? 'price',
      rest: sum,
      negated: false,
    },
  }
}

function stated({
  isUpper,
  amount,
  units,
  unit,
  whole,
  definite,
  tail,
  words,
}: Parts): LimitReading {
  if (isUpper && isMoney(unit)) return statedSum({ amount, units, unit, whole, tail, words })
  const verb = isUpper ? 'limit' : 'require'
  const after = tail === '' ? '' : ` ${tail}`
  const to = `to ${amount}${whole === undefined ? '' : ` ${units}`}${after}`
  const object = whole ?? units
  const the = definite === true ? 'the ' : 'each '
  const least = `at least ${amount} ${units}${after}`
  const forWhole = whole === undefined ? '' : `for ${the}${whole}`
  const key = [isUpper ? 'most' : 'least', unit, 'per', whole ?? '', tail].join(' ').trim()
  return {
    amount,
    key,
    words,
    unit,
    ...(whole !== undefined && { owner: { name: whole, definite: definite === true } }),
    statement: isUpper
      ? `The system ${thirdPerson(verb)} ${whole === undefined ? '' : the}${object} ${to}.`
      : `The system ${thirdPerson(verb)} ${`${least} ${forWhole}`.trim()}.`,
    clause: isUpper
      ? { verb, object, rest: to, negated: false }
      : { verb, object: least, ...(forWhole !== '' && { rest: forWhole }), negated: false },
  }
}

/** What the amount is counted for: `per class`, `in one class`, `for each booking`. */
function wholeAt(words: readonly Word[], at: number): { name: string; end: number } | undefined {
  if (!per.has(words[at]?.lower ?? '')) return undefined
  const end = nounPhraseEnd(words, at + 1)
  const phrase = withoutDeterminer(words.slice(at + 1, end)).filter((word) => word.pos !== 'NUM')
  const head = headOf(phrase)
  if (head === undefined || !phrase.some(isNoun) || isPlural(head)) return undefined
  if (notWholes.has(head.lemma) || (emptyNouns.has(head.lemma) && !times.has(head.lemma)))
    return undefined
  return { name: singularName(phrase).toLowerCase(), end }
}

/** After `in summer`, `in July`. */
function seasonEnd(words: readonly Word[], at: number): number {
  const the = words[at + 1]?.lower === 'the' ? 1 : 0
  return words[at]?.lower === 'in' && seasons.has(words[at + 1 + the]?.lower ?? '')
    ? at + 2 + the
    : at
}

/** `book a room for up to 4 hours` limits the booking. */
function lastingDeed(words: readonly Word[], from: number, unit: string): Owner | undefined {
  if (!times.has(unit) || words[from - 1]?.lower !== 'for') return undefined
  const verb = words.slice(0, from).findLast(({ lower }) => lasting.has(lower))
  const name = verb && lasting.get(verb.lower)
  return name === undefined ? undefined : { name, definite: false }
}

const together = phraseList('at the same time\nat a time\nat once\nin parallel\nsimultaneously')

function sameTime(words: readonly Word[], at: number): string {
  return textOf(words.slice(at, at + phraseLength(words, at, together)))
}

function endsClause(word: Word | undefined): boolean {
  return (
    word === undefined || word.pos === 'PUNCT' || ['and', 'or', 'but', 'so'].includes(word.lower)
  )
}
