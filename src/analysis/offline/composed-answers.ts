import { emptyNouns, isHuman } from './lexicon/nouns.ts'
import { actionVerbs } from './lexicon/verbs.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { headOf, isNoun, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, textOf, type Word } from './words.ts'
import { lowerFirst } from './written.ts'

const modals = wordSet('should shall can could may must will would')
const pronouns = wordSet('they he she it we you people everybody everyone')
const leading = wordSet(
  'by via per through with without for in on at from till until up to within before after only once twice every during unless as using over under between daily weekly monthly always immediately automatically',
)
const obliging = phraseList('have to\nhas to\nneed to\nneeds to\nmust\nshould\ncan\nmay\ncould')

/** A question by its parts: `should` `drivers` `see the number`. */
interface Asked {
  modal: string
  who: string
  deed: readonly Word[]
}

/** What a fragment says together with the question that it answers; undefined for other answers. */
export function composedAnswer(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  if (asked.length > 30 || words.length - from > 26) return undefined
  return (
    keptFor(words, from, asked) ??
    whenAllowed(words, from, asked) ??
    ofWhat(words, from, asked) ??
    doingWhat(words, from, asked) ??
    untilWhen(words, from, asked) ??
    shownWhere(words, from, asked) ??
    shownThen(words, from, asked) ??
    ordered(words, from, asked) ??
    toldBy(words, from, asked)
  )
}

/** `Do you need a history? – Ten years.` */
function keptFor(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const opens = openingEnd(asked)
  const text = asked.slice(opens, opens + 3).map(({ lower }) => lower)
  const needs = text.join(' ') === 'do you need' || text.join(' ') === 'do you want'
  const end = nounPhraseEnd(asked, opens + 3)
  const thing = asked.slice(opens + 3, end)
  const part = fragment(words, from)
  const lasts = part[0]?.pos === 'NUM' && spans.has(part[1]?.lemma ?? '') && part.length === 2
  const closes = asked[end]?.lower === '?'
  return needs && lasts && closes && thing.length > 0
    ? `the system must keep ${textOf(thing)} for ${lowerFirst(textOf(part))}.`
    : undefined
}

const spans = wordSet('hour day week month year')

function yesOrNo(asked: readonly Word[]): Asked | undefined {
  const from = openingEnd(asked)
  const modal = asked[from]?.lower ?? ''
  const end = whoEnd(asked, from + 1)
  const deed = withoutStop(asked.slice(end))
  if (!modals.has(modal) || end === from + 1 || deed.length === 0) return undefined
  const who = textOf(asked.slice(from + 1, end))
  return /^(?:you|i)$/i.test(who) ? undefined : { modal, who, deed }
}

function whoEnd(words: readonly Word[], from: number): number {
  return pronouns.has(words[from]?.lower ?? '') ? from + 1 : nounPhraseEnd(words, from)
}

function withoutStop(words: readonly Word[]): readonly Word[] {
  return words.filter(({ pos }) => pos !== 'PUNCT')
}

/** The words up to the first stop or comma, where they tell nothing by a verb of their own. */
function fragment(words: readonly Word[], from: number): readonly Word[] {
  const stop = words.findIndex(
    ({ text, lower }, at) =>
      at > from && (/^[.,;!–—-]$/.test(text) || ['but', 'so'].includes(lower)),
  )
  const part = words.slice(from, stop === -1 ? words.length : stop)
  const tells = part.some(({ pos }, at) => pos === 'AUX' || (pos === 'VERB' && !isGerund(part, at)))
  const speaks = part.some(({ lower }) => ['i', 'me', 'you', 'that', 'this'].includes(lower))
  return tells || speaks ? [] : part
}

function isGerund(words: readonly Word[], at: number): boolean {
  return words[at]?.lower.endsWith('ing') === true && (at === 0 || words[at - 1]?.pos === 'ADP')
}

/** `Should drivers see the number? – Only on the day of the delivery.`, `Should they be sorted? – By date.` */
function whenAllowed(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const question = yesOrNo(asked)
  const part = fragment(words, from)
  const [first, second] = part
  if (question === undefined || first === undefined) return undefined
  const { modal, who, deed } = question
  const only = ['only', 'just'].includes(first.lower)
  const opens = only ? second : first
  // `Up to 5 files per ticket` limits the files that are spoken of.
  const limits = part.some((word) => isNoun(word) && deed.some(({ lemma }) => lemma === word.lemma))
  const isWay = leading.has(opens?.lower ?? '') && opens?.pos !== 'PART' && !limits
  const said = textOf(deed)
  if (isWay && part.length > 1 && part.length < 12) {
    const be = deed[0]?.lower === 'be'
    const can = only && !be ? 'can only' : modal === 'shall' ? 'should' : modal
    const rest = textOf(only ? part.slice(1) : part)
    const able = said.replace(/^be (?:able|allowed) to /, '')
    return `${who} ${can} ${only ? able : said} ${only && be ? 'only ' : ''}${rest}.`
  }
  return only ? onlyOf(part.slice(1), question) : undefined
}

