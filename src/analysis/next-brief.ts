import type { Brief, BriefItem, OpenQuestion } from '../domain/brief.ts'
import { turnsById } from '../domain/citation.ts'
import { screenTalk } from '../domain/screen/talk.ts'
import type { Turn } from '../domain/turn.ts'
import { keepIds, type HighestIds } from './keep-ids.ts'
import { type Answer, settleAnswers } from './settle-answers.ts'
import { plainWords } from './touching.ts'

/** What is known of a project when its talk is analysed again. */
export interface Known {
  brief: Brief
  answers: readonly Answer[]
  highest: HighestIds
  turns: readonly Turn[]
}

/**
 * An analyst's brief as the next version of an earlier one: what was answered is settled, and title,
 * folder and ids stay.
 */
export function nextBrief(made: Brief, known: Known): Brief {
  const { title, feature } = known.brief
  const open = [...made.openQuestions, ...stillOpen(made, known)]
  const settled = settleAnswers({ ...made, openQuestions: open }, heardAnswers(known))
  const next = keepIds(known.brief, settled, known.highest)
  return { ...next, items: withAmendments(known.brief, next.items), title, feature }
}

/** The answers without the words that address a machine: only what an analyst may read counts. */
function heardAnswers({ answers, turns }: Known): Answer[] {
  if (answers.length === 0) return []
  const heard = turnsById(screenTalk({ turns: [...turns] }).talk.turns)
  return answers.map((answer) => ({
    ...answer,
    askedIn: heard.get(answer.askedIn.id) ?? answer.askedIn,
    saidIn: heard.get(answer.saidIn.id) ?? answer.saidIn,
  }))
}

/** What a person made of an item by editing the plan holds until the talk itself takes the item away. */
function withAmendments(before: Brief, items: readonly BriefItem[]): BriefItem[] {
  const amended = before.items.filter(({ amendedBy }) => amendedBy !== undefined)
  const byId = new Map(amended.map((item) => [item.id, item]))
  const kept = items.map((item) => {
    const known = byId.get(item.id)
    return known === undefined ? item : { ...known, citations: item.citations }
  })
  return [...kept, ...amended.filter(({ inferred }) => inferred !== undefined)]
}

/**
 * The offline analyst looks for questions that nobody answered at the end of the talk alone, and
 * further talk has moved that end.
 */
function stillOpen(made: Brief, { brief, turns }: Known): OpenQuestion[] {
  if (made.madeBy.kind !== 'offline') return []
  const agents = new Set(turns.filter(({ role }) => role === 'agent').map(({ id }) => id))
  const asked = new Set(made.openQuestions.map(({ question }) => plainWords(question)))
  const numbers = made.openQuestions.map(({ id }) => Number(id.slice(1)))
  const first = Math.max(0, ...numbers) + 1
  return brief.openQuestions
    .filter(
      ({ citations }) => citations.length > 0 && citations.every(({ turn }) => agents.has(turn)),
    )
    .filter(({ question }) => !asked.has(plainWords(question)))
    .map((question, index) => ({ ...question, id: `O${first + index}` }))
}
