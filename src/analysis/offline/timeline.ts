import { findAnchors } from './anchors.ts'
import { clausesIn } from './clauses.ts'
import { bareDateEnd, concludes, dateIn, wholes } from './dates.ts'
import { capitalised } from './inflect.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { isNoun, nounPhraseEnd, subjectPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { subjectBefore } from './subject.ts'
import { phraseLength, textOf, type Word } from './words.ts'
import { lowerFirst } from './written.ts'

/** What has a date: the work itself, or a part of it. */
const works = wordSet(
  'version release pilot phase fix change prototype beta launch system app application software website site portal platform tool project product',
)
const readiness = phraseList(`
  ready
  done
  finished
  complete
  completed
  online
  in use
  available
  fixed
  up
  up and running
  rolled out
  sorted out
  solved
  resolved
  repaired
  in place
  usable
`)
const going = phraseList(
  'go live\ngoes live\nlaunch\nlaunches\nbe live\nstart\nstarts\nbegin\nbegins',
)
/** What is said of a defect. */
const mending = wordSet('sorted solved resolved repaired')
const goingLive = phraseList('go live\ngoes live\nlaunches\nis launched')
const askedForDate =
  /\b(?:when|deadline|until when|by when|how urgent|how soon|timeline|time ?frame|due|urgent|how fast do you need)\b/i

export interface Due {
  statement: string
  /** The words that name the date. */
  words: readonly Word[]
}

/**
 * When the work has to be there, and each part of it: from `it has to be ready by the end of May`,
 * `the pilot in July and the rest by Christmas`, or from `By the first of March, please.` where the
 * agent asked for it.
 */
export function duesIn(words: readonly Word[], asked: string): Due[] {
  const found = namedDues(words, asked)
  const before = found.length > 0 ? undefined : beforeThat(words, asked)
  return before === undefined ? found : [before]
}

function namedDues(words: readonly Word[], asked: string): Due[] {
  if (dateIn(words, 0) === undefined) return bareDue(words, asked)
  const whole = dueIn(words, asked)
  const parts = clausesIn(words)
  if (parts.length === 1) return whole === undefined ? [] : [whole]
  // A clause that only goes on with the date (`…, so by May`) has no work of its own.
  const each = parts.flatMap((part) => dueIn(part, '') ?? [])
  if (each.length === 0) return whole === undefined ? [] : [whole]
  // Beside one that has a work, any other thing with a date is a part of the work.
  const all = parts.flatMap((part) => dueIn(part, '') ?? ellipticDue(part, true) ?? [])
  return all.length > 1 ? all : [whole ?? all].flat()
}

/** `When would you like to start? – The first of September.`, `Early May, I hope.` */
function bareDue(words: readonly Word[], asked: string): Due[] {
  if (!askedForDate.test(asked)) return []
  const starts = [
    openingEnd(words),
    ...words.flatMap(({ lower }, at) => (lower === ',' ? [at + 1] : [])),
  ]
  const at = starts.findLast((start) => bareDateEnd(words, start) > start)
  if (at === undefined) return []
  return [due('the software', 'is ready', words.slice(at, bareDateEnd(words, at)), 'by')]
}

/** `The season starts on the third of October, before that.` in answer to when it is needed. */
function beforeThat(words: readonly Word[], asked: string): Due | undefined {
  const at = words.findIndex(
    ({ lower }, index) =>
      index > 2 &&
      lower === 'before' &&
      words[index - 1]?.lower === ',' &&
      words[index + 1]?.lower === 'that',
  )
  const found = at === -1 ? undefined : dateIn(words.slice(0, at), 0)
  const closes = words[at + 2] === undefined || words[at + 2]?.pos === 'PUNCT'
  if (!askedForDate.test(asked)) return undefined
  if (at === -1) return beforeEvent(words)
  if (found === undefined || !closes) return undefined
  return due('the software', 'is ready', words.slice(found.at + 1, found.end), 'before')
}

/** `The first trip is in May.` in answer to when it is needed: before that. */
function beforeEvent(words: readonly Word[]): Due | undefined {
  const from = openingEnd(words)
  const end = subjectPhraseEnd(words, from)
  const happens = eventful.has(words[end]?.lower ?? '')
  const found = happens ? dateIn(words, end + 1) : undefined
  const more = found === undefined ? undefined : dateIn(words, found.end)
  if (
    found?.at !== end + 1 ||
    more !== undefined ||
    end === from ||
    workNamed(words.slice(from, end)) !== undefined
  )
    return undefined
  const at = within.has(words[found.at]?.lower ?? '') ? found.at + 1 : found.at
  return due('the software', 'is ready', words.slice(at, found.end), 'before')
}

const within = wordSet('in on at')
const eventful = wordSet('is are starts start opens open begins begin')

function dueIn(words: readonly Word[], asked: string): Due | undefined {
  const from = openingEnd(words)
  const found = dateIn(words, from)
  if (found === undefined) return undefined
  const then = thenAfter(words, found.end)
  const bare = (found.at === from || concludes(words, found.at)) && askedForDate.test(asked)
  // What has to be there before that date is said after it.
  const doing =
    then === undefined ? workBefore(words, from, found.at) : workBefore(words, found.end, then.at)
  if (doing === undefined && !bare) return ellipticDue(words)
  const { subject, predicate } = doing ?? { subject: 'the software', predicate: 'is ready' }
  const date = words.slice(then === undefined ? found.at : found.at + 1, found.end)
  return due(subject, predicate, date, then?.by)
}

