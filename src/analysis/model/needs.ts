import type { NeedFinder } from '../ledger/found-need.ts'
import { needsIn } from '../offline/needs.ts'
import { sentencesOf, splitSentences } from '../offline/sentences.ts'
import { atOnce } from '../offline/steps.ts'
import { createTagger, type Tagger } from '../offline/words.ts'

/**
 * A finder for English, the offline analyst's own sieve, so that the coverage of all analysts means
 * the same. It loads its language data when it is first asked. For other languages it finds nothing.
 */
export function createNeedFinder(): NeedFinder {
  let tagger: Tagger | undefined
  return (turns) => {
    const tag = (tagger ??= createTagger())
    // What an answer decides is told by its question, so the agent's words are read as well.
    const sentences = turns.flatMap((turn, at) =>
      turn.role === 'client' || turn.role === 'agent'
        ? splitSentences(turn.text).flatMap((quote) => sentencesOf(quote, turn, at, tag))
        : [],
    )
    return atOnce(needsIn(sentences))
  }
}
