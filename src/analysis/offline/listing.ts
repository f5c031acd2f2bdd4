import { phraseList } from './lexicon/word-set.ts'
import { inlineOptions } from './listing-options.ts'
import { isDeterminer, nounPhraseEnd } from './noun-phrase.ts'
import { phraseLength, textOf, type Word } from './words.ts'

/** One thing of a list. */
export interface ListPart {
  words: readonly Word[]
  /** Said with `maybe` or `optionally`. */
  unsure: boolean
  /** `whether it is active`: yes or no. */
  yesNo?: true
  /** `in minutes`: what it is counted in. */
  unit?: string
  /** The values that were named with it. */
  options?: string[]
}

/** The phrases of a list, and where it ends: `a name, a teacher and, maybe, a room`. */
export function listFrom(
  words: readonly Word[],
  from: number,
): { phrases: ListPart[]; end: number } {
  const phrases: ListPart[] = []
  let at = from
  let unsure = false
  while (at < words.length && phrases.length < 30) {
    const word = words[at]
    if (word === undefined) break
    if (separators.has(word.lower)) {
      at++
      continue
    }
    if (hedges.has(word.lower)) {
      unsure = true
      at++
      continue
    }
    // `up to six photos` are photos.
    at += amountLength(words, at)
    const part =
      yesNoPart(words, at) ?? countPart(words, at) ?? askedPart(words, at) ?? nounPart(words, at)
    if (part === undefined) break
    if (part.part.words.length > 0) phrases.push({ ...part.part, unsure })
    unsure = false
    at = part.end
    // `the date of the last check-up`
    if (words[at]?.lower === '-' && words[at]?.spaced === false) at += 2
    if (!separators.has(words[at]?.lower ?? '')) break
    if (startsOver(words, at)) break
  }
  return { phrases, end: at }
}

type Found = { part: Omit<ListPart, 'unsure'>; end: number } | undefined

function nounPart(words: readonly Word[], at: number): Found {
  const end = nounPhraseEnd(words, at)
  if (end === at) return undefined
  // `a flag whether the deposit was paid`
  const flag = yesNoPart(words, end)
  if (flag !== undefined) return flag
  const counted = words[at]?.lower === 'one' && end > at + 1 ? at + 1 : at
  const whole = withTime(words, end)
  const options = inlineOptions(words, whole)
  if (options !== undefined)
    return {
      part: { words: words.slice(counted, end), options: options.options },
      end: options.end,
    }
  const added = addition(words, whole)
  const unit = words[whole]?.lower === 'in' ? words[added - 1]?.lemma : undefined
  return {
    part: {
      words: words.slice(counted, whole),
      ...(unit !== undefined && added > whole && { unit }),
    },
    end: relativeEnd(words, added),
  }
}

const amounts = phraseList('up to\nat most\nat least\na maximum of\nno more than')

/** How many words of an amount stand before a thing: `up to six`. */
function amountLength(words: readonly Word[], at: number): number {
  const length = phraseLength(words, at, amounts)
  return length > 0 && words[at + length]?.pos === 'NUM' ? length + 1 : 0
}

/** `how many people we need`: their number; `how many there are`: the quantity. */
function countPart(words: readonly Word[], at: number): Found {
  if (words[at]?.lower !== 'how' || words[at + 1]?.lower !== 'many') return undefined
  // The tagger may take the seats of `how many seats it has` for a verb.
  const isNamed = words[at + 2] !== undefined && words[at + 2]?.pos !== 'PRON'
  const end = Math.max(nounPhraseEnd(words, at + 2), isNamed ? at + 3 : at + 2)
  const things = words
    .slice(at + 2, end)
    .map((thing, index, all) => (index === all.length - 1 ? { ...thing, pos: 'NOUN' } : thing))
  const [first = words[at + 1]] = things
  if (first === undefined) return undefined
  const word = (text: string, pos: string) => ({ ...first, text, lower: text, lemma: text, pos })
  let last = end
  while (last < words.length && !['.', ',', 'and', 'or'].includes(words[last]?.lower ?? '')) last++
  const named =
    things.length === 0
      ? [word('quantity', 'NOUN')]
      : [word('number', 'NOUN'), word('of', 'ADP'), ...things]
  return { part: { words: named }, end: last }
}

const asking = new Set(['what', 'how', 'where', 'who', 'which', 'when'])

/** What a question inside of a list asks for: `what it is called`, `how old it is`. */
const askedFields: readonly (readonly [RegExp, string])[] = [
  [/^what (?:it|he|she|they)(?: is|'s| are|'re) called/, 'name'],
  [/^how old/, 'age'],
  [/^how (?:big|large)/, 'size'],
  [/^how heavy/, 'weight'],
  [/^how long/, 'length'],
  [/^how much (?:it|they) costs?/, 'price'],
  [/^where (?:it|he|she|they)(?: is| stands?|'s| are|'re| lives?)/, 'place'],
  [/^who (?:owns|has) /, 'owner'],
]

