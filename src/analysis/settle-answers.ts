import type { Brief, BriefItem, Need } from '../domain/brief.ts'
import type { Citation } from '../domain/citation.ts'
import { withNeeds } from '../domain/ledger.ts'
import type { Turn } from '../domain/turn.ts'
import type { Outcome } from './ledger/claims.ts'
import { inTurnOrder, withoutEntries } from './ledger/without-entries.ts'
import { plainWords, touching } from './touching.ts'

/** What a person answered to an open question or decided of a contradiction of an earlier brief. */
export interface Answer {
  kind: 'question' | 'contradiction'
  /** The question's text or the contradiction's statement. */
  asked: string
  /** The words that left it open. */
  citations: readonly Citation[]
  /** Of a contradiction: the turn whose statement holds, when the person named one. */
  holds: string | null
  /** The turn that repeats the question, and the one that answers it. */
  askedIn: Turn
  saidIn: Turn
}

interface Asked {
  citations: readonly Citation[]
}

const maxQuote = 2_000

/**
 * Sees to it that what was answered is settled, whoever made the brief: the question is closed, what
 * the answer replaces is gone, and the answer itself is cited by an item at least.
 */
export function settleAnswers(brief: Brief, answers: readonly Answer[]): Brief {
  return answers.reduce(settle, brief)
}

function settle(brief: Brief, answer: Answer): Brief {
  // All words of it were set aside, so it decides nothing but what a choice beside them says.
  if (isMute(answer) && answer.holds === null) return brief
  const closed = answer.kind === 'contradiction' ? decide(brief, answer) : close(brief, answer)
  return cited(supersede(closed, answer), answer)
}

function isMute({ saidIn }: Answer): boolean {
  return saidIn.text.trim() === ''
}

/** An open question that cites the answer was left open by it again, and is one of its own. */
function citesAnswer({ citations }: Asked, { saidIn }: Answer): boolean {
  return citations.some(({ turn }) => turn === saidIn.id)
}

function close(brief: Brief, answer: Answer): Brief {
  const { asked, askedIn, citations } = answer
  const known = [...citations, ...quoteOf(askedIn)]
  const openQuestions = brief.openQuestions.filter((open) => {
    const same = plainWords(open.question) === plainWords(asked)
    return citesAnswer(open, answer) || (!same && touching(open.citations, known) === 0)
  })
  return { ...brief, openQuestions }
}

function says(brief: Brief, turn: string): boolean {
  return [...brief.items, ...brief.entities].some(({ citations }) =>
    citations.some((citation) => citation.turn === turn),
  )
}

/** Whether later talk has replaced what an answer said. */
function isTakenBack({ ledger }: Brief, { saidIn }: Answer): boolean {
  return ledger.some(({ turn, outcome }) => turn === saidIn.id && outcome === 'superseded')
}

/** The statements that a decision has overruled; without a word that was understood there are none. */
function overruled(brief: Brief, answer: Answer): Citation[] {
  const { citations, holds, saidIn } = answer
  if (holds !== null) return citations.filter(({ turn }) => turn !== holds)
  return says(brief, saidIn.id) || isTakenBack(brief, answer) ? [...citations] : []
}

/** Takes the overruled statements away; what holds cites the decision besides. */
function decide(brief: Brief, answer: Answer): Brief {
  const losing = overruled(brief, answer)
  const held = answer.citations.filter(({ turn }) => turn === answer.holds)
  const without = <T extends Asked>(entry: T): T[] => {
    const kept = entry.citations.filter((citation) => touching([citation], losing) === 0)
    if (kept.length === 0 && entry.citations.length > 0) return []
    const isHeld = touching(kept, held) > 0 && !citesAnswer({ citations: kept }, answer)
    const more = isHeld ? quoteOf(answer.saidIn) : []
    return [{ ...entry, citations: [...kept, ...more] }]
  }
  const contradictions = brief.contradictions.filter(
    (open) =>
      touching(open.citations, losing) === 0 &&
      touching(answer.citations, open.citations) < answer.citations.length,
  )
  return {
    ...brief,
    items: brief.items.flatMap(without),
    entities: brief.entities.flatMap(without),
    contradictions,
  }
}

/** Has the ledger say what became of the turns that the answer settles. */
function supersede(brief: Brief, answer: Answer): Brief {
  const all = [brief.items, brief.entities, brief.openQuestions, brief.contradictions].flat()
  const cites = new Map(all.map(({ id, citations }) => [id, citations.map(({ turn }) => turn)]))
  const by = answer.saidIn.id
  const settled = new Set(
    answer.citations.map(({ turn }) => turn).filter((turn) => turn !== answer.holds && turn !== by),
  )
  const isThere = (id: string, need: Need) => {
    const turns = cites.get(id)
    return turns !== undefined && (!settled.has(need.turn) || turns.includes(need.turn))
  }
  const lost: Outcome = { outcome: 'superseded', by }
  return { ...brief, ...withNeeds(withoutEntries(brief.needs ?? [], isThere, lost)) }
}

/** An answer from which nothing was taken is kept as a constraint in its own words. */
function cited(brief: Brief, answer: Answer): Brief {
  const { saidIn } = answer
  const open = [...brief.openQuestions, ...brief.contradictions]
  if (isMute(answer) || isTakenBack(brief, answer)) return brief
  if (says(brief, saidIn.id) || open.some((entry) => citesAnswer(entry, answer))) {
    return withUse(brief, saidIn.id)
  }
  const numbers = brief.items.flatMap(({ id }) => (id.startsWith('C') ? [Number(id.slice(1))] : []))
  const item: BriefItem = {
    id: `C${Math.max(0, ...numbers) + 1}`,
    kind: 'constraint',
    statement: `The answer to “${answer.asked}” is: ${saidIn.text.replaceAll(/\s*\n\s*/g, ' ')}`
      .slice(0, 1_000)
      .toWellFormed(),
    saidBy: saidIn.speaker,
    priority: { level: 'must', reason: 'A person decided it in answer to a question.' },
    citations: quoteOf(saidIn),
  }
  return withUse({ ...brief, items: [...brief.items, item] }, saidIn.id)
}

/** The ledger with what the words of an answer's turn are used for, where it did not know yet. */
function withUse(brief: Brief, turn: string): Brief {
  const needs = brief.needs ?? []
  const known = needs.filter(({ outcome }) => outcome === 'used')
  const used = [...brief.items, ...brief.entities].flatMap(({ id, citations }) =>
    citations
      .filter((one) => one.turn === turn && touching([one], known) === 0)
      .map(({ quote }): Need => ({ turn, quote, outcome: 'used', items: [id] })),
  )
  const others = needs.filter(
    (need) =>
      (need.outcome !== 'rejected' && need.outcome !== 'missed') || touching([need], used) === 0,
  )
  return { ...brief, ...withNeeds(inTurnOrder([...others, ...used])) }
}

/** The words of a turn, line by line: words that were set aside may have stood between two lines. */
function quoteOf({ id, text }: Turn): Citation[] {
  return text
    .split('\n')
    .map((line) => line.trim().slice(0, maxQuote).toWellFormed())
    .filter((quote) => quote !== '')
    .map((quote) => ({ turn: id, quote }))
}
