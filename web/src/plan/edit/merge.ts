import { diff3Merge } from 'node-diff3'

/** Lines that two people have both changed since `base`, each in their own way. */
export interface Clash {
  base: readonly string[]
  mine: readonly string[]
  theirs: readonly string[]
}

/** A stretch of two texts brought together: lines that are settled, or a clash. */
export type MergePart = { lines: readonly string[] } | { clash: Clash }

/** Which side of a clash stands; `both` has mine first. */
export type Side = 'mine' | 'theirs' | 'both'

/** Brings two changed texts together, line by line. */
export function mergeParts(base: string, mine: string, theirs: string): MergePart[] {
  const [a, o, b] = [mine, base, theirs].map((text) => text.split('\n')) as [
    string[],
    string[],
    string[],
  ]
  // What both have changed in the same way is no clash.
  return diff3Merge(a, o, b, { excludeFalseConflicts: true }).map(({ ok, conflict }) =>
    conflict === undefined
      ? { lines: ok ?? [] }
      : { clash: { base: conflict.o, mine: conflict.a, theirs: conflict.b } },
  )
}

export function clashesOf(parts: readonly MergePart[]): Clash[] {
  return parts.flatMap((part) => ('clash' in part ? [part.clash] : []))
}

function linesOf({ mine, theirs }: Clash, side: Side): readonly string[] {
  if (side === 'both') return [...mine, ...theirs]
  return side === 'mine' ? mine : theirs
}

/** The text with a side of each clash in it; undefined while a side is still to be chosen. */
export function mergedText(
  parts: readonly MergePart[],
  sideOf: (clash: Clash) => Side | undefined,
): string | undefined {
  const lines: string[] = []
  for (const part of parts) {
    if ('lines' in part) {
      lines.push(...part.lines)
      continue
    }
    const side = sideOf(part.clash)
    if (side === undefined) return undefined
    lines.push(...linesOf(part.clash, side))
  }
  return lines.join('\n')
}
