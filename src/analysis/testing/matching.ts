import type { Citation } from '../../domain/citation.ts'

/** A statement that an analyst made. */
export interface Made {
  statement: string
  citations: readonly Citation[]
}

/** A statement that was expected, with its turns if they were written down. */
interface Wanted {
  statement: string
  turns: readonly string[]
}

const empty = new Set(
  'a an the of to in on at for with by from and or is are be can cannot must should not does do only also has have it its that this which who each every any their them they gets get gives give system software user users client clients provides provide out scope business'.split(
    ' ',
  ),
)
const denials = /\b(?:not|cannot|nobody|no one|no|never|out of scope)\b/gi

/** What is asked of two statements before they count as the same. */
const alone = 0.8
const fromTheSameTurn = 0.6

/**
 * Pairs what was expected with what was made, each used once, the closest first. Two statements are
 * the same when four fifths of the words that count are, or three fifths when the made one cites a
 * turn that the expected one rests on; and when both deny or neither does. A word counts the more
 * the fewer of the expected statements have it, so that `borrow a book` is not `return a book`.
 */
export function pair<W extends Wanted, M extends Made>(
  wanted: readonly W[],
  made: readonly M[],
): { wanted: W; made: M }[] {
  const weights = weightsOf(wanted.map(({ statement }) => statement))
  const candidates = wanted.flatMap((one) =>
    made.flatMap((other) => {
      const closeness = likeness(one.statement, other.statement, weights)
      const cited = other.citations.some(({ turn }) => one.turns.includes(turn))
      const enough = closeness >= (cited ? fromTheSameTurn : alone)
      return enough ? [{ wanted: one, made: other, closeness, cited }] : []
    }),
  )
  candidates.sort((a, b) => Number(b.cited) - Number(a.cited) || b.closeness - a.closeness)
  const used = new Set<W | M>()
  return candidates.flatMap((candidate) => {
    if (used.has(candidate.wanted) || used.has(candidate.made)) return []
    used.add(candidate.wanted).add(candidate.made)
    return [{ wanted: candidate.wanted, made: candidate.made }]
  })
}

/** Whether two statements say the same, without any context. */
export function sameSense(a: string, b: string): boolean {
  return likeness(a, b, new Map()) >= alone
}

function likeness(one: string, other: string, weights: ReadonlyMap<string, number>): number {
  const [a, b] = [inFull(one), inFull(other)]
  if (isDenied(withoutCase(a)) !== isDenied(withoutCase(b))) return 0
  const [first, second] = [wordsOf(a), wordsOf(b)]
  const weigh = (words: Iterable<string>) =>
    [...words].reduce((sum, word) => sum + (weights.get(word) ?? 1), 0)
  const all = weigh(first) + weigh(second)
  return all === 0 ? 0 : (2 * weigh([...first].filter((word) => second.has(word)))) / all
}

/** `didn't` says the same as `did not`. */
function inFull(text: string): string {
  return text.replace(/\bcan't\b/gi, 'cannot').replace(/n't\b/gi, ' not')
}

/** `If the number is not known, …` denies nothing of what then holds. */
function withoutCase(text: string): string {
  return text.replace(/^(?:If|When|While|Until) [^,]{1,200}, /, '')
}

/** A second denial takes the first one back: `it is out of scope that nobody …`. */
function isDenied(text: string): boolean {
  return (text.match(denials)?.length ?? 0) % 2 === 1
}

/** From 1 for a word of one statement down to a third for words of most. */
function weightsOf(statements: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const statement of statements)
    for (const word of wordsOf(statement)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return new Map(
    [...counts].map(([word, count]) => [word, Math.max(1 / 3, 1 / (1 + Math.log(count)))]),
  )
}

const figures: ReadonlyMap<string, string> = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, figure) => [word, String(figure)]),
)

function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{1,40}/gu) ?? []
  return new Set(
    words.filter((word) => !empty.has(word)).map((word) => figures.get(word) ?? stem(word)),
  )
}

function stem(word: string): string {
  // In two steps, so that `pays` and `pay`, `copies` and `copy` are one.
  return word.replace(/(?<=..)(?:ies|es|s)$/, '').replace(/(?<=..)(?:ing|ed|y|e)$/, '')
}

/** How well a list was met. */
export interface Score {
  found: number
  expected: number
  right: number
  made: number
  missed: string[]
  surplus: string[]
}

/** Sums up scores. */
export function total(scores: readonly Score[]): Score {
  const sum = (pick: (score: Score) => number) =>
    scores.reduce((all, score) => all + pick(score), 0)
  return {
    found: sum(({ found }) => found),
    expected: sum(({ expected }) => expected),
    right: sum(({ right }) => right),
    made: sum(({ made }) => made),
    missed: scores.flatMap(({ missed }) => missed),
    surplus: scores.flatMap(({ surplus }) => surplus),
  }
}

/** The share of what was expected that is there; 1 when nothing was. */
export function recall({ found, expected }: Score): number {
  return expected === 0 ? 1 : found / expected
}

/** The share of what is there that was expected; 1 when nothing is there. */
export function precision({ right, made }: Score): number {
  return made === 0 ? 1 : right / made
}
