import { roleOfName, type SpeakerRole } from './role-names.ts'
import type { Speech } from './speech.ts'

/** What one speaker does in a talk, counted. */
interface Conduct {
  sentences: number
  questions: number
  /** Turns right after one of another speaker that ends with a question. */
  answers: number
}

const leastAnswers = 2
const respondentShare = 0.6
const interviewerQuestionShare = 0.12
const interviewerAnswerShare = 0.25

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function conductOf(speeches: readonly Speech[]): Map<string, Conduct> {
  const conduct = new Map<string, Conduct>()
  let before: Speech | undefined
  for (const speech of speeches) {
    const mine = conduct.get(speech.speaker) ?? { sentences: 0, questions: 0, answers: 0 }
    const questions = count(speech.text, /\?+/g)
    const asked = before?.text.trimEnd().endsWith('?')
    conduct.set(speech.speaker, {
      sentences: mine.sentences + Math.max(1, count(speech.text, /[.!?]+/g)),
      questions: mine.questions + questions,
      answers: mine.answers + (asked && before?.speaker !== speech.speaker ? 1 : 0),
    })
    before = speech
  }
  return conduct
}

function questionShare(conduct: Conduct): number {
  return conduct.questions / conduct.sentences
}

/** The one speaker who gives most of the answers, if there is one: that makes it an interview. */
function respondentOf(conduct: ReadonlyMap<string, Conduct>): [string, Conduct] | undefined {
  const all = [...conduct.values()].reduce((sum, { answers }) => sum + answers, 0)
  return [...conduct].find(
    ([, { answers }]) => answers >= leastAnswers && answers >= respondentShare * all,
  )
}

function interviews(conduct: Conduct, respondent: Conduct): boolean {
  return (
    conduct.questions >= 2 &&
    questionShare(conduct) >= interviewerQuestionShare &&
    questionShare(conduct) >= 2 * questionShare(respondent) &&
    conduct.answers <= interviewerAnswerShare * respondent.answers
  )
}

/**
 * Who is the client and who asks on our behalf. A name that states a role decides. Otherwise it is
 * an interview when one speaker gives at least 60 % of the answers; then whoever mostly asks is an
 * agent. In doubt a speaker is a client, since only what clients say can be asked for, and a
 * question too many costs less than a wish that is lost.
 */
export function assignRoles(speeches: readonly Speech[]): ReadonlyMap<string, SpeakerRole> {
  const conduct = conductOf(speeches)
  const named = new Map([...conduct.keys()].map((speaker) => [speaker, roleOfName(speaker)]))
  const anAgentIsNamed = [...named.values()].includes('agent')
  const [respondent, answering] = (anAgentIsNamed ? undefined : respondentOf(conduct)) ?? []
  const roleOf = (speaker: string, own: Conduct): SpeakerRole =>
    answering !== undefined && speaker !== respondent && interviews(own, answering)
      ? 'agent'
      : 'client'
  return new Map(
    [...conduct].map(([speaker, own]) => [speaker, named.get(speaker) ?? roleOf(speaker, own)]),
  )
}
