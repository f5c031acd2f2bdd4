import { findAnchors } from './anchors.ts'
import type { Word } from './words.ts'

/**
 * `But they cannot move an appointment, they have to call us`: where the talk is of today this says
 * what is wrong with it, and forbids nothing.
 */
export function complains(words: readonly Word[]): boolean {
  const anchors = findAnchors(words)
  return (
    anchors.length > 0 &&
    anchors.every(({ start, end, able, negated }) => {
      const said = words.slice(start, end).map(({ lower }) => lower)
      return (
        (able && negated && !said.includes('may')) || said.includes('have') || said.includes('has')
      )
    })
  )
}