function askedPart(words: readonly Word[], at: number): Found {
  const first = words[at]
  if (first === undefined || !asking.has(first.lower)) return undefined
  let end = at + 1
  while (end < words.length && ![',', '.', 'and', 'or', ';'].includes(words[end]?.lower ?? ''))
    end++
  const text = textOf(words.slice(at, end)).toLowerCase()
  const name = askedFields.find(([pattern]) => pattern.test(text))?.[1]
  if (name !== undefined)
    return {
      part: { words: [{ ...first, text: name, lower: name, lemma: name, pos: 'NOUN' }] },
      end,
    }
  // `which dentist they belong to` names the dentist; what has no name is no reason to end the list.
  const named = ['which', 'what'].includes(first.lower) ? nounPhraseEnd(words, at + 1) : at
  return { part: { words: named > at + 1 ? words.slice(at + 1, named) : [] }, end }
}

/** `the date and time` is one thing, and so is `the price per person`. */
function withTime(words: readonly Word[], end: number): number {
  // `the price per person`
  if (words[end]?.lower === 'per') return Math.max(end, nounPhraseEnd(words, end + 1))
  const isDate = words[end - 1]?.lower === 'date'
  return isDate && words[end]?.lower === 'and' && words[end + 1]?.lower === 'time' ? end + 2 : end
}

/** `whether it is vaccinated`, `whether they have paid the fee`. */
function yesNoPart(words: readonly Word[], at: number): Found {
  if (words[at]?.lower !== 'whether' && words[at]?.lower !== 'if') return undefined
  let end = at + 1
  while (end < words.length && ![',', '.', 'and', 'or', ';'].includes(words[end]?.lower ?? ''))
    end++
  const inside = words.slice(at + 1, end)
  const verb = inside.findIndex((word) => word.pos === 'AUX' || word.pos === 'VERB')
  const state = inside
    .slice(verb + 1)
    .filter((word) => word.pos !== 'ADV' && word.lower !== 'been' && !isDeterminer(word))
  const named = inside.slice(0, verb).filter((word) => word.pos === 'NOUN' && subjectNamed(inside))
  const [first, ...object] = state
  if (verb < 1 || first === undefined || state.length > 5) return undefined
  // `paid the fee` → `fee paid`
  const things = object.filter((word) => word.pos === 'NOUN')
  return { part: { words: [...named, ...things, first], yesNo: true }, end }
}

/** In `whether the deposit was paid` the deposit counts; `whether the visitor is interested` is about the visitor. */
function subjectNamed(words: readonly Word[]): boolean {
  return words.some((word) => ['paid', 'returned', 'signed', 'sent'].includes(word.lower))
}

const separators = new Set([',', 'and', 'or', 'plus', 'also', 'then', '&'])
const hedges = new Set(['maybe', 'perhaps', 'optionally', 'possibly', 'probably', 'either', 'just'])

/** Takes in `in minutes`, `for the booking` after a phrase. */
function addition(words: readonly Word[], at: number): number {
  if (!['in', 'for', 'on'].includes(words[at]?.lower ?? '')) return at
  const end = nounPhraseEnd(words, at + 1)
  return end > at + 1 ? end : at
}

/** `the date it came in`, `the employee who opened it`: what follows belongs to the phrase. */
function relativeEnd(words: readonly Word[], at: number): number {
  const [word, next] = [words[at], words[at + 1]]
  const opens =
    ['who', 'that', 'which', 'where'].includes(word?.lower ?? '') ||
    (['it', 'they', 'we', 'he', 'she', 'you', 'i'].includes(word?.lower ?? '') &&
      (next?.pos === 'VERB' || next?.pos === 'AUX'))
  if (!opens) return at
  // `which is either …` names values; others read them.
  if (word?.lower === 'which' && (next?.pos === 'AUX' || next?.lower === 'is')) return at
  let end = at + 1
  while (
    end < words.length &&
    end < at + 9 &&
    ![',', '.', 'and', ';'].includes(words[end]?.lower ?? '')
  )
    end++
  return end
}

/** After the separator a new clause begins: `and it has …`, `so …`. */
function startsOver(words: readonly Word[], at: number): boolean {
  let next = at
  while (separators.has(words[next]?.lower ?? '')) next++
  const word = words[next]
  if (word === undefined || word.lower === 'so') return true
  if (asking.has(word.lower)) return false
  if (word.pos === 'PRON' && !isDeterminer(word)) return true
  const end = nounPhraseEnd(words, next)
  return end > next && words[end]?.pos === 'AUX'
}
