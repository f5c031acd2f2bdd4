import { defectMark } from '../../domain/job.ts'
import { findAnchors } from './anchors.ts'
import { conditionOf, type ConditionPart } from './deeds.ts'
import { clauseEnd, opensClause } from './clause-end.ts'
import { faultAt, slipIn } from './faults.ts'
import { capitalised } from './inflect.ts'
import { emptyNouns, isHuman, wholeSoftware } from './lexicon/nouns.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd, subjectPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Word } from './words.ts'
import { conditionText, lowerFirst, spoken } from './written.ts'

/** What is wrong, and what an `it` after it means. */
export interface Defect {
  statement: string
  subject: string
  /** Taken for one because it was asked for. */
  onlyAsked?: boolean
}

export interface DefectContext {
  /** The talk, or the agent's question, is about something that is wrong. */
  trouble: boolean
  /** The talk says that something is wrong, and is not only taken for such a one. */
  says?: boolean
  /** It is asked what is wrong: whatever is told of a thing in the present is that. */
  asked?: boolean
  /** What was spoken of last: what an `it` means. */
  subject?: string
}

const family = wordSet('husband wife mother father brother sister son daughter partner friend')
const adverbs = wordSet('only also always just still often never sometimes even now')
const pronouns = wordSet('it this that')
const seen = wordSet('get see have receive')

/** `When a customer has a discount, the invoice shows the wrong total.`: what is to be mended. */
export function defectsIn(words: readonly Word[], context: DefectContext): Defect[] {
  const from = openingEnd(words)
  const step = stepFirst(words, from)
  const condition = step?.condition ?? conditionOf(ofUsers(words.slice(from)))
  const comma = step?.end ?? words.findIndex(({ lower }, at) => at > from && lower === ',')
  if (condition !== undefined && comma === -1) return []
  const found: Defect[] = []
  let subject = context.subject ?? (condition && thingOf(condition))
  for (const clause of clausesOf(words, condition === undefined ? from : comma + 1)) {
    const defect = defectOf(clause, condition, {
      ...context,
      ...(subject !== undefined && { subject }),
    })
    subject = defect?.subject ?? subjectText(clause) ?? subject
    if (defect !== undefined) found.push(defect)
  }
  // Beside a fault that says so, what else is told is how it should be.
  const plain = found.filter(({ onlyAsked }) => onlyAsked !== true)
  return plain.length > 0 ? plain : found
}

/** In `You enter a date and it turns into the day before` what is done first, and where that ends. */
function stepFirst(
  words: readonly Word[],
  from: number,
): { condition: ConditionPart; end: number } | undefined {
  const opens = ['you', 'i', 'we'].includes(words[from]?.lower ?? '')
  const and = words.findIndex(
    ({ lower }, at) =>
      at > from + 2 &&
      lower === 'and' &&
      ['it', 'the', 'nothing', 'then', 'all'].includes(words[at + 1]?.lower ?? ''),
  )
  if (!opens || words[from + 1]?.pos !== 'VERB' || and === -1) return undefined
  const done = words.slice(from + 1, words[and - 1]?.lower === ',' ? and - 1 : and)
  const [verb] = done
  if (verb === undefined || isPast(verb) || seen.has(verb.lemma)) return undefined
  return { condition: { kind: 'when', text: `users ${spoken(done)}` }, end: and }
}

/** In `users correct a shift` the shift. */
function thingOf({ text }: ConditionPart): string | undefined {
  const thing = /^users [a-z]+ (?:an?|the|one) ([a-z]+(?: [a-z]+)?)$/i.exec(text)?.[1]
  return thing === undefined ? undefined : `the ${thing}`
}

/** `When I save a contact` happens to every user. */
function ofUsers(words: readonly Word[]): readonly Word[] {
  return words.map((word) =>
    ['i', 'we', 'you'].includes(word.lower)
      ? { ...word, text: 'users', lower: 'users', lemma: 'user' }
      : word,
  )
}

