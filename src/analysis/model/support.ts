import type { Citation } from '../../domain/citation.ts'
import { contentWords } from '../offline/findings.ts'
import type { Turn } from '../../domain/turn.ts'
import type { FoundQuote } from './quotes.ts'
import { answerTo, firstSentence, replyIn } from './replies.ts'
import { clausesAround, isDenial, type Stance, stanceIn } from './stance.ts'

/** Whether a statement may stand as said, and with which citations. */
export type Support =
  | { kind: 'said'; citations: Citation[]; saidBy: string }
  /** The agent suggested it, and no client agreed. */
  | { kind: 'suggested'; citations: Citation[] }
  /** The agent suggested it, and a client said no. */
  | { kind: 'declined' }
  /** Nothing that is quoted says it. */
  | { kind: 'unsupported' }

/**
 * Weighs the quotes of a statement: a client's words that share a word with it; or the agent's that
 * do, with the answer of a client who agrees (declines, for what is left out). What a client says
 * about something else gives it no weight.
 */
export function supportOf(
  statement: string,
  quotes: readonly FoundQuote[],
  turns: readonly Turn[],
  isLeftOut: boolean,
): Support {
  const isNo = isLeftOut || isDenial(statement)
  const byId = new Map(turns.map((turn) => [turn.id, turn]))
  const words = new Set(contentWords(statement))
  const shares = ({ quote, english }: FoundQuote): boolean =>
    contentWords(`${quote} ${english}`).some((word) => words.has(word))
  const byClient = quotes.filter(({ turn }) => byId.get(turn)?.role === 'client')
  const byAgent = quotes.filter((quote) => !byClient.includes(quote))
  const spoken = byClient.filter(shares)
  const stance = (quote: FoundQuote): Stance => (isNo ? 'for' : stanceOf(quote, words, turns))
  const speaking = spoken.find((quote) => stance(quote) === 'for')
  if (speaking !== undefined) {
    return { kind: 'said', citations: distinct(quotes), saidBy: speakerOf(byId, speaking.turn) }
  }
  const asked = [...byAgent.filter(shares), ...questionsBefore(byClient, words, turns)]
  let isDeclined = spoken.some((quote) => stance(quote) === 'against')
  for (const suggestion of spoken.length > 0 ? [] : asked) {
    const answer = answerTo(suggestion.turn, turns)
    if (answer === undefined) continue
    const reply = replyIn(answer.text)
    isDeclined ||= !isNo && reply === 'declines'
    if (reply !== (isLeftOut ? 'declines' : 'agrees')) continue
    const own = byClient.some(({ turn }) => turn === answer.id)
    const more = own ? [] : [{ turn: answer.id, quote: firstSentence(answer) }]
    return {
      kind: 'said',
      citations: distinct([
        ...quotes,
        ...(quotes.length > byClient.length ? [] : [suggestion]),
        ...more,
      ]),
      saidBy: answer.speaker,
    }
  }
  if (isDeclined) return { kind: 'declined' }
  const open = [...byAgent.filter(shares), ...spoken]
  return open.length === 0
    ? { kind: 'unsupported' }
    : { kind: 'suggested', citations: distinct(open) }
}

/**
 * How a client stands to what the agent brought up, in the clauses that name it; what clients bring
 * up themselves they are for.
 */
function stanceOf(
  { turn: id, quote }: FoundQuote,
  words: ReadonlySet<string>,
  turns: readonly Turn[],
): Stance {
  const at = turns.findIndex((turn) => turn.id === id)
  const [before, turn] = [turns[at - 1], turns[at]]
  if (turn === undefined || before?.role !== 'agent') return 'for'
  const offered = new Set(contentWords(before.text).filter((word) => words.has(word)))
  const named = clausesAround(turn.text, quote).filter((clause) =>
    contentWords(clause).some((word) => words.has(word)),
  )
  const stances = named.map((clause): Stance => {
    const isOffered = contentWords(clause).some((word) => offered.has(word))
    return isOffered ? stanceIn(clause) : 'for'
  })
  if (stances.length === 0 || stances.includes('for')) return 'for'
  return stances.includes('against') ? 'against' : 'undecided'
}

/** What the agent said right before a client's quoted turn, where it speaks of the statement. */
function questionsBefore(
  byClient: readonly FoundQuote[],
  words: ReadonlySet<string>,
  turns: readonly Turn[],
): Citation[] {
  return byClient.flatMap(({ turn }) => {
    const at = turns.findIndex(({ id }) => id === turn)
    const before = turns[at - 1]
    if (before?.role !== 'agent') return []
    const sentences = before.text.match(/[^.?!\n]{1,400}[.?!]?/gu) ?? []
    const quote = sentences
      .map((sentence) => sentence.trim())
      .findLast((sentence) => contentWords(sentence).some((word) => words.has(word)))
    return quote === undefined ? [] : [{ turn: before.id, quote }]
  })
}

function speakerOf(byId: ReadonlyMap<string, Turn>, turn: string): string {
  return byId.get(turn)?.speaker ?? ''
}

function distinct(quotes: readonly Citation[]): Citation[] {
  const first = new Map(
    quotes.map(({ turn, quote }) => [JSON.stringify([turn, quote]), { turn, quote }]),
  )
  return [...first.values()]
}
