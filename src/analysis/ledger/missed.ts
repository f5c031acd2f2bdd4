import type { Need, OpenQuestion } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import type { FoundNeed } from './found-need.ts'
import { tellingTerms } from './parts.ts'

/** More questions than these would not be answered. */
const most = 10
const longest = 240
const worthAsking = 3

/**
 * What was asked for and not understood becomes a question about the client's own words, each of the
 * first ones. It counts as missed all the same.
 */
export function askedAbout(
  needs: readonly Need[],
  found: readonly FoundNeed[],
  questions: readonly OpenQuestion[],
): { needs: Need[]; openQuestions: OpenQuestion[] } {
  const openQuestions = [...questions]
  const byTurn = Map.groupBy(found, ({ turn }) => turn)
  const isExplicit = ({ turn, quote }: Citation): boolean => {
    const own = byTurn.get(turn) ?? []
    const need = own.find((one) => one.quote === quote)
    if (need !== undefined) return need.explicit
    // A part is asked for as what it is a part of; a short one is shown and not worth a question.
    const isWish = own.some((one) => one.explicit && one.sentence.includes(quote))
    return isWish && tellingTerms(quote).length >= worthAsking
  }
  const asked = needs.map((need): Need => {
    const isFull = openQuestions.length >= questions.length + most
    if (need.outcome !== 'missed' || isFull || !isExplicit(need)) return need
    const { turn, quote } = need
    const id = `O${openQuestions.length + 1}`
    openQuestions.push({
      id,
      // What the client asked is a question already.
      question: quote.trim().endsWith('?')
        ? shortened(quote)
        : `What is asked for in “${shortened(quote)}”?`,
      why: 'The client asks for something here that could not be put as a clear statement.',
      citations: [{ turn, quote }],
    })
    return { ...need, items: [id] }
  })
  return { needs: asked, openQuestions }
}

function shortened(quote: string): string {
  const line = quote.replace(/\s+/g, ' ').trim()
  if (line.length <= longest) return line
  return `${line.slice(0, line.lastIndexOf(' ', longest)).toWellFormed()} …`
}
