import { conditionOf, trimEnd, type ConditionPart } from './deeds.ts'
import { wordSet } from './lexicon/word-set.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { namedInCondition } from './topic.ts'
import { textOf, type Word } from './words.ts'

const pronouns = wordSet('they he she it we i you people everybody everyone')
const modals = wordSet('can ca could should must may might will wo would do does did have has')
const deferring =
  /\b(?:not|n't) (?:be )?(?:needed |necessary |part )?(?:for now|now|yet|(?:for|in|of) (?:the|this) (?:first |initial )?(?:step|phase|round|version|release|stage))\b|\b(?:maybe|perhaps|possibly) later\b|\b(?:do|add|look at|think about) (?:that|it|this) (?:later|next|another)\b/
const leading = wordSet(
  'by via per through with without for in on at from until till up to within before after only once twice every during unless as using over under between if when',
)
/** After these a whole clause may follow: `until the invoice is out`. */
const clausal = wordSet('until till unless before after as if when once')
const adding = wordSet('if when whenever once while')
const longest = 12

/** `They can.`, `It does`, `They can, but …`: an answer that only takes up the verb of the question. */
export interface ModalReply {
  negated: boolean
  /** Only the verbs of doing (`I don't`) turn an offer down; `they shouldn't` sets a rule. */
  isRule: boolean
  /** Where what is said besides begins. */
  end: number
}

/** The answer that takes up the verb of the question; undefined for any other. */
export function modalReply(words: readonly Word[]): ModalReply | undefined {
  const from = openingEnd(words)
  const [who, verb] = [words[from], words[from + 1]]
  if (!pronouns.has(who?.lower ?? '') || !modals.has(verb?.lower ?? '')) return undefined
  const negated = ['not', "n't"].includes(words[from + 2]?.lower ?? '')
  const end = from + (negated ? 3 : 2)
  const next = words[end]
  const closes = next === undefined || /^[.,!;]$/.test(next.text) || next.lower === 'but'
  const isRule = !['do', 'does', 'did', 'would', 'have', 'has'].includes(verb?.lower ?? '')
  return closes ? { negated, isRule, end } : undefined
}

/** `But it's not for the first version.`: taken up perhaps, but put off. */
export function defers(sentences: readonly Sentence[]): boolean {
  return sentences
    .slice(0, 3)
    .some(({ words }) => words.length < 20 && deferring.test(textOf(words).toLowerCase()))
}

/** `Yes, with a reason.`, `Once, yes.`, `They can, but only until noon`: what is added to a yes. */
export function detailOf(words: readonly Word[]): string {
  const yes = words.findIndex(({ lower }) => ['yes', 'yeah', 'yep', 'sure'].includes(lower))
  // `Twice a week, yes.`
  if (yes > 1 && yes < 6 && words[yes - 1]?.lower === ',') return fragment(words, 0, yes - 1)
  const modal = modalReply(words)
  let at = modal?.end ?? openingEnd(words)
  if (at === 0) return ''
  while ([',', 'but', 'and', 'also'].includes(words[at]?.lower ?? '')) at++
  return fragment(words, at, words.length)
}

function fragment(words: readonly Word[], from: number, to: number): string {
  const first = words[from]
  const counts = first?.pos === 'NUM' && words.slice(from, to).some(({ lower }) => times.has(lower))
  if (!leading.has(first?.lower ?? '') && !counts) return ''
  // `if the car is free` is a condition and stands in front.
  if (['if', 'when'].includes(first?.lower ?? '')) return ''
  const stop = words.findIndex(
    ({ pos, lower }, at) => at > from && (pos === 'PUNCT' || ['but', 'and', 'so'].includes(lower)),
  )
  const part = words.slice(from, Math.min(to, stop === -1 ? words.length : stop))
  const tells = part.some(({ pos }) => pos === 'VERB' || pos === 'AUX')
  const rest = first?.lower === 'only' ? part[1] : first
  if (first?.lower === 'only' && !leading.has(rest?.lower ?? '')) return ''
  if (tells && !clausal.has(rest?.lower ?? '')) return ''
  if (part.some(({ lower }) => ['i', 'me', 'you', 'that', 'now', 'sure'].includes(lower))) return ''
  const text = textOf(trimEnd(part))
  return part.length <= longest ? text.replace(/[.!]$/, '') : ''
}

const times = wordSet('before after ahead earlier later latest')

/** `Only if they found someone.`, `While it is not packed.`: a yes with a condition. */
export function isConditional(words: readonly Word[]): boolean {
  const from = openingEnd(words)
  const only = words[from]?.lower === 'only' ? 1 : 0
  const opens = words[from + only]?.lower ?? ''
  const comma = words.some(({ lower }, at) => at < words.length - 1 && lower === ',')
  return !comma && (opens === 'while' || (only > 0 && opens === 'if'))
}

/** `Not after the contract is signed.`: what must not be, then. */
export function exceptionOf(words: readonly Word[]): string {
  const from = openingEnd(words)
  return words[from]?.lower === 'not' ? fragment(words, from + 1, words.length) : ''
}

/** `Yes, if the car is free.`, `But only if nobody is waiting.` */
export function conditionAdded(
  sentences: readonly Sentence[],
  spokenOf: readonly Word[],
): ConditionPart | undefined {
  for (const [index, { words: said }] of sentences.slice(0, 2).entries()) {
    const words = namedInCondition(said, spokenOf)
    let at = openingEnd(words)
    while (['but', ',', 'only', 'and'].includes(words[at]?.lower ?? '')) at++
    const opens = at > 0 || index > 0
    // `Yes, by email, whenever we move a slot.`
    const late = words.findIndex(
      ({ lower }, place) =>
        place > at && words[place - 1]?.lower === ',' && adding.has(lower) && words.length < 24,
    )
    if (index === 0 && at > 0 && late !== -1 && detailOf(words) !== '')
      return conditionOf(words.slice(late))
    if ((opens || index === 0) && ['if', 'while', 'when'].includes(words[at]?.lower ?? ''))
      return conditionOf(words.slice(at))
  }
  return undefined
}
