import type { Condition } from '../../domain/brief.ts'
import type { z } from 'zod'
import { clauseEnd, isDeedStart, isJoin, opensClause } from './clause-end.ts'
import { wordSet } from './lexicon/word-set.ts'
import { actionVerbs, particles, weather } from './lexicon/verbs.ts'
import { isDeterminer, isNoun, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { textOf, type Word } from './words.ts'

export type ConditionPart = z.infer<typeof Condition>

/** One verb with what belongs to it: `book` + `a class on their phone`. */
export interface Deed {
  verb: Word
  /** Everything after the verb, without the condition. */
  phrase: readonly Word[]
  /** The part of `phrase` that is acted on. */
  object: readonly Word[]
  condition?: ConditionPart
}

const dangling = wordSet(`
  whether
  and or but to for of in on at with from by that which who the a an then also too as is are be its
  maybe probably please right okay ok just again well really basically somehow even like not only
  themselves itself himself herself yourself their our my very more so any anymore , - : '
`)
const conditions: ReadonlyMap<string, ConditionPart['kind']> = new Map([
  ['when', 'when'],
  ['whenever', 'when'],
  ['once', 'when'],
  ['if', 'if'],
  ['while', 'while'],
])
const timeNouns = wordSet('hour time day date moment period slot')
const pronouns = wordSet('he she they we i')
const timeSpans = wordSet('hour day week month quarter year season night')
const asking = wordSet('see check know decide ask tell show verify find')

/** The deeds that begin here and share a subject: `see the schedule and book a class`. */
export function deedsFrom(words: readonly Word[], from: number, limit: number): Deed[] {
  const start = words[from]?.lower === 'to' ? from + 1 : from
  if (!isVerb(words[start])) return []
  const end = clauseEnd(words, start, limit)
  const spans: (readonly [number, number])[] = []
  let open = start
  for (let index = start + 1; index < end; index++) {
    const join = words[index]
    if (!isJoin(join) && join?.lower !== ',') continue
    const next = nextDeed(words, index, end)
    if (next === undefined) continue
    spans.push([open, index])
    open = next
    index = next
  }
  spans.push([open, end])
  const deeds: Deed[] = []
  for (const [a, b] of spans) deeds.push(...deedOf(words, a, b, deeds.at(-1)?.object ?? []))
  return shareObjects(deeds)
}

const goingOn = wordSet('then also to even maybe perhaps possibly ideally preferably')

function nextDeed(words: readonly Word[], join: number, end: number): number | undefined {
  let at = join + 1
  while (at < end && (isJoin(words[at]) || goingOn.has(words[at]?.lower ?? ''))) at++
  const passive = words[at]?.lower === 'be' && words[at + 1]?.pos === 'VERB'
  return passive || isDeedStart(words, at, end) ? at : undefined
}

function isVerb(word: Word | undefined): word is Word {
  return (
    word !== undefined && (word.pos === 'VERB' || word.pos === 'AUX' || actionVerbs.has(word.lower))
  )
}

function deedOf(
  words: readonly Word[],
  from: number,
  to: number,
  spokenOf: readonly Word[],
): Deed[] {
  const verb = words[from]
  if (verb === undefined) return []
  const points = ['it', 'them'].includes(words[from + 1]?.lower ?? '') && spokenOf.length > 0
  // `add a tool, edit it`: the object goes on.
  const told = points ? [...spokenOf, ...words.slice(from + 2, to)] : words.slice(from + 1, to)
  const said = namingLast(told, spokenOf)
  // `move an appointment themselves`: who else?
  const all = said.filter(({ lower }, at) => lower !== 'themselves' || at === 0)
  const [first, second] = all
  if (all.length === 1 && first?.lower === 'it') return [{ verb, phrase: all, object: all }]
  if (all.length === 2 && first?.pos === 'ADP' && second?.lower === 'it')
    return [{ verb, phrase: all, object: [] }]
  if (['that', 'this', 'it'].includes(all.at(-1)?.lower ?? '') && !isNamedBefore(all)) return []
  const { before, condition } = cutCondition(all, verb)
  const trimmed = withoutPointer(trimEnd(cutBrokenRelative(before)))
  // `log in, choose a teacher`: the small word belongs to the verb.
  const lone = trimmed.length === 0 && particles.get(verb.lemma)?.has(before[0]?.lower ?? '')
  const phrase = lone === true ? before.slice(0, 1) : trimmed
  const object = phrase.slice(0, nounPhraseEnd(phrase, 0))
  return [{ verb, phrase, object, ...(condition && { condition }) }]
}

/** `ticks a box for that`: for what was told before. */
function withoutPointer(words: readonly Word[]): readonly Word[] {
  const [to, that] = words.slice(-2)
  const points =
    ['for', 'with', 'from', 'about'].includes(to?.lower ?? '') &&
    ['that', 'this', 'it'].includes(that?.lower ?? '')
  return points && words.slice(0, -2).some(isNoun) ? words.slice(0, -2) : words
}

/** `a piece after they have received it`: what the last word means stands there. */
export function isNamedBefore(words: readonly Word[]): boolean {
  const at = words.findIndex(({ lower }) => ['before', 'after', 'until'].includes(lower))
  return (
    at > 0 && words.slice(0, at).some(isNoun) && words.slice(at).some(({ pos }) => pos === 'VERB')
  )
}

/** `create shifts and assign people to them`, `see open shifts and sign up for the ones they want` */
function namingLast(words: readonly Word[], spokenOf: readonly Word[]): readonly Word[] {
  if (spokenOf.length === 0) return words
  const at = words.findLastIndex(
    ({ pos }, index) => pos === 'ADP' && lastPronoun(words, index + 1) > 0,
  )
  return at === -1 ? words : [...words.slice(0, at + 1), ...spokenOf]
}

/** How many words `them`, `the ones`, `the ones they want` has at the end; 0 for anything else. */
function lastPronoun(words: readonly Word[], from: number): number {
  const rest = trimEnd(words.slice(from)).map(({ lower }) => lower)
  const text = rest.join(' ')
  return /^(?:them|the ones(?: (?:that )?they(?: (?:want|need|like))?)?)$/.test(text)
    ? rest.length
    : 0
}

/** `add and edit classes`: what is added stands after the last verb. */
function shareObjects(deeds: readonly Deed[]): Deed[] {
  return deeds.map((deed, index) => {
    const next = deeds.slice(index + 1).find((later) => later.object.length > 0)
    return deed.phrase.length === 0 && next !== undefined
      ? { ...deed, phrase: next.phrase, object: next.object }
      : deed
  })
}

function cutCondition(
  words: readonly Word[],
  verb: Word,
): { before: readonly Word[]; condition?: ConditionPart } {
  const at = words.findIndex((word, index) => {
    const previous = index === 0 ? verb : words[index - 1]
    // `the hours when they are available` says which hours.
    const relative = word.lower === 'when' && timeNouns.has(previous?.lemma ?? '')
    const counts = word.lower === 'once' && isCount(words, index)
    // `see for each room when it was cleaned`
    if (asking.has(verb.lemma) && words[0]?.lower === 'for' && word.lower === 'when') return false
    return conditions.has(word.lower) && !relative && !counts && !asking.has(previous?.lemma ?? '')
  })
  if (at === -1) return { before: words }
  const object = words.slice(0, nounPhraseEnd(words, 0))
  const condition = conditionOf(named(words.slice(at), object))
  return { before: words.slice(0, at), ...(condition && { condition }) }
}

/** `only once`, `once a year` */
function isCount(words: readonly Word[], at: number): boolean {
  const [before, next, after] = [words[at - 1], words[at + 1], words[at + 2]]
  const ends = next === undefined || next.pos === 'PUNCT' || next.pos === 'CCONJ'
  const each = ['a', 'per', 'every', 'each'].includes(next?.lower ?? '')
  const span = after?.pos === 'NUM' ? words[at + 3] : after
  return before?.lower === 'only' || ends || (each && timeSpans.has(span?.lemma ?? ''))
}

/** `record a donation when it comes in`: the donation comes in. */
function named(condition: readonly Word[], object: readonly Word[]): readonly Word[] {
  const head = object.findLast(isNoun)
  if (condition[1]?.lower !== 'it' || head === undefined || object.length > 4) return condition
  const the = { ...condition[1], text: 'the', lower: 'the', lemma: 'the', pos: 'DET' }
  return [...condition.slice(0, 1), the, ...withoutDeterminer(object), ...condition.slice(2)]
}

const waiting = wordSet("have want need not n't do does to can must should will would")

/** The condition that these words open with: `when a place becomes free`. */
export function conditionOf(words: readonly Word[]): ConditionPart | undefined {
  const kind = conditions.get(words[0]?.lower ?? '')
  if (kind === undefined || (words[0]?.lower === 'once' && isCount(words, 0))) return undefined
  const end = clauseEnd(words, 1, words.length)
  // Speech begins anew: `if the game of if the schedule is changed`.
  const again = words.findLastIndex((word, index) => index < end && conditions.has(word.lower))
  const inner = trimEnd(words.slice(again + 1, withoutComma(words, again + 1, end)))
  const hasVerb = inner.some(
    (word) => word.pos === 'VERB' || word.pos === 'AUX' || actionVerbs.has(word.lemma),
  )
  const ofNobody =
    inner[0]?.lower === 'it' && inner.some(({ lemma }) => weather.has(lemma)) && inner.length < 6
  const vague = inner.some(
    (word, at) =>
      ['i', 'it', 'that', 'me', 'possible', 'he', 'she'].includes(word.lower) &&
      !(ofNobody && at === 0),
  )
  // `if they do not have`: what is missing was never said.
  const open = waiting.has(inner.at(-1)?.lower ?? '')
  if (!hasVerb || vague || open || inner.length < 2 || inner.length > 25) return undefined
  return { kind, text: textOf(inner) }
}

/** In `if a disease is found the inspector has to …` the condition ends where the inspector begins. */
function withoutComma(words: readonly Word[], from: number, end: number): number {
  const verb = words.findIndex(
    ({ pos }, at) => at > from && at < end && (pos === 'VERB' || pos === 'AUX'),
  )
  if (verb === -1) return end
  for (let at = verb + 1; at < end; at++) {
    if (isJoin(words[at]) && addsThing(words, at + 1, end)) return at
    if (isJoin(words[at]) && goesOnElsewhere(words, verb, at + 1)) return at
    const opens = isDeterminer(words[at]) || pronouns.has(words[at]?.lower ?? '')
    const told = words[at - 1]?.lower === 'that' || words[at - 1]?.pos === 'ADP'
    if (opens && !told && opensClause(words, at, words.length)) return at
  }
  return end
}

/** In `scan a bag when it comes in and just say what is inside` the bag says nothing. */
function goesOnElsewhere(words: readonly Word[], verb: number, from: number): boolean {
  const at = ['just', 'then', 'also'].includes(words[from]?.lower ?? '') ? from + 1 : from
  const [told, next] = [words[verb], words[at]]
  const isOne = told?.pos === 'VERB' && told.lower !== told.lemma && told.lower.endsWith('s')
  return isOne && next?.pos === 'VERB' && next.lower === next.lemma
}

/** In `an email when they are assigned and a reminder the day before` the reminder is no condition. */
function addsThing(words: readonly Word[], from: number, end: number): boolean {
  const article = ['a', 'an'].includes(words[from]?.lower ?? '')
  return article && nounPhraseEnd(words, from) > from && !opensClause(words, from, end)
}

/** A relative clause without a verb (`the event that the country during the game`) is cut off. */
function cutBrokenRelative(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex(
    (word, index) =>
      index > 0 && ['that', 'which', 'who'].includes(word.lower) && isNoun(words[index - 1]),
  )
  if (at === -1) return words
  const whole = words.slice(at + 1).some((word) => word.pos === 'VERB' || word.pos === 'AUX')
  return whole ? words : words.slice(0, at)
}

/** Without words at the end that wait for something to follow. */
export function trimEnd(words: readonly Word[]): readonly Word[] {
  let end = words.length
  while (
    end > 0 &&
    dangling.has(words[end - 1]?.lower ?? '') &&
    !isLiking(words, end - 1) &&
    !isLikeness(words, end - 1) &&
    !isHow(words, end - 1) &&
    !isByItself(words, end - 1) &&
    !isParticle(words, end - 1)
  )
    end--
  return words.slice(0, end)
}

/** `stay as they are` */
function isLikeness(words: readonly Word[], at: number): boolean {
  const [as, who] = [words[at - 2]?.lower, words[at - 1]?.lower]
  return as === 'as' && (who === 'they' || who === 'it') && words[at]?.pos === 'AUX'
}

/** `people who do not see well`, `when it opens again` */
function isHow(words: readonly Word[], at: number): boolean {
  const told = ['VERB', 'NOUN', 'ADV'].includes(words[at - 1]?.pos ?? '')
  return words[at]?.lower === 'again'
    ? told
    : words[at]?.lower === 'well' && words[at - 1]?.pos === 'VERB'
}

/** `changes by itself`, `on its own` */
function isByItself(words: readonly Word[], at: number): boolean {
  const by = words[at - 1]?.lower === 'by'
  return by && ['itself', 'themselves'].includes(words[at]?.lower ?? '')
}

const small = wordSet('in on off out up over back')

/** `what each job brought in`: the small word belongs to the verb of what is asked. */
function isParticle(words: readonly Word[], at: number): boolean {
  const asked = words
    .slice(0, at)
    .some(({ lower }) => ['what', 'which', 'who', 'how', 'that'].includes(lower))
  const verb = words[at - 1]
  // `without logging in`
  const gerund = verb?.lower.endsWith('ing') === true && words[at - 2]?.pos === 'ADP'
  return (asked || gerund) && small.has(words[at]?.lower ?? '') && verb?.pos === 'VERB'
}

/** `the pictures they like` */
function isLiking(words: readonly Word[], at: number): boolean {
  return words[at]?.lower === 'like' && ['they', 'we', 'you'].includes(words[at - 1]?.lower ?? '')
}
