import { findAnchors } from './anchors.ts'
import { actionVerbs } from './lexicon/verbs.ts'
import { wordSet } from './lexicon/word-set.ts'
import { attaches, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { textOf, type Word } from './words.ts'

/** A question by its parts: `how often` `should` `the stock` `be counted`. */
interface Asked {
  by: 'how' | 'how often' | 'when' | 'where'
  verb: string
  who: string
  deed: string
}

const verbs = wordSet('do does should must can could may will would shall is are')
const copulas = wordSet('is are')
const abling = wordSet('can could may')
/** What is asked so is asked of today's way of working, or of the talk. */
const vague = wordSet(
  'do does happen happens work works look plan handle manage mean know imagine start begin go launch need want like think say',
)
const timely = wordSet('ready live done finished available there open online')
const pronouns = wordSet('they he she it you we people')
const placing = wordSet(
  'by via with without through on in at from to into over under per within before after during until till for as using',
)
const timing = wordSet(
  'every each once twice daily weekly monthly yearly hourly automatically always immediately right straight only',
)
const longest = 18

/**
 * What a half sentence says together with the question that it answers: `How do people pay? – With a
 * card or on account.` is `people can pay with a card or on account`. Undefined for whole sentences, for
 * questions about today, and for those about the date of the work.
 */
export function withQuestion(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const question = askedIn(asked)
  // `By searching for a word` tells what is done.
  const gerund = words[from + 1]?.lower.endsWith('ing') === true
  if (question === undefined || gerund || !isHalf(words, from)) return undefined
  const said = textOf(words.slice(from)).replace(/[.!]$/, '')
  const { by, verb, who, deed } = question
  if (by !== 'how' && by !== 'where' && !isTime(words, from)) return undefined
  if (verb === 'is' || verb === 'are') return `${who} must be ${deed} ${said}.`
  if (verb === 'must' || verb === 'should') return `${who} ${verb} ${deed} ${said}.`
  const able = abling.has(verb) || by === 'how' || by === 'where'
  return `${who} ${able ? 'can' : 'should'} ${deed} ${said}.`
}

/** `How long may a recording be? – A minute is plenty.` */
export function longEnough(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const how = asked.findIndex(
    ({ lower }, at) => lower === 'how' && measures.has(asked[at + 1]?.lower ?? ''),
  )
  const measure = asked[how + 1]?.lower ?? ''
  const may = ['may', 'can', 'should', 'must', 'is', 'are', 'could'].includes(
    asked[how + 2]?.lower ?? '',
  )
  const end = nounPhraseEnd(asked, how + 3)
  const who = textOf(asked.slice(how + 3, end))
  const stops = asked[asked[end]?.lower === 'be' ? end + 1 : end]
  const be = stops === undefined || stops.pos === 'PUNCT'
  const most = words[from]?.lower === 'up' && words[from + 1]?.lower === 'to' ? from + 2 : from
  const stop = nounPhraseEnd(words, most)
  const rest = words
    .slice(stop)
    .map(({ lower }) => lower)
    .join(' ')
    .replace(/[ .!,]+$/, '')
  const closes =
    /^(?:|(?:is|'s|would be) (?:plenty|enough|fine|the limit|the maximum|ok|okay)|(?:at (?:the )?most|tops|max|maximum))$/
  if (how === -1 || !may || !be || who === '' || stop === most || !closes.test(rest))
    return undefined
  const counts = words.slice(most, stop).some(({ pos, lower }) => pos === 'NUM' || lower === 'a')
  const amount = textOf(words.slice(most, stop)).replace(/^an? /i, 'one ')
  return counts
    ? `${who} must not be ${comparatives[measure] ?? 'larger'} than ${amount}.`
    : undefined
}

const comparatives: Readonly<Record<string, string>> = { long: 'longer', big: 'bigger' }
const measures = wordSet('long big large heavy high wide old')

function askedIn(words: readonly Word[]): Asked | undefined {
  const from = openingEnd(words)
  const first = words[from]?.lower ?? ''
  const often = first === 'how' && words[from + 1]?.lower === 'often'
  const at = from + (often ? 2 : 1)
  const by = often ? 'how often' : first
  if (by !== 'how' && by !== 'how often' && by !== 'when' && by !== 'where') return undefined
  const verb = words[at]?.lower ?? ''
  const end = pronouns.has(words[at + 1]?.lower ?? '') ? at + 2 : nounPhraseEnd(words, at + 1)
  const deed = words.slice(end).filter(({ lower }) => lower !== '?')
  const [main] = deed
  if (!verbs.has(verb) || end === at + 1 || main === undefined) return undefined
  const told = deed.some(({ lower }) =>
    ['now', 'today', 'currently', 'moment', 'present', 'that', 'this', 'everything'].includes(
      lower,
    ),
  )
  const dated = by === 'when' && deed.some(({ lower }) => timely.has(lower))
  const copula = ['is', 'are'].includes(verb) && !(main.pos === 'VERB' && main.lower !== main.lemma)
  if (told || dated || copula || vague.has(main.lower)) return undefined
  const you = words.slice(at + 1).some(({ lower }) => ['you', 'us', 'me'].includes(lower))
  // `Where are you based?`, `How do people find you?` are asked of the business.
  if (you && (copulas.has(verb) || words[at + 1]?.lower !== 'you')) return undefined
  const who = textOf(words.slice(at + 1, end)).replace(/^you$/i, 'we')
  return { by, verb, who, deed: textOf(deed) }
}

/** An answer that is no sentence: it opens with a way, a place or a time. */
function isHalf(words: readonly Word[], from: number): boolean {
  const rest = words.slice(from)
  const [first] = rest
  const opens =
    first !== undefined && (placing.has(first.lower) || isTime(words, from)) && first.pos !== 'VERB'
  if (!opens || rest.length > longest || findAnchors(rest).length > 0) return false
  return !rest.some(({ lower }) => ['i', 'we', 'you', 'me', 'us'].includes(lower))
}

/** `every Monday`, `two days before`, `in the morning` */
function isTime(words: readonly Word[], from: number): boolean {
  const [first, second] = words.slice(from)
  return (
    timing.has(first?.lower ?? '') ||
    first?.pos === 'NUM' ||
    (['a', 'an', 'the'].includes(first?.lower ?? '') && spans.has(second?.lemma ?? '')) ||
    ['before', 'after', 'at', 'on', 'in', 'when'].includes(first?.lower ?? '')
  )
}

const spans = wordSet('minute hour day week month evening morning night')

/** `Who enters the scores? – The referee does, right after the match.` */
export function doneByWhom(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const who = openingEnd(asked)
  const modal = ['should', 'must', 'will', 'would'].includes(asked[who + 1]?.lower ?? '') ? 1 : 0
  const verb = asked[who + 1 + modal]
  const known = verb?.pos === 'VERB' && actionVerbs.has(verb.lemma)
  if (asked[who]?.lower !== 'who' || !known || vague.has(verb.lemma)) return undefined
  const rest = textOf(asked.slice(who + 2 + modal)).replace(/\s?\?$/, '')
  const only = ['only', 'just'].includes(words[from]?.lower ?? '') ? from + 1 : from
  const end = namesEnd(words, only)
  const does = ['do', 'does', 'should', 'must'].includes(words[end]?.lower ?? '') ? end + 1 : end
  const next = words[does]
  const closes = next === undefined || next.pos === 'PUNCT'
  if (
    end === only ||
    !closes ||
    rest === '' ||
    /\b(?:you|it|they)\b/i.test(textOf(words.slice(only, end)))
  )
    return undefined
  const more =
    words[does]?.lower === ',' && isHalf(words, does + 1) ? textOf(words.slice(does + 1)) : ''
  const names = withClient(textOf(words.slice(only, end)))
  const base = verb.lower === 'gets' || verb.lower === 'get' ? 'should get' : `can ${verb.lemma}`
  return (
    `${only > from ? 'only ' : ''}${names} ${base} ${rest} ${more.replace(/[.!]$/, '')}`.trim() +
    '.'
  )
}

/** `Just me and the conductor` */
export function withClient(names: string): string {
  return names.replace(/\b(?:me|myself)\b/gi, 'the client').replace(/\bus\b/gi, 'the business')
}

/** After `the board and the accountant`. */
export function namesEnd(words: readonly Word[], from: number): number {
  const alone = nameEnd(words, from)
  // `Everyone in the association`
  const placed = alone > from && attaches(words, alone) ? nounPhraseEnd(words, alone + 1) : alone
  const end = placed > alone + 1 ? placed : alone
  const joins = ['and', 'or'].includes(words[end]?.lower ?? '')
  const more = joins && end > from ? nameEnd(words, end + 1) : end
  return more > end + 1 ? more : end
}

function nameEnd(words: readonly Word[], from: number): number {
  const client = ['me', 'us', 'myself'].includes(words[from]?.lower ?? '')
  return client ? from + 1 : nounPhraseEnd(words, from)
}
