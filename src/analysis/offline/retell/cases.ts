import { opensClause } from '../clause-end.ts'
import type { ConditionPart } from '../deeds.ts'
import { wordSet } from '../lexicon/word-set.ts'
import { textOf, type Word } from '../words.ts'

/** What stands before the matter of a clause: its case, or a time. */
export interface Case {
  condition?: ConditionPart
  lead: readonly Word[]
  end: number
}

const kinds: ReadonlyMap<string, ConditionPart['kind']> = new Map([
  ['when', 'when'],
  ['whenever', 'when'],
  ['once', 'when'],
  ['if', 'if'],
  ['while', 'while'],
])
const timing = wordSet('after before until till')

/** The case that a clause opens with: `if the new zone is full they …`, `after a case is closed it …`. */
export function caseAt(words: readonly Word[], from: number): Case | undefined {
  const first = words[from]?.lower ?? ''
  const kind = kinds.get(first)
  const span = kind === undefined && words[from]?.pos === 'NUM' ? spanEnd(words, from) : from
  const time = timing.has(words[span]?.lower ?? '')
  if (kind === undefined && !time) return undefined
  const opens = kind === undefined ? span : from
  const end = caseEnd(words, opens + 1)
  const inner = words.slice(opens + 1, end)
  if (end >= words.length || inner.length < 2 || inner[0]?.pos === 'PUNCT') return undefined
  if (!inner.some(({ pos }) => pos === 'VERB' || pos === 'AUX')) return undefined
  if (kind !== undefined)
    return { condition: { kind, text: textOf(inner).slice(0, 500) }, lead: [], end }
  return { lead: words.slice(from, end), end }
}

/** Behind `three years` in `three years after …`. */
function spanEnd(words: readonly Word[], from: number): number {
  return words[from + 1]?.pos === 'NOUN' ? from + 2 : from
}

/** Where the case ends: at its comma, or where somebody or something else begins to act. */
function caseEnd(words: readonly Word[], from: number): number {
  let told = false
  for (let at = from; at < words.length; at++) {
    const word = words[at]
    if (word === undefined) break
    if (told && word.lower === ',') return at
    if (told && at > from + 1 && starts(words, at)) return at
    told ||= word.pos === 'VERB' || word.pos === 'AUX'
  }
  return words.length
}

const nominative = wordSet('i we they he she it you there')

function starts(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]
  const named = nominative.has(words[at]?.lower ?? '')
  const goesOn = before?.pos === 'ADP' || before?.pos === 'DET' || (before?.pos === 'ADJ' && !named)
  const opens = words[at]?.pos === 'PRON' || words[at]?.pos === 'DET'
  const passive = before?.pos === 'VERB' && words[at - 2]?.pos === 'AUX'
  if (named && passive) return true
  if (passive && words[at]?.pos === 'DET') return opensClause(words, at, words.length)
  const asked = ['that', 'who', 'which', 'than', 'what', 'and', 'or'].includes(before?.lower ?? '')
  return opens && !goesOn && !asked && before?.pos !== 'VERB' && before?.pos !== 'AUX'
    ? opensClause(words, at, words.length)
    : false
}
