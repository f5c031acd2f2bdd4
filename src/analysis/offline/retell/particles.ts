import { particles } from '../lexicon/verbs.ts'
import type { Word } from '../words.ts'

/** Whether a verb may stand alone with a small word: `sign up`. */
export function isParticleOf({ lemma }: Word): boolean {
  return particles.has(lemma)
}
