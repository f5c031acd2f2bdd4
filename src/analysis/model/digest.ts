import type { Citation } from '../../domain/citation.ts'
import { boundedLine } from '../../domain/screen/bounded-line.ts'
import { signalIn } from '../../domain/screen/screen.ts'
import { isUserSpeaker, type Turn } from '../../domain/turn.ts'
import type { TurnClaim } from '../ledger/accounts.ts'
import type { AnsweredBrief } from './answer.ts'
import {
  bare,
  type Digestion,
  isSpokenOf,
  remove,
  safeLine,
  spokenOf,
  takeQuotes,
  wordsBy,
} from './digestion.ts'
import { type Findings, noFindings } from './drafts.ts'
import { checkQuotes } from './quotes.ts'
import { firstSentence } from './replies.ts'
import { takeEntity } from './take-entity.ts'
import { takeItem } from './take-item.ts'

/** No part of a talk asks for more; what goes beyond is noise or an attack. */
const most = { items: 400, entities: 60, questions: 100, ledger: 2_000 }

/**
 * Turns a model's answer into findings: keeps what stands on words of the talk, and says of
 * everything else why it was taken out. Nothing of the answer is believed.
 */
export function digest(answer: AnsweredBrief, turns: readonly Turn[]): Findings {
  const findings = noFindings()
  const digestion = {
    findings,
    turns,
    byId: new Map(turns.map((turn) => [turn.id, turn])),
    ...wordsBy(answer, turns),
  }
  findings.title = spokenOf(digestion, 'title', answer.title, 120)
  findings.summary = spokenOf(digestion, 'summary', answer.summary, 1_000)
  findings.language = boundedLine(answer.language, 8).toLowerCase()
  for (const item of answer.items.slice(0, most.items)) takeItem(digestion, item)
  for (const entity of answer.entities.slice(0, most.entities)) takeEntity(digestion, entity)
  for (const { question, why, quotes } of answer.openQuestions.slice(0, most.questions)) {
    const asked = spokenOf(digestion, 'question', question, 500)
    if (asked !== '') {
      const citations = takeQuotes(digestion, asked, quotes).map(bare)
      const reason = isSpokenOf(why, digestion.byAll)
        ? safeLine(digestion, 'reason', why, 300)
        : undefined
      const plain = 'The talk leaves it open.'
      findings.questions.push({ question: asked, why: reason ?? plain, citations })
    }
  }
  for (const { statement, quotes } of answer.contradictions.slice(0, most.questions)) {
    const said = spokenOf(digestion, 'contradiction', statement, 500)
    if (said === '') continue
    const citations = takeQuotes(digestion, said, quotes).map(bare)
    if (new Set(citations.map(({ turn, quote }) => `${turn} ${quote}`)).size > 1) {
      findings.contradictions.push({ statement: said, citations })
    } else remove(digestion, 'contradiction', statement, 'It takes two quotes to contradict.')
  }
  for (const entry of answer.ledger.slice(0, most.ledger)) takeEntry(digestion, entry)
  return findings
}

type Entry = AnsweredBrief['ledger'][number]

/** What the model says became of a turn, or of words in it; words that do not stand there are dropped. */
function takeEntry(digestion: Digestion, entry: Entry): void {
  const { findings, turns, byId } = digestion
  const told = ledgerEntry(entry, turns)
  if (told === undefined) return
  if (entry.quote === null) {
    const turn = isContested(told, byId) ? byId.get(told.turn) : undefined
    if (turn === undefined) findings.ledger.push(told)
    else askWhatHolds(findings, { turn: turn.id, quote: firstSentence(turn) })
    return
  }
  const quotes = [{ turn: entry.turn, quote: entry.quote, english: null }]
  const [found] = checkQuotes(quotes, byId).found.filter(({ turn }) => turn === told.turn)
  if (found === undefined) {
    remove(digestion, 'ledger', entry.quote, 'These words do not stand in the turn.')
    return
  }
  if (isContested(told, byId)) {
    askWhatHolds(findings, bare(found))
    return
  }
  const { turn: _, ...became } = told
  const weak = became.outcome === 'rejected'
  findings.replaced.push({
    text: found.quote,
    citations: [bare(found)],
    became,
    // What is used is not rejected.
    ...(weak && { weak }),
  })
}

/** Nobody but who said it takes it back: what another client says is no decision about it. */
export function isContested(
  told: Pick<TurnClaim, 'turn' | 'outcome'> & { by?: string | null },
  byId: ReadonlyMap<string, Turn>,
): boolean {
  if (told.outcome !== 'superseded') return false
  const [said, later] = [byId.get(told.turn), byId.get(told.by ?? '')]
  if (said?.role !== 'client' || later?.role !== 'client') return false
  return said.speaker !== later.speaker && !isUserSpeaker(later.speaker)
}

function askWhatHolds(findings: Findings, citation: Citation): void {
  findings.questions.push({
    question: boundedLine(`Does this still hold? “${citation.quote}”`, 500),
    why: 'Another client said otherwise later, and who had said it did not take it back.',
    citations: [citation],
  })
}

/** What the model says of a turn, where the talk bears it out: a client's turn, and a later one of a client. */
function ledgerEntry(entry: Entry, turns: readonly Turn[]): TurnClaim | undefined {
  const at = turns.findIndex(({ id }) => id === entry.turn)
  const turn = turns[at]
  if (turn?.role !== 'client') return undefined
  if (entry.outcome === 'superseded') {
    const later = turns.findIndex(({ id }) => id === entry.by)
    const by = turns[later]
    return later > at && by?.role === 'client'
      ? { turn: turn.id, outcome: 'superseded', by: by.id }
      : undefined
  }
  const text = entry.reason ?? ''
  const reason = signalIn(text) === undefined ? boundedLine(text, 300) : ''
  return { turn: turn.id, outcome: 'rejected', reason: reason || 'The model made nothing of it.' }
}
