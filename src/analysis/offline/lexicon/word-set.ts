/** A set from words written one after the other. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

/** Phrases as lists of words, by their first word, the longest first: most words begin none. */
export type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>

/** Phrases, one a line. */
export function phraseList(lines: string): Phrases {
  const all = lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .sort((a, b) => b.length - a.length)
  return Map.groupBy(all, ([first]) => first ?? '')
}
