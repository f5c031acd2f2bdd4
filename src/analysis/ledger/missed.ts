import type { Need, OpenQuestion } from '../../domain/brief.ts'

/** More questions than these would not be answered. */
const most = 10
const longest = 240

/**
 * Nothing of what was not understood may get lost: the first of such words each become a question
 * about the client's own words. They count as missed all the same.
 */
export function askedAbout(
  needs: readonly Need[],
  questions: readonly OpenQuestion[],
): { needs: Need[]; openQuestions: OpenQuestion[] } {
  const openQuestions = [...questions]
  const asked = needs.map((need): Need => {
    if (need.outcome !== 'missed' || openQuestions.length >= questions.length + most) return need
    const { turn, quote } = need
    const id = `O${openQuestions.length + 1}`
    openQuestions.push({
      id,
      question: `What is asked for in “${shortened(quote)}”?`,
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
