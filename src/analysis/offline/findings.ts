import type { Citation } from '../../domain/citation.ts'
import type { Clause, ItemKind, Priority } from '../../domain/brief.ts'
import type { Sentence } from './sentences.ts'

export interface Limit {
  amount: string
  /** `person per class`: what two limits must share to speak of the same thing. */
  key: string
}

/** One thing that was asked for, at one place of the talk; equal ones are merged later. */
export interface Finding {
  kind: ItemKind
  statement: string
  priority: { level: Priority; reason: string }
  citations: readonly Citation[]
  saidBy: string
  /** The place of the client's turn in the talk. */
  at: number
  clause?: Clause
  limit?: Limit
  /** The client took something back while saying this. */
  replaces: boolean
  /** The statement of an earlier finding that this one takes the place of. */
  insteadOf?: string
}

export function citationOf(sentence: Sentence): Citation {
  return { turn: sentence.turn.id, quote: sentence.quote }
}

const common = new Set(
  (
    'a an the of to in on at for with by from and or is are be has have can cannot must not does do ' +
    'only system software users user provides their its it that which who when if while there per ' +
    'as up this these those they than out scope'
  ).split(' '),
)

/** The words of a statement that carry its sense, shortened to compare (`classes` like `class`). */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{2,40}/gu) ?? []
  return words.filter((word) => !common.has(word)).map(stem)
}

/** A rough stem: plural and verb endings fall away. */
export function stem(word: string): string {
  const base = word.replace(/(?:ies|ied)$/, 'y').replace(/(?:sses)$/, 'ss')
  const cut = base.replace(/(?:ing|ed|es|s|e)$/, '')
  return cut.length >= 3 ? cut : base
}

/** How much two statements say the same: shared words over the smaller's, from 0 to 1. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size === 0) return 0
  let shared = 0
  for (const word of small) if (large.has(word)) shared++
  return shared / small.size
}
