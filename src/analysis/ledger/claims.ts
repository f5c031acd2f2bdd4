import type { Brief } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import { termsOf } from '../evidence/terms.ts'
import type { PlacedNeed, Places } from './places.ts'

/** What became of words. */
export type Outcome =
  | { outcome: 'used' | 'open'; items: string[] }
  | { outcome: 'superseded'; by: string }
  | { outcome: 'rejected'; reason: string }

/** Something that was made of the words that it cites. */
export interface Claim {
  /** What it says, to tell which of the cited words it speaks for. */
  text: string
  citations: readonly Citation[]
  became: Outcome
  /** It counts only where nothing else was made of the words. */
  weak?: boolean
}

type Entries = Pick<Brief, 'items' | 'entities' | 'openQuestions' | 'contradictions'>

/** What the entries of a brief claim to be made of. */
export function claimsOf({ items, entities, openQuestions, contradictions }: Entries): Claim[] {
  const used = (id: string): Outcome => ({ outcome: 'used', items: [id] })
  const open = (id: string): Outcome => ({ outcome: 'open', items: [id] })
  return [
    ...items.map(({ id, statement: text, citations }) => ({ text, citations, became: used(id) })),
    ...entities.map(({ id, name, fields, citations }) => ({
      text: [
        name,
        ...fields.flatMap((field) => [spaced(field.name), ...(field.options ?? [])]),
      ].join(' '),
      citations,
      became: used(id),
    })),
    ...openQuestions.map(({ id, question: text, citations }) => ({
      text,
      citations,
      became: open(id),
    })),
    // Both sides of a contradiction are items as a rule.
    ...contradictions.map(({ id, statement: text, citations }) => ({
      text,
      citations,
      became: open(id),
      weak: true,
    })),
  ]
}

/** `startTime` → `start time` */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2')
}

/** How much of the words of a need something has to say to speak for it. */
const enough = 0.5

interface Bid {
  claim: Claim
  need: PlacedNeed
  /** The need's words that the claim has, too. */
  said: readonly string[]
  stands: boolean
}

/** What became of a need, and the claims that stand for it. */
export interface Became {
  outcomes: Outcome[]
  claims: readonly Claim[]
}

/**
 * What became of each need. A quote may hold several needs, and a statement may cite sentences that
 * only name what it speaks of, so a claim stands for the needs that it quotes alone or that it has half
 * of the words of; claims may have them together. One that stands for none is taken for what it fits best.
 */
export function outcomesOf(
  claims: readonly Claim[],
  places: ReadonlyMap<string, Places>,
): ReadonlyMap<PlacedNeed, Became> {
  const bids = claims.map((claim) => bidsOf(claim, places))
  for (const own of Map.groupBy(bids.flat(), ({ need }) => need).values()) standTogether(own)
  for (const own of bids) {
    const [best] = own.toSorted((a, b) => share(b) - share(a))
    if (best !== undefined && !own.some(({ stands }) => stands)) best.stands = true
  }
  const standing = Map.groupBy(
    bids.flat().filter(({ stands }) => stands),
    ({ need }) => need,
  )
  return new Map(
    [...standing].map(([need, own]) => [
      need,
      { outcomes: mergedOutcomes(own), claims: own.map(({ claim }) => claim) },
    ]),
  )
}

function bidsOf(claim: Claim, places: ReadonlyMap<string, Places>): Bid[] {
  const words = new Set(termsOf(claim.text))
  const bids = new Map<PlacedNeed, Bid>()
  for (const { turn, quote } of claim.citations) {
    for (const { need, isPart } of places.get(turn)?.met(quote) ?? []) {
      const said = need.terms.filter((term) => words.has(term))
      const stands = isPart || said.length >= enough * need.terms.length
      const known = bids.get(need)
      if (known === undefined) bids.set(need, { claim, need, said, stands })
      else known.stands ||= stands
    }
  }
  return [...bids.values()]
}

/** `order a cake, pay by card and choose a date` is said by three statements. */
function standTogether(bids: readonly Bid[]): void {
  const [first] = bids
  if (first === undefined || bids.some(({ stands }) => stands)) return
  const said = new Set(bids.flatMap((bid) => bid.said))
  if (said.size < enough * first.need.terms.length) return
  for (const bid of bids) bid.stands = bid.said.length > 0
}

function share({ said, need }: Bid): number {
  return need.terms.length === 0 ? 1 : said.length / need.terms.length
}

/** Each outcome once; weak ones where there is no other. */
function mergedOutcomes(bids: readonly Bid[]): Outcome[] {
  const strong = bids.filter(({ claim }) => claim.weak !== true)
  const counted = (strong.length > 0 ? strong : bids).map(({ claim }) => claim.became)
  const items = (outcome: 'used' | 'open') => {
    const ids = counted.flatMap((one) => (one.outcome === outcome ? one.items : []))
    return ids.length > 0 ? [{ outcome, items: [...new Set(ids)] }] : []
  }
  const others = counted.filter(({ outcome }) => outcome === 'superseded' || outcome === 'rejected')
  return [...items('used'), ...others, ...items('open')]
}
