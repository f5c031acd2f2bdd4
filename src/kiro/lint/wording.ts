/** What can be wrong with the wording of a requirement, after ISO/IEC/IEEE 29148:2018, 5.2.7. */
export type Smell =
  | 'subjective'
  | 'ambiguous'
  | 'superlative'
  | 'comparative'
  | 'loophole'
  | 'open-ended'
  | 'untestable'
  | 'pronoun'

export interface Wording {
  smell: Smell
  phrase: string
  /** Where it begins in the text, from 0. */
  at: number
}

const PHRASES: readonly (readonly [Smell, string])[] = [
  [
    'subjective',
    'user-friendly, user friendly, easy, easily, simple, simply, intuitive, intuitively, seamless, seamlessly, nice, beautiful, clean, modern, attractive, pleasant, friendly, convenient, cost-effective, cost effective, state-of-the-art, state of the art, good, elegant',
  ],
  [
    'ambiguous',
    'fast, quick, quickly, slow, rapid, rapidly, soon, promptly, timely, efficient, efficiently, robust, robustly, reliable, reliably, flexible, scalable, secure, securely, significant, significantly, minimal, adequate, sufficient, sufficiently, reasonable, reasonably, appropriate, appropriately, suitable, normal, normally, usually, generally, often, sometimes, almost always, several, some, many, few, various, roughly, approximately, large, small, lightweight, performant, responsive',
  ],
  ['superlative', 'best, highest quality, optimal, optimally, fastest, easiest, maximal'],
  ['comparative', 'better, faster, easier, higher quality, more efficient, improved'],
  [
    'loophole',
    'if possible, where possible, as appropriate, as applicable, if practical, as needed, as necessary, if necessary, when necessary, as far as possible, ideally, preferably',
  ],
  [
    'open-ended',
    'etc, and so on, and so forth, and more, and the like, such as, including but not limited to, but not limited to, as a minimum, or similar, tbd, todo, to be defined, to be determined, to be decided',
  ],
  [
    'untestable',
    'correctly, properly, gracefully, as expected, without problems, without issues, be able to, be capable of',
  ],
  ['pronoun', 'it, they, them'],
]

/** Verbs that name no result when they lead a response. */
const WEAK_VERBS = new Set(['support', 'handle', 'manage', 'process', 'work', 'deal', 'address'])

interface Entry {
  smell: Smell
  words: readonly string[]
}

/** The phrases by their first word, the longest first. */
const LEXICON: ReadonlyMap<string, readonly Entry[]> = Map.groupBy(
  PHRASES.flatMap(([smell, list]) =>
    list.split(', ').map((phrase): Entry => ({ smell, words: phrase.split(' ') })),
  ).sort((a, b) => b.words.length - a.words.length),
  ({ words }) => words[0] ?? '',
)

/** The first phrase of each smell in a text; code spans do not count. Linear in its length. */
export function findWording(text: string): Wording[] {
  const words = wordsOf(text)
  const found = new Map<Smell, Wording>()
  words.forEach(({ at, word }, index) => {
    const entry = LEXICON.get(word)?.find(({ words: phrase }) =>
      phrase.every((part, offset) => words[index + offset]?.word === part),
    )
    // "How many" asks for a number.
    const asks = words[index - 1]?.word === 'how'
    if (entry && !asks && !found.has(entry.smell)) {
      found.set(entry.smell, { smell: entry.smell, phrase: entry.words.join(' '), at })
    }
  })
  return [...found.values()]
}

/** The verb that leads a response, when it promises nothing that could be checked. */
export function weakVerb(response: string): string | undefined {
  const [first] = wordsOf(response.slice(0, 100))
  return first && WEAK_VERBS.has(first.word) ? first.word : undefined
}

function wordsOf(text: string): { word: string; at: number }[] {
  const prose = text.replaceAll(/`[^`]*`/g, (code) => ' '.repeat(code.length))
  return [...prose.matchAll(/[A-Za-z]+(?:['’-][A-Za-z]+)*/g)].map((match) => ({
    word: match[0].toLowerCase(),
    at: match.index,
  }))
}
