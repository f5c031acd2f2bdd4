import { phraseList, wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { composedAnswer } from './composed-answers.ts'
import { lowerFirst } from './written.ts'
import { doneByWhom, namesEnd, withClient, withQuestion } from './whole-answers.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const permitting = phraseList(
  'may\ncan\nshould\nmust\nis allowed to\nare allowed to\ngets to\nget to',
)
const keeping = wordSet('keep store save hold retain')
const spans = wordSet('minute hour day week month year')
const telling = wordSet('know see find learn report measure')
const evaluating = wordSet(
  'statistic statistics report evaluation evaluate figure number overview count analyse analysis',
)

/** What a question and the half sentence that answers it say together; undefined for other answers. */
export function answeredWith(
  words: readonly Word[],
  asked: readonly Word[],
  isFirst: boolean,
): string | undefined {
  const from = openingEnd(words)
  return (
    whoMay(words, from, asked) ??
    byWhom(words, from, asked) ??
    howLong(words, from, asked) ??
    whatToKnow(words, from, asked) ??
    whatToSee(words, from, asked) ??
    doneByWhom(words, from, asked) ??
    sentThen(words, from, asked) ??
    withQuestion(words, from, asked) ??
    (isFirst ? composedAnswer(words, from, asked) : undefined)
  )
}

/** `Who may publish a plan? – Only the editor.` */
function whoMay(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const who = asked.findIndex(({ lower }) => lower === 'who')
  const may = who + 1 + phraseLength(asked, who + 1, permitting)
  // `just` alone opens many a sentence.
  const isOnly = (at: number) => ['only', 'just'].includes(words[at]?.lower ?? '')
  const only = isOnly(from) ? from + 1 : from
  const end = namesEnd(words, only)
  const more = words[end]?.lower === ',' ? placeAfter(words, end + 1) : ''
  const alone = end > only && (isStop(words[end]) || more !== '')
  if (who === -1 || may === who + 1 || !alone) return undefined
  const names = withClient(textOf(words.slice(only, end)))
  const deed = textOf(asked.slice(may)).replace(/\s?[?.]+$/, '')
  return deed === '' || /\b(?:me|you|us)\b/i.test(names)
    ? undefined
    : `${only > from || isOnly(from - 1) ? 'only ' : ''}${names} can ${deed}${more}.`
}

/** `, on a map`, `, until the invoice is out`: where and when, after who. */
function placeAfter(words: readonly Word[], from: number): string {
  if (!placing.has(words[from]?.lower ?? '')) return ''
  const stop = words.findIndex(({ pos }, at) => at > from && pos === 'PUNCT')
  const part = words.slice(from, stop === -1 ? words.length : stop)
  return part.length > 1 && part.length < 9 ? ` ${textOf(part)}` : ''
}

const placing = wordSet('on in at with by via from until till before after during within')

/** `Can an entry be changed later? – By the lawyer, until the invoice is out.` */
function byWhom(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const modal = openingEnd(asked)
  const end = nounPhraseEnd(asked, modal + 1)
  const [be, done] = asked.slice(end, end + 2)
  const passive = be?.lower === 'be' && done?.pos === 'VERB' && done.lower !== done.lemma
  const can = ['can', 'may', 'should', 'must', 'could'].includes(asked[modal]?.lower ?? '')
  const only = words[from]?.lower === 'only' ? from + 1 : from
  const who = namesEnd(words, only + 1)
  if (!can || !passive || words[only]?.lower !== 'by' || who === only + 1) return undefined
  const more = words[who]?.lower === ',' ? placeAfter(words, who + 1) : ''
  const names = textOf(words.slice(only + 1, who))
  const thing = textOf(asked.slice(modal + 1, end))
  return `${only > from ? 'only ' : ''}${names} can ${done.lemma} ${thing}${more}.`
}

const seeing = wordSet('see get know receive show contain include need print list display')

