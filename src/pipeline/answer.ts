import type { Brief } from '../domain/brief.ts'
import type { Citation } from '../domain/citation.ts'
import { conflict, invalidInput } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { type Turn, userSpeaker } from '../domain/turn.ts'
import { numberTurns } from '../sources/turns.ts'
import { insertAnswers } from '../store/answers.ts'
import { audit } from '../store/audit.ts'
import { getBrief } from '../store/briefs.ts'
import { findConversation, insertConversation } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import type { ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { withProject } from './project-log.ts'
import { addTalk, isBuilding } from './revise.ts'

/** Where conversations come from that are answers to a brief's questions. */
const answersSource = 'answers'

export interface AnswersGiven {
  /** The conversation's id, for a request that may come again; a repeat finds the first one. */
  id?: string | undefined
  /** The brief that asked. */
  briefVersion: number
  answers: readonly AnswerGiven[]
}

export interface AnswerGiven {
  /** The brief's id for the open question or the contradiction: `O1`, `K1`. */
  question: string
  text: string
  /** Of a contradiction: the turn whose statement holds. */
  holds?: string | undefined
}

export interface Answered {
  conversationId: string
  /** What was added to the talk: each question and its answer. */
  turns: Turn[]
}

/** An answer with what the brief says of its question. */
interface Matched extends AnswerGiven {
  asked: string
  citations: readonly Citation[]
}

function match(brief: Brief, given: AnswerGiven): Matched {
  const { question: id, holds } = given
  const open = brief.openQuestions.find((one) => one.id === id)
  const torn = brief.contradictions.find((one) => one.id === id)
  const asked = open?.question ?? torn?.statement
  if (asked === undefined) {
    const ids = [...brief.openQuestions, ...brief.contradictions].map((one) => one.id)
    const known = ids.length === 0 ? 'nothing is open' : `these are: ${ids.join(', ')}`
    throw invalidInput('unknown_question', `The brief has no open ${id}; ${known}.`, { open: ids })
  }
  const citations = (open ?? torn)?.citations ?? []
  const choices = (torn?.citations ?? []).map(({ turn }) => turn)
  if (holds !== undefined && !choices.includes(holds)) {
    const message =
      torn === undefined
        ? `${id} is a question; only of a contradiction can one side hold.`
        : `What holds must be one of the turns that ${id} cites: ${choices.join(', ')}.`
    throw invalidInput('bad_choice', message)
  }
  return { ...given, asked, citations }
}

function matchAll(brief: Brief, given: readonly AnswerGiven[]): Matched[] {
  const ids = given.map(({ question }) => question)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) {
    throw invalidInput('question_twice', `${twice} is answered twice. Give one answer to each.`)
  }
  return given.map((answer) => match(brief, answer))
}

/** Each question, said by the agent's side, with its answer, said by a client. */
function turnsOf(matched: readonly Matched[], principal: Principal): Turn[] {
  const turns = numberTurns(
    matched.flatMap(({ question, asked, text }) => [
      {
        speaker: 'Talkwright',
        role: 'agent' as const,
        text: question.startsWith('K') ? `${asked} What holds?` : asked,
      },
      { speaker: userSpeaker(principal.userId), role: 'client' as const, text },
    ]),
    (message) => invalidInput('answer_too_large', message),
  )
  // The empty ones are left out.
  if (turns.length === 2 * matched.length) return turns
  throw invalidInput('answer_empty', 'An answer must hold words that can be read.')
}

async function store(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  given: { principal: Principal; conversationId: string; version: number; matched: Matched[] },
): Promise<Turn[]> {
  const { principal, conversationId, version, matched } = given
  const { id: projectId, workspace_id: workspaceId, approval, priority } = project
  const conversation = { id: conversationId, source: answersSource }
  await insertConversation(tx, {
    ...conversation,
    workspaceId,
    externalId: null,
    title: null,
    approval,
    priority,
    continues: projectId,
    createdBy: principal.userId,
  })
  const said = turnsOf(matched, principal)
  const turns = await addTalk(deps, tx, project, { conversation, turns: said })
  const answered = await insertAnswers(
    tx,
    matched.map(({ question: item, asked, citations, holds }, index) => ({
      id: deps.id(),
      workspaceId,
      projectId,
      conversationId,
      briefVersion: version,
      item,
      asked,
      citations,
      holds: holds ?? null,
      askedIn: turns[2 * index]?.id ?? '',
      saidIn: turns[2 * index + 1]?.id ?? '',
      answeredBy: principal.userId,
    })),
  )
  if (answered.length > 0) {
    const message = `${answered.join(', ')} has an answer already. Read the brief's next version.`
    throw conflict('question_answered', message, { answered })
  }
  return turns
}

/**
 * Takes in a person's answers to open questions and contradictions of the newest brief. They become
 * turns of the project's talk, which is analysed anew with them; a new brief and a new plan follow.
 *
 * @throws AppError `brief_changed`, `wrong_status` while the plan is built, `question_answered`,
 *   `unknown_question`, `question_twice`, `bad_choice`, `answer_empty`, `not_found`
 */
export async function answerQuestions(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
  { briefVersion, answers, ...request }: AnswersGiven,
): Promise<Answered> {
  const conversationId = request.id ?? deps.id()
  return withProject(deps, projectId, async (tx, project) => {
    const repeated = await findConversation(tx, conversationId)
    if (repeated !== undefined) return { conversationId, turns: repeated.turns }
    const { version, brief } = await getBrief(tx, projectId)
    if (version !== briefVersion) {
      throw conflict('brief_changed', 'There is a newer brief. Read it and answer what it asks.', {
        briefVersion: version,
      })
    }
    if (await isBuilding(tx, project)) {
      const message =
        'The plan is being built. Answer when the build has ended, or cancel it first.'
      throw conflict('wrong_status', message, { projectStatus: project.status })
    }
    const matched = matchAll(brief, answers)
    await audit(tx, {
      id: deps.id(),
      workspaceId: project.workspace_id,
      actor: principal.userId,
      action: 'question.answer',
      target: projectId,
      details: { briefVersion, questions: answers.map(({ question }) => question), conversationId },
    })
    const given = { principal, conversationId, version, matched }
    return { conversationId, turns: await store(deps, tx, project, given) }
  })
}
