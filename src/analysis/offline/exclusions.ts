import type { Finding } from './findings.ts'
import { capitalised, isPlural, thirdPerson } from './inflect.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Reading } from './reading.ts'
import type { Statement } from './finish.ts'
import { isPiece } from './soundness.ts'
import { lowerFirst, spoken } from './written.ts'
import { subjectBefore } from './subject.ts'
import { phraseLength, type Word } from './words.ts'

const outCues = phraseList(
  "is out of scope\nare out of scope\nis not in scope\nare not in scope\nis not needed\nare not needed\nis not necessary\nare not necessary\ncan wait\ncan come later\nis n't needed\nare n't needed\nis for later\nare for later",
)
const ratherNot = phraseList(
  "i 'd rather not have\ni would rather not have\nwe 'd rather not have\nwe would rather not have\ni 'd prefer no\nwe 'd prefer no\ni would prefer no\nwe would prefer no\ni 'd rather have no\nwe 'd rather have no",
)
const withoutCues = phraseList('no need for\nleave out\nskip\nforget about\nwithout any')

/** `There will be no advertising` */
export function isNone({ subject, content }: Reading): boolean {
  return subject.kind === 'there' && content.type === 'thing' && content.phrase[0]?.lower === 'no'
}

/** The item that says a thing is left out, made from the reading that asked for it. */
export function exclusionOf(reading: Reading, statement: Statement, finding: Finding): Finding {
  const { content } = reading
  const text =
    content.type === 'thing'
      ? outOfScope(content.phrase)
      : `It is out of scope that ${lowerFirst(statement.text).replace(/\.$/, '')}.`
          .replace(/ (?:does|do) not (\w+)/, ' $1')
          .replace(' cannot ', ' can ')
          // `we don't want to host videos ourselves`
          .replace(
            /\busers can ([a-z]+) (.{1,300}) ourselves\b/,
            (_, verb: string, rest: string) => `the business ${thirdPerson(verb)} ${rest} itself`,
          )
  const { clause: _, ...rest } = finding
  return {
    ...rest,
    kind: 'out_of_scope',
    statement: text,
    priority: { level: 'wont', reason: 'The client does not want it.' },
  }
}

/** What a clause leaves out in so many words, each thing by itself. */
export function excludedIn(words: readonly Word[]): string[] {
  const from = openingEnd(words)
  const refused = refusedThings(words, from)
  if (refused.length > 0) return refused.map(outOfScope)
  for (let at = from; at < words.length; at++) {
    if (phraseLength(words, at, outCues) > 0) {
      const subject = subjectBefore(words, at, from)
      const named = subject.kind === 'system' && ['a', 'an'].includes(subject.words[0]?.lower ?? '')
      return subject.kind === 'thing' || named ? [outOfScope(subject.words)] : []
    }
    const length =
      phraseLength(words, at, ratherNot) || (at === from ? phraseLength(words, at, withoutCues) : 0)
    if (length > 0) {
      const end = nounPhraseEnd(words, at + length)
      const head = headOf(words.slice(at + length, end))
      return head === undefined || emptyNouns.has(head.lemma)
        ? []
        : [outOfScope(words.slice(at + length, end))]
    }
  }
  return []
}

/** `No visits after eight in the evening.`: not then, as a rule; undefined where it is left out at all times. */
export function refusedThen(words: readonly Word[]): string | undefined {
  const from = openingEnd(words)
  const no = words[from]?.lower === 'no' ? from : from - 1
  const end = nounPhraseEnd(words, no + 1)
  const head = headOf(words.slice(no + 1, end))
  const rest = words.slice(end).filter(({ pos }) => pos !== 'PUNCT')
  const isThen = timing.has(rest[0]?.lower ?? '') && rest.length > 1 && rest.length < 10
  const names = head !== undefined && !emptyNouns.has(head.lemma) && !talk.has(head.lemma)
  const tells = rest.some(({ pos }) => pos === 'VERB' || pos === 'AUX' || pos === 'PRON')
  if (words[no]?.lower !== 'no' || !names || !isThen || tells) return undefined
  const is = isPlural(head) ? 'are' : 'is'
  return `There ${is} no ${spoken(words.slice(no + 1, end))} ${spoken(rest)}.`
}

const timing = wordSet('after before during between until on at')

/** `No chatbot, please.`, `No ads, banners or tracking`: nothing but things with a `no`. */
function refusedThings(words: readonly Word[], from: number): (readonly Word[])[] {
  if (words[from]?.lower !== 'no') return []
  const things: (readonly Word[])[] = []
  let at = from + 1
  for (;;) {
    const end = refusedEnd(words, at)
    const thing = words.slice(at, end)
    const head = headOf(thing) ?? thing.at(-1)
    const empty =
      head === undefined || isPiece(head) || emptyNouns.has(head.lemma) || talk.has(head.lemma)
    if (empty || thing.length > 6) return []
    things.push(thing)
    at = end
    while ([',', 'and', 'or'].includes(words[at]?.lower ?? '')) at++
    if (at === end || refusedEnd(words, at) === at) break
  }
  const [only] = things
  const more = things.length === 1 ? withEnd(words, at) : at
  if (only !== undefined && more > at) {
    things.splice(0, 1, words.slice(from + 1, more))
    at = more
  }
  const rest = words.slice(at).filter(({ pos, lower }) => pos !== 'PUNCT' && !polite.has(lower))
  return rest.length > 0 ? [] : things
}