/** `Should members see each other's results? – Only their own.` */
function onlyOf(said: readonly Word[], { who, deed }: Asked): string | undefined {
  const [verb, ...rest] = deed[0]?.lower === 'be' ? deed.slice(3) : deed
  const end = nounPhraseEnd(rest, 0)
  const head = headOf(rest.slice(0, end))
  if (verb === undefined || head === undefined || said.length === 0 || said.length > 9)
    return undefined
  const own = said.at(-1)?.lower === 'own'
  const names = said.some((word) => isNoun(word) && !isHuman(word.lemma))
  if (!own && !names) return undefined
  const thing = own ? `${textOf(said)} ${head.text}` : textOf(said)
  return `${who} can only ${verb.text} ${thing}${own ? ` ${textOf(rest.slice(end))}`.trimEnd() : ''}.`
}

/** `What do applicants have to upload? – A CV and two references.` */
function ofWhat(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const what = asked.findIndex(({ lower }, at) => at < 6 && (lower === 'what' || lower === 'which'))
  const after = ['do', 'does'].includes(asked[what + 1]?.lower ?? '') ? what + 2 : what + 1
  const modal = after === what + 1 ? phraseLength(asked, after, obliging) : 0
  const end = whoEnd(asked, after + modal)
  const must = modal > 0 ? 0 : phraseLength(asked, end, obliging)
  const verb = asked[end + must]
  const rest = withoutStop(asked.slice(end + must + 1))
  const known = verb !== undefined && actionVerbs.has(verb.lower) && rest.length < 5
  const thing = nounPhraseEnd(words, from)
  const tells = words[thing]?.pos === 'AUX' || words[thing]?.pos === 'VERB'
  const who = textOf(asked.slice(after + modal, end))
  if (what === -1 || modal + must === 0 || !known || thing === from || tells) return undefined
  if (who === '' || /^(?:you|we|i|it)$/i.test(who)) return undefined
  const force = asked
    .slice(modal > 0 ? after : end, modal > 0 ? after + modal : end + must)
    .map(({ lower }) => lower)
    .join(' ')
  const may = ['can', 'may', 'could'].includes(force) ? 'can' : 'must'
  return (
    `${who} ${may} ${verb.text} ${lowerFirst(textOf(words.slice(from))).replace(/[.!]$/, '')} ${textOf(rest)}`.trim() +
    '.'
  )
}

/** `What does a nurse do with it? – Looks up the patient and ticks it off.` */
function doingWhat(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const what = asked.findIndex(({ lower }, at) => at < 6 && lower === 'what')
  const verb = asked[what + 1]?.lower ?? ''
  const end = whoEnd(asked, what + 2)
  const who = textOf(asked.slice(what + 2, end))
  const does = asked.slice(end).some(({ lower }) => lower === 'do')
  const first = words[from]
  const told =
    first?.pos === 'VERB' && actionVerbs.has(first.lemma) && !/(?:ed|ing)$/.test(first.lower)
  if (what === -1 || !does || !told || end === what + 2) return undefined
  if (!['do', 'does', 'can', 'should', 'must', 'will', 'would'].includes(verb)) return undefined
  if (/^(?:you|i)$/i.test(who)) return undefined
  const it = /^(?:it|the system|the software|the app|that)$/i.test(who)
  const deeds = words.slice(from).map((word, at, all) => {
    const opens = at === 0 || ['and', ',', 'then'].includes(all[at - 1]?.lower ?? '')
    const known = word.pos === 'VERB' && actionVerbs.has(word.lemma)
    return opens && known ? { ...word, text: word.lemma } : word
  })
  return `${who} ${it ? 'should' : 'can'} ${textOf(deeds)}`
}

/** `Until when can they hand in? – Midnight on the last day.` */
function untilWhen(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const when = asked.findIndex(
    ({ lower }, at) =>
      lower === 'when' && ['until', 'till', 'by'].includes(asked[at - 1]?.lower ?? ''),
  )
  const can = asked[when + 1]?.lower ?? ''
  const end = whoEnd(asked, when + 2)
  const part = fragment(words, from)
  const who = textOf(asked.slice(when + 2, end))
  const deed = textOf(withoutStop(asked.slice(end)))
  const usable = modals.has(can) || ['do', 'does'].includes(can)
  if (when < 1 || !usable || part.length === 0 || who === '' || deed === '') return undefined
  if (/\b(?:ready|done|finished|you|need)\b/i.test(`${who} ${deed}`)) return undefined
  const by = ['until', 'till', 'by', 'before', 'at'].includes(part[0]?.lower ?? '')
  return `${who} ${modals.has(can) ? can : 'can'} ${deed} ${by ? '' : 'until '}${textOf(part)}.`
}