/** `the whole thing by the end of September`: no verb, but a work, or any thing, and its date. */
function ellipticDue(words: readonly Word[], anyThing = false): Due | undefined {
  const from = openingEnd(words)
  const whole = phraseLength(words, from, wholes)
  const thing = nounPhraseEnd(words, from)
  // `The pilot with five shops in January`
  const added = words[thing]?.lower === 'with' ? nounPhraseEnd(words, thing + 1) : thing
  const end = whole > 0 ? from + whole : Math.max(thing, added)
  const found = dateIn(words, end)
  const said = textOf(words.slice(from, end))
  const rest = /rest|remainder|else|other/i.test(said)
    ? 'the rest of the software'
    : 'the whole software'
  const named = workNamed(words.slice(from, end)) ?? (anyThing ? lowerFirst(said) : undefined)
  const work = whole > 0 ? rest : named
  return end === from || found?.at !== end || work === undefined
    ? undefined
    : due(work, 'is ready', words.slice(found.at, found.end))
}

function due(subject: string, predicate: string, date: readonly Word[], by?: string): Due {
  const when = textOf(date)
  const small = by === undefined ? when.charAt(0).toLowerCase() + when.slice(1) : `${by} ${when}`
  return { statement: `${capitalised(subject)} ${predicate} ${small}.`, words: date }
}

/** `We open on the first of May, it has to be ready before that.` */
function thenAfter(words: readonly Word[], from: number): { at: number; by: string } | undefined {
  const at = words.findIndex(
    ({ lower: word }, index) =>
      index >= from &&
      ['before', 'by', 'until'].includes(word) &&
      ['that', 'then'].includes(words[index + 1]?.lower ?? '') &&
      !['NOUN', 'ADJ', 'PROPN'].includes(words[index + 2]?.pos ?? ''),
  )
  const by = words[at]?.lower
  if (by === undefined) return undefined
  // `two weeks before that`
  const span = words[at - 2]?.pos === 'NUM' && spans.has(words[at - 1]?.lemma ?? '')
  return { at, by: span ? `${textOf(words.slice(at - 2, at))} ${by}` : by }
}

const spans = wordSet('day week month')

/** What is said to be ready, or to go live, before the date. */
function workBefore(
  words: readonly Word[],
  from: number,
  to: number,
): { subject: string; predicate: string } | undefined {
  const told = words.slice(from, to)
  const asks = findAnchors(told).length > 0
  const start = told.findIndex((_, at) => phraseLength(told, at, going) > 0)
  const state = told.findIndex(
    ({ lower: word }, at) =>
      phraseLength(told, at, readiness) > 0 &&
      // `after the check-up` makes nothing ready.
      (word !== 'up' || ['be', 'is'].includes(told[at - 1]?.lower ?? '')),
  )
  const subject = workNamed(told)
  const live = told.findIndex((_, at) => phraseLength(told, at, goingLive) > 0)
  if (live > 0 && subject === undefined) {
    const { kind, words: thing } = subjectBefore(told, live)
    if (kind === 'thing') return { subject: lowerFirst(textOf(thing)), predicate: 'goes live' }
  }
  if (state !== -1 && mending.has(told[state]?.lower ?? '') && (asks || subject !== undefined))
    return {
      subject: 'the defect',
      predicate: `is ${textOf(told.slice(state, state + phraseLength(told, state, readiness)))}`,
    }
  if (state !== -1 && (asks || subject !== undefined))
    return {
      subject: subject ?? 'the software',
      predicate: `is ${textOf(told.slice(state, state + phraseLength(told, state, readiness)))}`,
    }
  const ours = start > 0 && told[start - 1]?.lower === 'we' && told[start + 1]?.lower === 'live'
  if (start !== -1 && (subject !== undefined || asks || ours)) {
    const verb = told[start]?.lemma ?? 'go'
    const live = told[start + 1]?.lower === 'live' || verb === 'launch'
    return { subject: subject ?? 'the software', predicate: live ? 'goes live' : `${verb}s` }
  }
  // `we need the fix by Friday`
  const wished = told.some(({ lemma }) => ['need', 'want', 'have', 'expect'].includes(lemma))
  if (!wished || !asks) return undefined
  const named =
    subject ??
    (told.some(({ lower: word }) => ['it', 'this', 'that', 'everything'].includes(word))
      ? 'the software'
      : undefined)
  return named === undefined ? undefined : { subject: named, predicate: 'is ready' }
}

/** `the first version`, `the pilot` */
function workNamed(words: readonly Word[]): string | undefined {
  const at = words.findIndex((word) => isNoun(word) && works.has(word.lemma))
  if (at === -1) return undefined
  for (let start = Math.max(0, at - 3); start <= at; start++)
    if (nounPhraseEnd(words, start) > at)
      return `the ${textOf(words.slice(start, at + 1)).replace(/^(?:the|a|an|our|my|this) /i, '')}`
  return undefined
}
