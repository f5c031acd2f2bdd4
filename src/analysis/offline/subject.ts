import { emptyNouns, isHuman, systemNouns } from './lexicon/nouns.ts'
import { attaches, headOf, isDeterminer, isNoun } from './noun-phrase.ts'
import { isPlural } from './inflect.ts'
import type { Word } from './words.ts'

/** Who or what a clause is about. */
export interface Subject {
  kind: 'system' | 'people' | 'thing' | 'speaker' | 'listener' | 'they' | 'it' | 'there' | 'none'
  /** The phrase as said, without `only`. */
  words: readonly Word[]
  /** Base form of the noun it is about. */
  noun: string
  plural: boolean
  only: boolean
  /** Where it begins in the sentence. */
  start: number
}

const speakers = new Set(['i', 'we', 'us', 'me'])
const listeners = new Set(['you', 'one'])
const theys = new Set(['they', 'he', 'she', 'them', 'him', 'her'])
const modifiers = new Set([
  'only',
  'also',
  'even',
  'just',
  'really',
  'then',
  'maybe',
  'probably',
  'actually',
  'both',
  'definitely',
  'certainly',
  'as',
  'well',
])
const all = new Set(['nobody', 'everybody', 'everyone', 'anybody', 'anyone', 'no'])
const joining = new Set([
  'of',
  'and',
  'or',
  'on',
  'in',
  'at',
  'from',
  'with',
  'for',
  'to',
  'under',
  'over',
  'without',
  'about',
  'between',
])

/** The subject that stands before a place in the sentence, looking no further back than `from`. */
export function subjectBefore(words: readonly Word[], end: number, from = 0): Subject {
  let only = false
  let last = end
  while (last > from && modifiers.has(words[last - 1]?.lower ?? '')) {
    last--
    only ||= words[last]?.lower === 'only'
  }
  const some = someOfUs(words, last)
  if (some !== undefined) return { ...some, only }
  // `the person who reported it should …`
  const related = relatedSubject(words, last, from)
  if (related !== undefined) return { ...related, only }
  const pronoun = pronounSubject(words[last - 1], last - 1)
  if (pronoun !== undefined && last > from) {
    // `we only need …` sets nobody apart; `only we can …` does.
    const within = only && pronoun.kind !== 'speaker'
    return { ...pronoun, only: within || words[last - 2]?.lower === 'only' }
  }
  let start = last
  while (start > from && belongs(words, start - 1, last) && !opensAnother(words, start)) start--
  while (start < last && !opensPhrase(words[start])) start++
  // In `uploads the music and singers can …`, `checks in the guests and the system should …` what
  // belongs to the verb before is no part of the subject.
  const join = words.findLastIndex(({ lower }, at) => at > start && at < last && lower === 'and')
  const verb = words[start - 1]?.pos === 'ADP' ? start - 2 : start - 1
  if (join !== -1 && words[verb]?.pos === 'VERB') start = join + 1
  // `after that nobody may …`
  if (words[start]?.lower === 'that' && all.has(words[start + 1]?.lower ?? '')) start++
  const before = words[start - 1]?.lower
  const phrase = words.slice(start, last)
  return { ...nounSubject(phrase, start), only: only || before === 'only' }
}

/** `a ticket that was scanned once | has to be refused`: the ticket, with what is said of it. */
function relatedSubject(words: readonly Word[], last: number, from: number): Subject | undefined {
  for (let at = last - 2; at > Math.max(from, last - 10); at--) {
    const word = words[at]
    if (word === undefined || word.pos === 'PUNCT' || word.pos === 'CCONJ') return undefined
    if (word.pos === 'SCONJ' && word.lower !== 'that') return undefined
    if (!['that', 'which', 'who'].includes(word.lower) || !isNoun(words[at - 1])) continue
    const inner = words.slice(at + 1, last)
    if (!isTold(inner)) return undefined
    const subject = subjectBefore(words.slice(0, at), at, from)
    const named = subject.kind === 'thing' || subject.kind === 'people'
    return named ? { ...subject, words: words.slice(subject.start, last) } : undefined
  }
  return undefined
}

/** `was scanned once`, `have booked`, `reported it`: a verb that leaves nothing for the one after it. */
function isTold(inner: readonly Word[]): boolean {
  const [first] = inner
  const verbs = inner.filter(({ pos }) => pos === 'VERB' || pos === 'AUX')
  // `a class that the members …`: the members do what follows.
  const is = first?.pos === 'AUX' && inner.some(({ pos }) => pos === 'ADJ')
  const told = verbs.some(({ pos }) => pos === 'VERB')
  return is || ((first?.pos === 'VERB' || first?.pos === 'AUX') && told)
}

