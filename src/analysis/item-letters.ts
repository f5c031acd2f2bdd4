import type { ItemKind } from '../domain/brief.ts'

/** What the ids of each kind begin with; the kinds stand in the order of a brief. */
export const itemLetters: Readonly<Record<ItemKind, string>> = {
  goal: 'G',
  user: 'U',
  requirement: 'R',
  quality: 'Q',
  constraint: 'C',
  preference: 'P',
  integration: 'I',
  timeline: 'T',
  budget: 'B',
  out_of_scope: 'X',
}
