import { z } from 'zod'

const Problem = z.object({ status: z.number(), code: z.string().min(1) })

/** What senders were answered, and which of the answers nobody should get. */
export interface AnswerBook {
  answers: Map<string, number>
  faults: Set<string>
  /** How many of the answers said that a good request was not taken now. */
  refused: number
}

export function openBook(): AnswerBook {
  return { answers: new Map(), faults: new Set(), refused: 0 }
}

export function count(book: AnswerBook, answer: string): void {
  book.answers.set(answer, (book.answers.get(answer) ?? 0) + 1)
}

/** What became of a good request: taken, with what was answered; or refused, with the problem's code. */
export type Noted = { taken: true; text: string } | { taken: false; code: string | undefined }

/** Notes an answer. @param passing codes below 500 that a sender can live with: it comes again */
export async function note(
  book: AnswerBook,
  response: Response,
  passing: ReadonlySet<string> = new Set(),
): Promise<Noted> {
  const text = await response.text()
  if (response.ok) {
    count(book, String(response.status))
    return { taken: true, text }
  }
  const code = parseProblem(text)?.code
  count(book, `${response.status} ${code ?? 'without a code'}`)
  if (code !== undefined && passing.has(code)) return { taken: false, code }
  book.refused += 1
  if (response.status < 500) book.faults.add(`${response.status} for a good request: ${text}`)
  if (code === undefined) book.faults.add(`${response.status} without a code: ${text}`)
  // The code of errors that nobody foresaw: the sender cannot tell a fault of ours from one that passes.
  if (code === 'internal') book.faults.add(`${response.status} internal`)
  return { taken: false, code }
}

function parseProblem(text: string): z.infer<typeof Problem> | undefined {
  try {
    return Problem.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
