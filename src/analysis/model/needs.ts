import type { Citation } from '../../domain/citation.ts'
import type { Turn } from '../../domain/turn.ts'
import { bearsNeed } from '../offline/needs.ts'
import { sentencesOf, splitSentences } from '../offline/sentences.ts'
import { createTagger, type Tagger } from '../offline/words.ts'

/** Finds the client turns that carry a need, wish, limit or decision, each with the words that do. */
export type NeedFinder = (turns: readonly Turn[]) => Map<string, Citation>

/**
 * A finder for English, the offline analyst's own sieve, so that the coverage of all analysts means
 * the same. It loads its language data when it is first asked. For other languages it finds nothing.
 */
export function createNeedFinder(): NeedFinder {
  let tag: Tagger | undefined
  return (turns) => {
    tag ??= createTagger()
    const found = new Map<string, Citation>()
    for (const [at, turn] of turns.entries()) {
      if (turn.role !== 'client') continue
      const sentence = needIn(turn, at, tag)
      if (sentence !== undefined) {
        found.set(turn.id, { turn: turn.id, quote: sentence.quote.slice(0, 500).toWellFormed() })
      }
    }
    return found
  }
}

function needIn(turn: Turn, at: number, tag: Tagger): { quote: string } | undefined {
  const sentences = splitSentences(turn.text).flatMap((quote) => sentencesOf(quote, turn, at, tag))
  return sentences.find(({ words, asks }) => !asks && bearsNeed(words))
}