const showing = wordSet('on in')

/** `What should be on the label? – The name and the price.`, `What do you want to see on the first page?` */
function shownWhere(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const what = asked.findIndex(({ lower }, at) => at < 6 && lower === 'what')
  const at = asked.findLastIndex(({ lower }, index) => index > what + 2 && showing.has(lower))
  const place = at === -1 ? [] : withoutStop(asked.slice(at + 1))
  const between = asked.slice(what + 1, at === -1 ? asked.length : at).map(({ lower }) => lower)
  const sees = between.some((lower) => ['see', 'find', 'show'].includes(lower))
  const is = between.includes('be') || between.includes('stand')
  const wants = between.some(
    (lower) => modals.has(lower) || ['want', 'need', 'like'].includes(lower),
  )
  if (what === -1 || !wants || !(sees || is)) return undefined
  const you = between.includes('you') || between.includes('we')
  const head = headOf(place)
  const thing = nounPhraseEnd(words, from)
  const asks = ['what', 'which', 'who', 'how', 'where'].includes(words[from]?.lower ?? '')
  const tells = words[thing]?.pos === 'AUX' || words[thing]?.pos === 'VERB'
  if ((thing === from || tells) && !asks) return undefined
  const said = lowerFirst(textOf(words.slice(from))).replace(/[.!]$/, '')
  if (head !== undefined && !emptyNouns.has(head.lemma) && nounPhraseEnd(place, 0) === place.length)
    return `${textOf(place)} should show ${said}.`
  return sees && you ? `we need to see ${said}.` : undefined
}

/** `What happens if nobody signs? – A red flag next to the name.`: it is shown. */
function shownThen(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const supposes = asked
    .slice(0, 6)
    .some(
      ({ lower }, at, all) =>
        lower === 'if' || (lower === 'when' && all[at - 1]?.lower === 'happens'),
    )
  const part = fragment(words, from)
  const end = nounPhraseEnd(part, 0)
  const head = headOf(part.slice(0, end))
  const article = ['a', 'an'].includes(part[0]?.lower ?? '')
  if (!supposes || !article || head === undefined || emptyNouns.has(head.lemma)) return undefined
  return isHuman(head.lemma) ? undefined : `the system should show ${lowerFirst(textOf(part))}.`
}

/** `What should it do? – Keep the selection, obviously.` */
function ordered(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const text = asked.map(({ lower }) => lower).join(' ')
  const asks =
    /\bwhat (?:should|would|shall|must) (?:it|the \w+|that) do\b|\bwhat should happen\b|\bwhat would you (?:like|want|expect|prefer)\b|\bwhat (?:would be|is) right\b|\bhow should it\b/.test(
      text,
    )
  const denied = /\b(?:must|should|may)(?: n't| not) (?:do|happen)\b/.test(text)
  const verb = words[from]
  const base = verb?.pos === 'VERB' && verb.lower === verb.lemma && actionVerbs.has(verb.lower)
  const rest = words.slice(from + 1)
  return (asks || denied) && base && rest.some(isNoun)
    ? `the system ${denied ? 'must not' : 'should'} ${lowerFirst(textOf(words.slice(from)))}`
    : undefined
}

/** `How does the farmer know what to pack? – A list per van.` */
function toldBy(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const how = asked.findIndex(({ lower }, at) => at < 4 && lower === 'how')
  const does = ['do', 'does', 'will', 'should', 'would'].includes(asked[how + 1]?.lower ?? '')
  const end = whoEnd(asked, how + 2)
  const learns = ['know', 'learn', 'find', 'hear', 'see'].includes(asked[end]?.lower ?? '')
  const who = textOf(asked.slice(how + 2, end))
  const by = ['by', 'from', 'through', 'with'].includes(words[from]?.lower ?? '') ? from + 1 : from
  const part = fragment(words, by)
  const thing = nounPhraseEnd(part, 0)
  const head = headOf(part.slice(0, thing))
  if (how === -1 || !does || !learns || head === undefined || isHuman(head.lemma)) return undefined
  const article = ['a', 'an', 'the', 'some'].includes(part[0]?.lower ?? '')
  if (/^(?:you|we|i|it)$/i.test(who) || !(article || by > from)) return undefined
  return `${who} should get ${lowerFirst(textOf(part))}.`
}
