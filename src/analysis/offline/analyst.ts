import { Brief } from '../../domain/brief.ts'
import type { Analyst } from '../analyst.ts'
import { briefOf } from './brief.ts'
import { requireEnglish } from './language.ts'
import { createTagger } from './words.ts'

/**
 * The analyst that needs no model and no network: a tagger for English and a grammar of needs.
 * The same talk gives the same brief, byte for byte. Loads its language data when it is made.
 * Its `analyse` throws AppError `language_unsupported` for a talk that is not in English.
 */
export function createOfflineAnalyst(): Analyst {
  const tag = createTagger()
  return {
    name: 'offline',
    async analyse(talk, signal) {
      signal?.throwIfAborted()
      const language = requireEnglish(talk.turns)
      return Brief.parse(briefOf(talk, tag, language))
    },
  }
}
