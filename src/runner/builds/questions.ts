import type { AnswerBuild, BuildEventBody, BuildQuestion, QuestionEnd } from '../../domain/build.ts'
import { conflict, invalidInput } from '../../domain/errors.ts'
import { cleanLine } from '../process/log-text.ts'
import type { Watch } from './watch.ts'

/** What is to be asked; texts may come from an agent. */
export interface Asked {
  question: string
  options: readonly { id: string; label: string }[]
  acceptsText?: boolean
}

export type Answer =
  | { type: 'option'; option: string }
  | { type: 'text'; text: string }
  /** Nobody answered in time, or the build ended. */
  | { type: 'none'; end: Exclude<QuestionEnd, 'answered'> }

/** Asks a person, and waits. */
export type Ask = (asked: Asked) => Promise<Answer>

/** The questions of one build. Each is on disk before anybody sees it, and ends once. */
export interface Questions {
  ask: Ask
  /** Throws `question_closed`, `unknown_option`, `text_not_accepted`. */
  answer(answer: AnswerBuild): Promise<void>
}

export interface QuestionsOptions {
  record: (event: BuildEventBody) => Promise<void>
  watch: Watch
  clock: () => Date
  /** A fresh id of letters, digits and dashes. */
  ids: () => string
  /** How long a person has; at zero nobody is asked. */
  answerMs: number
}

interface Open {
  question: BuildQuestion
  close(end: QuestionEnd, answer: Answer): Promise<void>
}

const closed = () =>
  conflict('question_closed', 'This question is not open: it was answered, or its time is over.')

/** What the answer to an open question says; throws when it does not fit. */
function readAnswer({ options, accepts_text }: BuildQuestion, given: AnswerBuild): Answer {
  if (given.option !== undefined) {
    if (options.some(({ id }) => id === given.option))
      return { type: 'option', option: given.option }
    const ids = options.map(({ id }) => id)
    throw invalidInput('unknown_option', `The options are: ${ids.join(', ') || 'none'}.`, { ids })
  }
  if (accepts_text) return { type: 'text', text: given.text ?? '' }
  throw invalidInput('text_not_accepted', 'This question wants one of its options.')
}

/** The questions of a build; while one is open, the build's time limits stand still. */
export function createQuestions(options: QuestionsOptions): Questions {
  const { record, watch, clock, answerMs } = options
  const open = new Map<string, Open>()

  const describe = ({ question, options: choices, acceptsText = false }: Asked): BuildQuestion => ({
    input_id: `inp_${options.ids()}`.slice(0, 80),
    question: cleanLine(question, 2_000),
    options: choices.map(({ id, label }) => ({ id, label: cleanLine(label, 200) })),
    accepts_text: acceptsText,
    expires_at: new Date(clock().getTime() + answerMs).toISOString(),
  })
  const wait = (question: BuildQuestion) =>
    new Promise<Answer>((resolve, reject) => {
      const { input_id: id } = question
      const close = async (end: QuestionEnd, answer: Answer) => {
        if (!open.delete(id)) return
        clearTimeout(timer)
        watch.signal.removeEventListener('abort', withdraw)
        const chosen = answer.type === 'option' ? { option: answer.option } : {}
        await record({ type: 'build.input_closed', input_id: id, end, ...chosen })
        resolve(answer)
      }
      const closeAlone = (end: 'expired' | 'withdrawn') =>
        void close(end, { type: 'none', end }).catch(reject)
      const withdraw = () => closeAlone('withdrawn')
      const timer = setTimeout(() => closeAlone('expired'), answerMs)
      open.set(id, { question, close })
      if (watch.signal.aborted) withdraw()
      else watch.signal.addEventListener('abort', withdraw, { once: true })
    })
  return {
    async ask(asked) {
      if (answerMs === 0) return { type: 'none', end: 'expired' }
      const question = describe(asked)
      await record({ type: 'build.needs_input', ...question })
      const held = watch.pause()
      return wait(question).finally(() => held[Symbol.dispose]())
    },
    async answer(given) {
      const asked = open.get(given.input_id)
      if (asked === undefined) throw closed()
      await asked.close('answered', readAnswer(asked.question, given))
    },
  }
}
