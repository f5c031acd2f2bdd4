import type { ConditionPart } from '../deeds.ts'
import { wordSet } from '../lexicon/word-set.ts'
import { isNoun } from '../noun-phrase.ts'
import { openingEnd } from '../openings.ts'
import type { Word } from '../words.ts'
import { caseAt } from './cases.ts'
import { finiteAt } from './finite.ts'
import { verbGroupAt, type VerbGroup } from './verb-group.ts'

/** A clause taken apart, whatever its words are. */
export interface ClauseParts extends VerbGroup {
  condition?: ConditionPart
  /** A time or a place that was said first. */
  lead: readonly Word[]
  /** Who or what the clause is about, as said; empty where it is an order. */
  subject: readonly Word[]
  /** What follows the verb. */
  rest: readonly Word[]
}

const joints = wordSet('and or but so then plus yet , ; : — – - also')
const reasons = wordSet('because since cause')
const opening = wordSet('if when whenever once while unless')
const idle = wordSet('honestly basically obviously actually really well oh ah ideally mainly')

/** The clause by its parts; undefined where it has no verb that tells anything. */
export function partsOf(clause: readonly Word[]): ClauseParts | undefined {
  const words = withoutStop(clause)
  const from = matterStart(words, 0)
  const found = caseAt(words, from)
  if (found === undefined && opening.has(words[from]?.lower ?? '')) return undefined
  const start = matterStart(words, found?.end ?? from)
  const verb = finiteAt(words, start)
  if (words.slice(from, verb).some(({ lower }) => reasons.has(lower))) return undefined
  const order = isOrder(words, start)
  const group = verbGroupAt(words, order ? start : verb)
  if (group === undefined) return undefined
  const before = words.slice(start, order ? start : verb)
  const [lead, named] = leadOf(before)
  const subject = withoutAdverbs(named)
  return {
    ...group,
    only: group.only || named.slice(subject.length).some(({ lower }) => lower === 'only'),
    ...(found?.condition && { condition: found.condition }),
    lead: [...(found?.lead ?? []), ...lead].map((word) => ({ ...word, spaced: true })),
    subject,
    rest: words.slice(group.end),
  }
}

/** Where a clause begins to say something: behind what joins it and what only opens it. */
export function matterStart(words: readonly Word[], from: number): number {
  let at = from
  for (;;) {
    const lower = words[at]?.lower ?? ''
    const opens = openingEnd(words.slice(at))
    // `First letter goes out the same day`
    const ranks = words[at]?.pos === 'ADJ' && isNoun(words[at + 1])
    if (joints.has(lower) || idle.has(lower)) at++
    else if (opens > 0 && !ranks) at += opens
    else return at
  }
}

export function withoutStop(words: readonly Word[]): readonly Word[] {
  const end = words.findLastIndex(({ pos }) => pos !== 'PUNCT')
  return words.slice(0, end + 1)
}

/** `Read that in`, `don't let anybody close it`: a verb in its base form stands first. */
function isOrder(words: readonly Word[], at: number): boolean {
  const first = words[at]
  const denies = first?.lower === 'do' && ["n't", 'not'].includes(words[at + 1]?.lower ?? '')
  if (denies || first?.lower === 'never') return words[at + (denies ? 2 : 1)]?.pos === 'VERB'
  const base = first?.pos === 'VERB' && first.lower === first.lemma
  return base && words[at + 1]?.pos !== 'AUX'
}

const placing = wordSet(
  'on in at for from with after before during within under above without by as of to per until since over between',
)
const spans = wordSet(
  'second minute hour day week month quarter year night morning evening afternoon noon weekend season time moment',
)

/** `Ten days later`, `On the public page`: what stands before the subject, and the subject. */
function leadOf(before: readonly Word[]): [readonly Word[], readonly Word[]] {
  const words = before.filter(({ lower }, at) => !(lower === ',' && at === before.length - 1))
  const comma = words.findLastIndex(({ lower }) => lower === ',')
  const end = comma > 0 && isLead(words.slice(0, comma)) ? comma + 1 : leadEnd(words)
  return [
    words.slice(0, end).filter(({ lower }) => lower !== ','),
    words.slice(matterStart(words, end)),
  ]
}

function isLead(words: readonly Word[]): boolean {
  const opens = placing.has(words[0]?.lower ?? '')
  return opens || words.some(({ lemma }) => spans.has(lemma))
}

/** Where the last phrase begins, when the first one tells a time or a place. */
function leadEnd(words: readonly Word[]): number {
  if (!isLead(words)) return 0
  for (let at = words.length - 1; at > 0; at--) {
    const opens = words[at]?.pos === 'DET' || words[at]?.pos === 'PRON'
    const before = words[at - 1]
    const joined = before === undefined || before.pos === 'ADP' || before.lower === 'and'
    if (opens && !joined && (isNoun(before) || before.pos === 'ADV' || before.pos === 'NUM'))
      return at
  }
  const last = words.at(-1)
  return last?.pos === 'PRON' && words.length > 1 ? words.length - 1 : 0
}

/** `The customer then gets …` */
function withoutAdverbs(words: readonly Word[]): readonly Word[] {
  const last = words.findLastIndex(({ pos, lower }) => pos !== 'ADV' && lower !== ',')
  return words.slice(0, last + 1)
}
