import { Brief } from '../../domain/brief.ts'
import type { Analyst } from '../analyst.ts'
import { briefOf } from './brief.ts'
import { foreignTurns } from './language.ts'
import { inTurns } from './steps.ts'
import { createTagger } from './words.ts'

/**
 * The analyst that needs no model and no network: a tagger for English and a grammar of needs.
 * The same talk gives the same brief, byte for byte. Loads its language data when it is made.
 * Its `analyse` throws AppError `language_unsupported` for a talk that is mostly not in English, and
 * asks in the brief what turns in another language mean.
 */
export function createOfflineAnalyst(): Analyst {
  const tag = createTagger()
  return {
    name: 'offline',
    async analyse(talk, signal) {
      signal?.throwIfAborted()
      const foreign = foreignTurns(talk.turns)
      return Brief.parse(await inTurns(briefOf(talk, tag, foreign), signal))
    },
  }
}
