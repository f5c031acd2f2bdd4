import type { Brief } from '../../../../src/domain/brief.ts'
import type { Citation } from '../../../../src/domain/citation.ts'
import type { Answers } from '../../api/plan-actions.ts'

/** Something that a brief left open. */
export interface Asked {
  id: string
  words: string
  why: string
  /** Of a contradiction: the statements of which one can hold. */
  sides: readonly Citation[]
}

/** What somebody has put in as the answer so far. */
export interface AnswerDraft {
  text: string
  /** The turn of the statement that holds. */
  holds?: string
}

/** All that a brief left open: its questions, then its contradictions. */
export function askedBy(brief: Brief): Asked[] {
  return [
    ...brief.openQuestions.map(({ id, question, why }) => ({
      id,
      words: question,
      why,
      sides: [],
    })),
    ...brief.contradictions.map(({ id, statement, citations }) => ({
      id,
      words: statement,
      why: '',
      sides: citations,
    })),
  ]
}

/** The answers that can be sent: a side that holds says itself what the answer is. */
export function answersFrom(
  asked: readonly Asked[],
  drafts: ReadonlyMap<string, AnswerDraft>,
): Answers['answers'] {
  return asked.flatMap(({ id, sides }) => {
    const draft = drafts.get(id)
    const side = sides.find(({ turn }) => turn === draft?.holds)
    const text = draft?.text.trim() || side?.quote
    if (text === undefined || text === '') return []
    return [{ question: id, text, ...(side !== undefined && { holds: side.turn }) }]
  })
}
