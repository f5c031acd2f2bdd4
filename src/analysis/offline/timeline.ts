import { findAnchors } from './anchors.ts'
import { capitalised } from './inflect.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { isNoun, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const months = wordSet(
  'january february march april may june july august september october november december',
)
const dates = wordSet(`
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday
  spring summer autumn fall winter christmas easter holidays season quarter
  week month year weekend tomorrow today end beginning start middle
`)
const before = phraseList(
  'by\nbefore\nuntil\ntill\nno later than\nnot later than\nat the latest by',
)
const within = wordSet('in on within from')
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
`)
const going = phraseList(
  'go live\ngoes live\nlaunch\nlaunches\nbe live\nstart\nstarts\nbegin\nbegins',
)
const askedForDate =
  /\b(?:when|deadline|until when|by when|how urgent|how soon|timeline|time ?frame|due)\b/i

export interface Due {
  statement: string
  /** The words that name the date. */
  words: readonly Word[]
}

/**
 * When the work has to be there, as a sentence: from `it has to be ready by the end of May`, or from
 * `By the first of March, please.` where the agent asked for it. Undefined when no date is set.
 */
export function timelineIn(words: readonly Word[], asked: string): Due | undefined {
  const from = openingEnd(words)
  const found = dateIn(words, from)
  if (found === undefined) return undefined
  const then = thenAfter(words, found.end)
  const bare = (found.at === from || concludes(words, found.at)) && askedForDate.test(asked)
  const doing = workBefore(words, from, then?.at ?? found.at)
  if (doing === undefined && !bare) return undefined
  const date = words.slice(then === undefined ? found.at : found.at + 1, found.end)
  const text = `${then === undefined ? '' : `${then.by} `}${textOf(date)}`
  const { subject, predicate } = doing ?? { subject: 'the software', predicate: 'is ready' }
  return {
    statement: `${capitalised(subject)} ${predicate} ${lower(text)}.`,
    words: words.slice(found.at, found.end),
  }
}

/** `The fair is in May, so by the end of April.`: what follows from it. */
function concludes(words: readonly Word[], at: number): boolean {
  return (
    words[at - 1]?.lower === 'so' ||
    words
      .slice(at - 2, at)
      .map(({ lower: word }) => word)
      .join(' ') === 'so then'
  )
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
  return by === undefined ? undefined : { at, by }
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** `by the end of November`, `in October` */
function dateIn(words: readonly Word[], from: number): { at: number; end: number } | undefined {
  let vague: { at: number; end: number } | undefined
  const so = words.findIndex((_, at) => at > from && concludes(words, at))
  const concluded = so === -1 ? undefined : dateIn(words, so)
  if (concluded?.at === so) return concluded
  for (let at = from; at < words.length; at++) {
    const length = phraseLength(words, at, before) || Number(within.has(words[at]?.lower ?? ''))
    if (length === 0) continue
    const end = dateEnd(words, at + length)
    const named = words
      .slice(at + length, end)
      .some(
        ({ lower: word, lemma }) => dates.has(word) || dates.has(lemma) || /^20\d\d$/.test(word),
      )
    if (end === at + length || !named) continue
    // `before the fall season, so by September 1st`: the date counts.
    if (words.slice(at, end).some(isExact)) return { at, end }
    vague ??= { at, end }
  }
  return vague
}

function isExactAt(words: readonly Word[], at: number): boolean {
  return words[at]?.pos === 'NUM' || /^\d{1,4}(?:st|nd|rd|th)?$/.test(words[at]?.lower ?? '')
}

function isExact({ lower: word, pos }: Word): boolean {
  return months.has(word) || pos === 'NUM' || /^\d/.test(word)
}

/** After `the first of March`, `15 March 2027`, `next summer` */
function dateEnd(words: readonly Word[], from: number): number {
  const phrase = nounPhraseEnd(words, from)
  let end = phrase
  while (isExactAt(words, end) || dates.has(words[end]?.lower ?? '')) end++
  // `the first of March`: the tagger may take the ordinal for no noun.
  if (words[end]?.lower === 'first' && words[end + 1]?.lower === 'of')
    end = nounPhraseEnd(words, end + 2)
  if (['the', 'a'].includes(words[from]?.lower ?? '') && end === from) {
    const of = words.findIndex(({ lower: word }, at) => at > from && at < from + 4 && word === 'of')
    return of === -1 ? from : nounPhraseEnd(words, of + 1)
  }
  return end
}

/** What is said to be ready, or to go live, before the date. */
function workBefore(
  words: readonly Word[],
  from: number,
  to: number,
): { subject: string; predicate: string } | undefined {
  const told = words.slice(from, to)
  const asks = findAnchors(told).length > 0
  const start = told.findIndex((_, at) => phraseLength(told, at, going) > 0)
  const state = told.findIndex((_, at) => phraseLength(told, at, readiness) > 0)
  const subject = workNamed(told)
  if (state !== -1 && (asks || subject !== undefined))
    return {
      subject: subject ?? 'the software',
      predicate: `is ${textOf(told.slice(state, state + phraseLength(told, state, readiness)))}`,
    }
  if (start !== -1 && (subject !== undefined || asks)) {
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