/** `The search is broken.` says less than what comes after it. */
export function isVague(statement: string): boolean {
  return /^To be mended: (?:The |Our )?[^,]{1,60} (?:(?:is|are) (?:broken|wrong|buggy)|(?:does|do)(?:n't| not) work)(?: (?:any ?more|properly|right|at all))?\.$/.test(
    statement,
  )
}

/** What a sentence speaks of, where it is no person: `the column for the price`. */
export function subjectOf(words: readonly Word[]): readonly Word[] | undefined {
  const start = openingEnd(words)
  const phrase = words.slice(start, namedEnd(words, subjectPhraseEnd(words, start)))
  const head = headOf(words.slice(start, nounPhraseEnd(words, start)))
  const points = phrase.length < 2 && pronouns.has(phrase[0]?.lower ?? '')
  const empty = head === undefined || emptyNouns.has(head.lemma) || wholeSoftware.has(head.lemma)
  return empty || points || isHuman(head.lemma) ? undefined : phrase
}

/** In `the interface to the portals, don't touch it` all of it. */
function namedEnd(words: readonly Word[], end: number): number {
  const next = words[end]?.pos === 'ADP' ? nounPhraseEnd(words, end + 1) : end
  return next > end + 1 && words[next]?.lower === ',' ? next : end
}

function subjectText(words: readonly Word[]): string | undefined {
  const phrase = subjectOf(words)
  return phrase && named(phrase)
}

function named(phrase: readonly Word[]): string {
  return lowerFirst(spoken(phrase))
}

/** The parts of a sentence that have a subject of their own. */
function clausesOf(words: readonly Word[], from: number): (readonly Word[])[] {
  const clauses: (readonly Word[])[] = []
  let open = from
  for (let at = from + 2; at < words.length; at++) {
    const joins = [',', 'and', 'but', ';', 'so', 'because'].includes(words[at]?.lower ?? '')
    if (!joins || !opensClause(words, at + 1, words.length)) continue
    clauses.push(words.slice(open, at))
    open = at + 1
  }
  return [...clauses, words.slice(open)].map((clause) =>
    ['and', 'but', 'so', 'because'].includes(clause[0]?.lower ?? '') ? clause.slice(1) : clause,
  )
}

interface Main {
  /** In written words; `nothing` for nothing. */
  subject: string
  /** From the verb on, with what stands before it: `only has …`. */
  said: readonly Word[]
  /** A person sees it: `I get an error`. */
  bySomebody: boolean
}

function defectOf(
  words: readonly Word[],
  condition: ConditionPart | undefined,
  context: DefectContext,
): Defect | undefined {
  const main = mainOf(words, context)
  if (main === undefined) return undefined
  const { subject, said, bySomebody } = main
  const told = isTold(said)
  // `You can't get past the address page`
  const stuck =
    bySomebody && ['ca', 'cannot', 'can'].includes(said[0]?.lower ?? '') && isDenied(said)
  const strong = stuck || (faultAt(said, subject) && (told || bySomebody))
  const slips = context.trouble && !bySomebody && told && slipIn(said)
  const asked =
    context.asked === true && subject !== 'nobody' && told && !bySomebody && isTelling(said)
  if (!strong && !slips && !asked) return undefined
  const text = `${subject} ${spoken(ofUsers(said))}`
  const whole =
    condition === undefined
      ? capitalised(text)
      : `${capitalised(condition.kind)} ${conditionText(condition)}, ${text}`
  return { statement: `${defectMark}${whole}.`, subject, onlyAsked: !strong && !slips }
}

function isDenied(said: readonly Word[]): boolean {
  return said.slice(0, 3).some(({ lower }) => ['not', "n't", 'cannot'].includes(lower))
}

/** More than a verb, and no praise. */
function isTelling(said: readonly Word[]): boolean {
  const names = said.slice(1).some(({ pos }) => ['NOUN', 'PROPN', 'NUM', 'VERB'].includes(pos))
  return names && !isFine(said)
}

/** `It works on the computer`: no fault. */
function isFine(said: readonly Word[]): boolean {
  const good = said.some(({ lower }) => fine.has(lower))
  const copula = said[0]?.pos === 'AUX' && said[1]?.pos !== 'VERB'
  return (
    good || copula || (said[0]?.lemma === 'work' && !said.some(({ lower }) => lower === 'only'))
  )
}

const fine = wordSet('fine correct correctly ok okay right well properly normally good perfectly')

/** Nothing is asked for; that something cannot be done is told. */
export function isTold(said: readonly Word[]): boolean {
  return findAnchors(said).every(
    ({ start, able, negated }) =>
      able && negated && ['can', 'ca', 'cannot'].includes(said[start]?.lower ?? ''),
  )
}

/** After `On my phone` in `On my phone the list jumps back`. */
function placeEnd(words: readonly Word[]): number {
  if (
    !['on', 'in', 'at', 'with', 'since', 'after', 'before', 'during', 'from'].includes(
      words[0]?.lower ?? '',
    )
  )
    return 0
  const end = nounPhraseEnd(words, 1)
  const next = words[end]?.lower === ',' ? end + 1 : end
  return end > 1 && subjectPhraseEnd(words, next) > next ? next : 0
}

/** Subject and predicate of a clause that is told in the present. */
function mainOf(words: readonly Word[], context: DefectContext): Main | undefined {
  const from = placeEnd(words)
  if (from > 0) return mainOf(words.slice(from), context)
  const [first] = words
  if (first === undefined) return undefined
  const nothing = ['nothing', 'nobody'].includes(first.lower)
  const speaks = ['i', 'we', 'you'].includes(first.lower)
  const points = pronouns.has(first.lower) && subjectPhraseEnd(words, 0) <= 1
  const end = nothing || speaks || points ? 1 : subjectPhraseEnd(words, 0)
  let at = end
  while (adverbs.has(words[at]?.lower ?? '')) at++
  const verb = words[at]
  // Told in the present: what was wrong once needs no mending.
  if (verb === undefined || (verb.pos !== 'VERB' && verb.pos !== 'AUX') || isPast(verb))
    return undefined
  const said = words.slice(end, clauseEnd(words, at, words.length))
  if (speaks) {
    const unable = ['can', 'ca', 'cannot'].includes(verb.lower) && said[1]?.lower !== 'only'
    const told = seen.has(verb.lemma) || (context.says === true && unable)
    return told ? { subject: 'users', said, bySomebody: true } : undefined
  }
  if (points && !nothing)
    return { subject: context.subject ?? 'the system', said, bySomebody: false }
  const head = headOf(words.slice(0, nounPhraseEnd(words, 0)))
  // `my husband does not see it`: somebody else who uses it.
  const relative = words[0]?.lower === 'my' && family.has(head?.lemma ?? '')
  if (
    !nothing &&
    !relative &&
    (head === undefined || isHuman(head.lemma) || isEmpty(words.slice(0, end), head))
  )
    return undefined
  return {
    subject: relative ? 'another user' : named(words.slice(0, end)),
    said,
    bySomebody: false,
  }
}

/** `ones are missing`, `a list of what is broken`: nothing is named that could be mended. */
function isEmpty(subject: readonly Word[], head: Word): boolean {
  const asks = ['what', 'which', 'who', 'that', 'whatever'].includes(subject.at(-1)?.lower ?? '')
  return asks || emptyNouns.has(head.lemma) || emptyNouns.has(head.lower)
}

function isPast({ lower, pos }: Word): boolean {
  return (
    lower === 'was' ||
    lower === 'were' ||
    lower === 'did' ||
    (pos === 'VERB' && lower.endsWith('ed'))
  )
}
