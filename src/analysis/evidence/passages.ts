import type { Turn } from '../../domain/turn.ts'
import { queryTerms, synonymsOf, termsOf } from './terms.ts'

/** A turn that may hold the words behind a question or statement; the higher the score the likelier. */
export interface Passage {
  turn: string
  /** The turn's place in the talk. */
  at: number
  score: number
}

/** Finds the turns of one talk that a text is about. Same talk and text, same passages. */
export interface PassageFinder {
  /** At most `limit` turns, the likeliest first; none when no word of the text was said. */
  find(text: string, limit: number): Passage[]
}

/** The usual constants of BM25: how soon more of a word adds nothing, and how much length counts. */
const saturation = 1.2
const lengthWeight = 0.3

/** Speech says a thing over several turns, so each turn has a share of what stands around it. */
const reach = 10
const decay = 0.8
const surroundings = 0.5
/** A text about a speaker is likelier to mean that speaker's turns. */
const ownSpeaker = 0.1
/** How much another word for the same thing counts beside the word itself. */
const otherWord = 0.4
/** A word that was not said is looked for by its beginning: `characteristics` by `character`. */
const beginning = 5
/** Closer than this to a better turn, another one tells little more. */
const apart = 4

interface Document {
  /** How often each term stands in the turn itself, and in it and around it. */
  own: ReadonlyMap<string, number>
  around: ReadonlyMap<string, number>
  length: number
}

/** Indexes the turns of a talk: fielded BM25 over a turn and its surroundings, with stemmed words. */
export function passageFinder(turns: readonly Turn[]): PassageFinder {
  const counted = turns.map(({ text }) => countsOf(termsOf(text)))
  const documents = counted.map((own, at): Document => ({
    own,
    around: aroundOf(counted, at),
    length: [...own.values()].reduce((sum, count) => sum + count, 0),
  }))
  const held = countsOf(counted.flatMap((own) => [...own.keys()]))
  const average = documents.reduce((sum, { length }) => sum + length, 0) / (turns.length || 1)
  const speakers = new Map(turns.map(({ speaker }) => [speaker, termsOf(speaker)]))
  return {
    find(text, limit) {
      const query = readQuery(text, speakers)
      const terms = query.terms.map((term) => formsOf(term, held, turns.length))
      const scores = documents.map(({ own, around, length }, at) => {
        const long = 1 - lengthWeight + lengthWeight * (length / (average || 1))
        const sum = terms.reduce((all, forms) => {
          const inTurn = saturated(countOf(forms, own), long)
          const near = saturated(countOf(forms, around), 1)
          return all + forms.rarity * (inTurn * (1 - surroundings) + near * surroundings)
        }, 0)
        return query.named.has(turns[at]?.speaker ?? '') ? sum * (1 + ownSpeaker) : sum
      })
      return spread(scores, limit).map((at) => ({
        turn: turns[at]?.id ?? '',
        at,
        score: scores[at] ?? 0,
      }))
    },
  }
}

/** A word of the query with what may stand for it in the talk. */
interface Forms {
  weights: readonly (readonly [term: string, weight: number])[]
  /** As BM25 has it, for all the forms together. */
  rarity: number
}

function formsOf(term: string, held: ReadonlyMap<string, number>, all: number): Forms {
  const others = synonymsOf(term).map((other) => [other, otherWord] as const)
  const alike =
    held.has(term) || term.length < beginning
      ? []
      : [...held.keys()]
          .filter((other) => other.length >= beginning - 1 && sharesBeginning(term, other))
          .map((other) => [other, otherWord] as const)
  const said = [[term, 1] as const, ...others, ...alike].filter(([form]) => held.has(form))
  const having = Math.max(0, ...said.map(([form]) => held.get(form) ?? 0))
  return { weights: said, rarity: Math.log(1 + (all - having + 0.5) / (having + 0.5)) }
}

function sharesBeginning(a: string, b: string): boolean {
  const length = Math.min(beginning, a.length, b.length)
  return a.slice(0, length) === b.slice(0, length) && (length === beginning || a.startsWith(b))
}

function countOf({ weights }: Forms, counts: ReadonlyMap<string, number>): number {
  return weights.reduce((sum, [form, weight]) => sum + weight * (counts.get(form) ?? 0), 0)
}

function saturated(count: number, long: number): number {
  return (count * (saturation + 1)) / (count + saturation * long)
}

function countsOf(terms: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

function aroundOf(counted: readonly ReadonlyMap<string, number>[], at: number) {
  const around = new Map<string, number>()
  for (let offset = -reach; offset <= reach; offset += 1)
    for (const [term, count] of counted[at + offset] ?? [])
      around.set(term, (around.get(term) ?? 0) + count * decay ** Math.abs(offset))
  return around
}

/** What to look for; the name of a speaker says whose turns, not what they are about. */
function readQuery(text: string, speakers: ReadonlyMap<string, readonly string[]>) {
  const all = new Set(queryTerms(text))
  const said = new Set(termsOf(text))
  const named = [...speakers].filter(
    ([, parts]) => parts.length > 0 && parts.every((part) => said.has(part)),
  )
  const names = new Set(named.flatMap(([, parts]) => parts))
  const rest = [...all].filter((term) => !names.has(term))
  return {
    terms: rest.length > 0 ? rest : [...all],
    named: new Set(named.map(([speaker]) => speaker)),
  }
}

/** The best places: first those that stand apart from better ones, then the others. */
function spread(scores: readonly number[], limit: number): number[] {
  const best = scores
    .flatMap((score, at) => (score > 0 ? [at] : []))
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
  const first: number[] = []
  const close: number[] = []
  for (const at of best) {
    if (first.length === limit) break
    const isClose = first.some((other) => Math.abs(other - at) < apart)
    if (isClose) close.push(at)
    else first.push(at)
  }
  return [...first, ...close].slice(0, limit)
}
