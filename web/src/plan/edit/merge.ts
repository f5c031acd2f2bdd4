import { applyPatch, structuredPatch } from 'diff'

/**
 * The newer text with the changes in it that led from `base` to `mine`; undefined where both have
 * changed the same lines.
 */
export function mergeTexts(base: string, mine: string, newer: string): string | undefined {
  if (newer === base) return mine
  const patch = structuredPatch('', '', base, mine, undefined, undefined, { context: 2 })
  const merged = applyPatch(newer, patch, { autoConvertLineEndings: false })
  return merged === false ? undefined : merged
}