/** After `with Facebook or Google` in `no registration with Facebook or Google`. */
function withEnd(words: readonly Word[], at: number): number {
  if (!['with', 'by', 'via', 'from', 'through'].includes(words[at]?.lower ?? '')) return at
  let end = nounPhraseEnd(words, at + 1)
  if (end === at + 1) return at
  while (
    ['and', 'or', ','].includes(words[end]?.lower ?? '') &&
    nounPhraseEnd(words, end + 1) > end + 1
  )
    end = nounPhraseEnd(words, end + 1)
  return end
}

/** Also `no tracking`, whatever the tagger takes it for. */
function refusedEnd(words: readonly Word[], at: number): number {
  const end = nounPhraseEnd(words, at)
  const gerund = end === at && /^[a-z]{3,}ing$/.test(words[at]?.lower ?? '')
  return gerund ? at + 1 : end
}

const polite = wordSet('please thanks thank you at all for now')
/** What an interviewer asks for: a `no` to it leaves nothing out. */
const asides = wordSet(
  'preference question rule wish requirement constraint deadline budget limit concern thought number issue comment exception example detail restriction condition expectation timeline',
)
const talk = wordSet(
  'money problem idea doubt worry chance clue sense rush hurry need offense pressure thank thanks',
)

/** What is out of scope when a client turns down the thing that was asked about in two words. */
export function declinedThing(words: readonly Word[]): string | undefined {
  const from = openingEnd(words)
  const end = nounPhraseEnd(words, from)
  const head = headOf(words.slice(from, end))
  const bare = words.slice(end).every(({ pos }) => pos === 'PUNCT')
  const asksOnly = ['any', 'other', 'more', 'what'].includes(words[from]?.lower ?? '')
  if (asksOnly && head !== undefined && (talk.has(head.lemma) || asides.has(head.lemma)))
    return undefined
  const planned = plannedThing(words, from)
  if (planned !== undefined) return planned
  const lone = words[from]
  if (lone !== undefined && lone.lower.endsWith('ing') && words.length - from === 2)
    return `${capitalised(lone.lower)} is out of scope.`
  return end > from && bare && head !== undefined && !emptyNouns.has(head.lemma) && end - from < 5
    ? outOfScope(words.slice(from, end))
    : undefined
}

const planning = wordSet('planned needed wanted included necessary required important part')

/** In `Are auctions planned?` the auctions. */
function plannedThing(words: readonly Word[], from: number): string | undefined {
  const end = nounPhraseEnd(words, from + 1)
  const head = headOf(words.slice(from + 1, end))
  const asks =
    ['is', 'are'].includes(words[from]?.lower ?? '') && planning.has(words[end]?.lower ?? '')
  return asks && head !== undefined && !emptyNouns.has(head.lemma)
    ? outOfScope(words.slice(from + 1, end))
    : undefined
}

function outOfScope(phrase: readonly Word[]): string {
  const end = nounPhraseEnd(phrase, 0)
  const thing = withoutAny(phrase.slice(0, end))
  const head = headOf(thing)
  const where = spoken(phrase.slice(end)).trim()
  const plural = head !== undefined && isPlural(head)
  // `in the first version` says when; `with points for every visit` says which.
  const timed = /^(?:in|at|until) |^for (?:now|later|the (?:first|time|moment|start))/.test(where)
  const article = needsArticle(thing, head)
    ? `${/^[aeiou]/i.test(thing[0]?.text ?? '') ? 'an' : 'a'} `
    : ''
  const name = timed || where === '' ? spoken(thing) : `${spoken(thing)} ${where}`
  return `${capitalised(`${article}${name}`)} ${plural ? 'are' : 'is'} out of scope${timed ? ` ${where}` : ''}.`
}

/** `chatbot` wants an article, `marketing` and `push notifications` do not. */
function needsArticle(thing: readonly Word[], head: Word | undefined): boolean {
  return (
    head !== undefined &&
    !isPlural(head) &&
    head.pos === 'NOUN' &&
    thing.every(({ pos }) => pos === 'NOUN' || pos === 'ADJ') &&
    !/(?:ing|ment|ion|ity|ness|ware|ance|ence|payroll|music|data)$/.test(head.lower)
  )
}

function withoutAny(phrase: readonly Word[]): readonly Word[] {
  return ['any', 'some', 'no'].includes(phrase[0]?.lower ?? '') ? withoutDeterminer(phrase) : phrase
}