/** `What should the receptionists see? – The whole week at a glance.` */
function whatToSee(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const what = asked.findIndex(({ lower }) => lower === 'what')
  const modal = ['should', 'must', 'can', 'do', 'does', 'will'].includes(
    asked[what + 1]?.lower ?? '',
  )
  const end = nounPhraseEnd(asked, what + 2)
  const who = textOf(asked.slice(what + 2, end))
  const verb = asked.slice(end).find(({ lower }) => seeing.has(lower))
  const rest = asked.slice(asked.findIndex((word) => word === verb) + 1)
  const thing = nounPhraseEnd(words, from)
  const [next] = words.slice(thing)
  // `The next departures and whether they are late` is one thing and what else is asked.
  const told = next?.pos === 'VERB' || next?.pos === 'AUX'
  const ends = rest.every(({ pos }) => pos === 'PUNCT')
  if (what === -1 || !modal || who === '' || verb === undefined || !ends) return undefined
  return thing === from || told || /^(?:you|we|i|it)$/i.test(who)
    ? undefined
    : `${who} should ${verb.lower} ${textOf(words.slice(from))}`
}

const news = wordSet(
  'message email mail letter text sms reminder notification warning alert bill invoice',
)

/** `What if they do not react? – Then one more message after two weeks.`: it is sent. */
function sentThen(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const opens = openingEnd(asked)
  const supposes = asked
    .slice(opens, opens + 4)
    .some(({ lower }) => ['if', 'when', 'happens'].includes(lower))
  const end = nounPhraseEnd(words, from)
  const head = headOf(words.slice(from, end))
  if (!supposes || head === undefined || !news.has(head.lemma)) return undefined
  const stop = words.findIndex(({ pos }, at) => at >= end && pos === 'PUNCT')
  const rest = words.slice(end, stop === -1 ? words.length : stop)
  return rest.some(({ pos }) => pos === 'VERB' || pos === 'AUX')
    ? undefined
    : `the system must send ${lowerFirst(textOf(words.slice(from)))}`
}

function isStop(word: Word | undefined): boolean {
  return word === undefined || word.pos === 'PUNCT'
}

/** `How long do you keep jobs? – Ten years.` */
function howLong(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const how = asked.findIndex(({ lower }, at) => lower === 'how' && asked[at + 1]?.lower === 'long')
  const kept = asked.findIndex(({ lemma }, at) => at > how && keeping.has(lemma))
  const counted = words[from]?.pos === 'NUM' || ['a', 'one'].includes(words[from]?.lower ?? '')
  const span = counted && spans.has(words[from + 1]?.lemma ?? '')
  const may = asked.findIndex(({ lower }, at) => at > how && ['may', 'can'].includes(lower))
  const doer = asked.slice(may + 1, nounPhraseEnd(asked, may + 1))
  // `How long can somebody keep a game?` is asked of those who keep it.
  if (how !== -1 && may !== -1 && span && doer.length > 0 && doer.length < 4)
    return `${textOf(doer)} can ${textOf(asked.slice(may + 1 + doer.length)).replace(/\s?[?.]+$/, '')} for ${lowerFirst(textOf(words.slice(from, from + 2)))}.`
  if (how === -1 || kept === -1 || !span) return undefined
  const thing =
    nounPhraseEnd(asked, kept + 1) > kept + 1
      ? asked.slice(kept + 1, nounPhraseEnd(asked, kept + 1))
      : thingBefore(asked, kept)
  const name = textOf(thing)
  return name === '' || /^(?:it|them|that|things?)$/i.test(name)
    ? undefined
    : `the system must keep ${name} for ${lowerFirst(textOf(words.slice(from, from + 2)))}.`
}

/** In `How long are the recordings kept?` the recordings. */
function thingBefore(words: readonly Word[], at: number): readonly Word[] {
  const be = words.findIndex(({ lower }) => ['are', 'is', 'should', 'must', 'can'].includes(lower))
  return be === -1 || be > at ? [] : words.slice(be + 1, nounPhraseEnd(words, be + 1))
}

/** `What do you want to know at the end? – How many hours each mover worked.` */
function whatToKnow(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const what = asked.findIndex(({ lower }) => lower === 'what')
  const wants = asked.some(({ lemma }, at) => at > what && ['want', 'need', 'like'].includes(lemma))
  const tells = asked.some(({ lemma }, at) => at > what && telling.has(lemma))
  const opens = ['how', 'which', 'who', 'where', 'whether'].includes(words[from]?.lower ?? '')
  const figures = asked.some(({ lemma }) => evaluating.has(lemma))
  const counts = words[from]?.lower === 'how' || words[from]?.lower === 'which'
  const any = counts && (figures || (wants && tells)) && words.length - from > 3
  return (what === -1 || !wants || !tells || !opens) && !any
    ? undefined
    : `we need to see ${textOf(words.slice(from))}`
}