/** `one of us has to approve it`: somebody of the business. */
function someOfUs(words: readonly Word[], last: number): Subject | undefined {
  const [one, of, us] = words.slice(Math.max(0, last - 3), last)
  const some = ['one', 'two', 'some', 'somebody', 'someone', 'any'].includes(one?.lower ?? '')
  if (us === undefined || !some || of?.lower !== 'of' || us.lower !== 'us') return undefined
  const the: Word = { ...us, text: 'the', lower: 'the', lemma: 'the', pos: 'DET' }
  const business: Word = {
    ...us,
    text: 'business',
    lower: 'business',
    lemma: 'business',
    pos: 'NOUN',
  }
  return {
    kind: 'people',
    words: [the, business],
    noun: 'business',
    plural: false,
    only: false,
    start: last - 3,
  }
}

function pronounSubject(word: Word | undefined, start: number): Subject | undefined {
  const lower = word?.lower ?? ''
  const of = (kind: Subject['kind'], plural: boolean): Subject => ({
    kind,
    words: word === undefined ? [] : [word],
    noun: lower,
    plural,
    only: false,
    start,
  })
  if (speakers.has(lower)) return of('speaker', true)
  if (listeners.has(lower)) return of('listener', true)
  if (theys.has(lower)) return of('they', lower === 'they')
  if (
    lower === 'it' ||
    lower === 'this' ||
    lower === 'that' ||
    lower === 'which' ||
    lower === 'who' ||
    lower === 'what'
  )
    return of('it', false)
  if (lower === 'there') return of('there', false)
  return undefined
}

function belongs(words: readonly Word[], at: number, last: number): boolean {
  const word = words[at]
  const next = words[at + 1]
  if (word === undefined) return false
  if (isNoun(word) || isDeterminer(word) || word.pos === 'ADJ' || word.pos === 'NUM') return true
  if (word.lower === "'s" || word.lower === '-') return true
  if (word.pos === 'VERB') return /(?:ing|ed)$/.test(word.lower) && isNoun(next) && at + 1 < last
  return (
    (joining.has(word.lower) || attaches(words, at)) &&
    at + 1 < last &&
    (isNoun(next) || isDeterminer(next) || next?.pos === 'ADJ' || next?.pos === 'NUM') &&
    isNoun(words[at - 1])
  )
}

/** In `in the app the teacher can …` the second determiner begins the subject. */
function opensAnother(words: readonly Word[], start: number): boolean {
  return isDeterminer(words[start]) && isNoun(words[start - 1])
}

function opensPhrase(word: Word | undefined): boolean {
  return (
    word !== undefined &&
    (isNoun(word) ||
      isDeterminer(word) ||
      word.pos === 'ADJ' ||
      word.pos === 'NUM' ||
      word.pos === 'VERB')
  )
}

const media = new Set(
  'SMS PDF CSV GPS API QR AI HTML URL ID VAT FAQ PIN NFC USB WLAN XML JSON VPN'.split(' '),
)

/** A name in capitals is an organisation as a rule: it acts. */
function isAcronym(word: Word): boolean {
  return /^(?:[A-Z]{2,6}|[A-Z]\.?)$/.test(word.text) && !media.has(word.text)
}

const dataNouns = new Set(['time', 'day', 'detail', 'hour'])
const someone = new Set(['somebody', 'someone'])

function nounSubject(phrase: readonly Word[], start: number): Subject {
  // In `the first person on the waiting list` the first noun before a preposition counts.
  const stop = phrase.findIndex(
    (word) =>
      (word.pos === 'ADP' && word.lower !== 'of') || word.lower === 'and' || word.lower === 'or',
  )
  const core = phrase.slice(0, stop === -1 ? phrase.length : stop)
  const head = headOf(core) ?? core.findLast((word) => isHuman(word.lemma))
  const whole = {
    words: phrase,
    noun: head?.lemma ?? '',
    only: false,
    start,
    plural: head !== undefined && (isPlural(head) || phrase.some((word) => word.lower === 'and')),
  }
  // `the first one on the list` is somebody.
  const ranked = ['first', 'next', 'last'].includes(core.at(-2)?.lower ?? '')
  if (ranked && core.at(-1)?.lower === 'one') return { ...whole, noun: 'one', kind: 'people' }
  const text = core.map(({ lower }) => lower).join(' ')
  if (/^(?:the whole thing|the whole lot|the thing|all of it|it all)$/.test(text))
    return { ...whole, words: [], noun: 'system', kind: 'system' }
  if (core.length === 1 && core[0]?.lower === 'everything')
    return { ...whole, noun: 'everything', kind: 'thing' }
  if (core.length === 1 && someone.has(core[0]?.lower ?? ''))
    return { ...whole, noun: 'somebody', kind: 'people' }
  // `The place and the time should be filled in`: said so, they are data.
  const isData = dataNouns.has(head?.lemma ?? '') && core[0]?.lower === 'the'
  if (head === undefined || (emptyNouns.has(head.lemma) && !isData))
    return { ...whole, kind: 'none' }
  if (isHuman(head.lemma) || isAcronym(head)) return { ...whole, kind: 'people' }
  if (systemNouns.has(head.lemma) && !head.lower.endsWith('s')) return { ...whole, kind: 'system' }
  return { ...whole, kind: 'thing' }
}
