import { termsOf } from '../evidence/terms.ts'
import type { Became, Claim } from './claims.ts'
import { type Part, partsOf, tellingTerms } from './parts.ts'
import type { PlacedNeed } from './places.ts'

/** The needs of one turn and what was made of it. */
export interface OfTurn {
  turn: string
  needs: readonly PlacedNeed[]
  became: ReadonlyMap<PlacedNeed, Became>
  /** All that cites the turn. */
  claims: readonly Claim[]
}

/** A part that shares more of its words than this with what was made of its turn is spoken for. */
const mostShared = 0.25

/** A clause longer by less than this is the part itself, with its `and`. */
const hardlyLonger = 6

/**
 * Parts of used sentences, by what was used of them, for which nothing speaks that was made of the
 * turn: `…, always rounded up`. A sentence is used as soon as something was made of it, and its second
 * half would be lost in silence.
 */
export function unsaidIn(of: OfTurn): ReadonlyMap<PlacedNeed, Part[]> {
  const words = new Set(of.claims.flatMap(({ text }) => termsOf(text)))
  const unsaid = new Map<PlacedNeed, Part[]>()
  for (const own of sentencesOf(of.needs)) {
    const used = own.filter((need) => isUsed(of.became.get(need)))
    const [first] = used
    if (first === undefined) continue
    const { sentence } = first
    const open = partsOf(sentence.text).filter(
      (part) =>
        holderOf(part, own, used, sentence.start) &&
        !isSaid(part, words) &&
        !isQuoted(part, sentence.text, of),
    )
    // Whoever says it in other words than the client cannot be told from whoever does not say it.
    const left = open.slice(paraphrasesOf(used, sentence.text, of))
    if (left.length > 0) unsaid.set(first, left)
  }
  return unsaid
}

/** The needs by the sentence that they are clauses of. */
function sentencesOf(needs: readonly PlacedNeed[]): PlacedNeed[][] {
  const byPlace = Map.groupBy(needs, ({ sentence }) => `${sentence.start} ${sentence.text}`)
  return [...byPlace.values()]
}

function isUsed(became: Became | undefined): boolean {
  return became?.outcomes.some(({ outcome }) => outcome === 'used') === true
}

/** Whether the part stands within a clause that is used, or between the clauses; it is no clause itself. */
function holderOf(
  { start, end }: Part,
  own: readonly PlacedNeed[],
  used: readonly PlacedNeed[],
  from: number,
): boolean {
  const met = own.filter((need) => need.end > from + start && need.start < from + end)
  return met.every(
    (need) =>
      used.includes(need) &&
      need.start <= from + start &&
      need.end >= from + end &&
      need.end - need.start > end - start + hardlyLonger,
  )
}

function isSaid({ terms, aside }: Part, words: ReadonlySet<string>): boolean {
  // What goes on with an aside is one.
  if (aside.length > 0 && !aside.some((term) => words.has(term))) return true
  return terms.filter((term) => words.has(term)).length > mostShared * terms.length
}

/** Whether something cites the part's own words, and not only the sentence around them. */
function isQuoted({ start, end }: Part, sentence: string, { turn, claims }: OfTurn): boolean {
  return claims.some(({ citations }) =>
    citations.some(({ turn: cited, quote }) => {
      const at = cited === turn && quote.length < sentence.length ? sentence.indexOf(quote) : -1
      const shared = Math.min(at + quote.length, end) - Math.max(at, start)
      return at >= 0 && shared > 0 && 2 * shared >= quote.length
    }),
  )
}

/** How many of the claims that rest on this turn alone have mostly words that the sentence does not have. */
function paraphrasesOf(
  used: readonly PlacedNeed[],
  sentence: string,
  { turn, became }: OfTurn,
): number {
  const said = new Set(termsOf(sentence))
  const claims = new Set(used.flatMap((need) => became.get(need)?.claims ?? []))
  return [...claims].filter(({ text, citations }) => {
    const own = citations.every((citation) => citation.turn === turn) ? tellingTerms(text) : []
    return 2 * own.filter((term) => !said.has(term)).length > own.length
  }).length
}
