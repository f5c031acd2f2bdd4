/** A set from words written one after the other. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

/** Phrases, one a line, as lists of words. */
export function phraseList(lines: string): readonly (readonly string[])[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .sort((a, b) => b.length - a.length)
}
