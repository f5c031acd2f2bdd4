import { assertNever } from '../../domain/assert-never.ts'
import type { Turn } from '../../domain/turn.ts'
import { dataJson } from '../../model/data-json.ts'
import { passageFinder, type PassageFinder } from '../evidence/passages.ts'
import type { AnsweredBrief, AnsweredQuote } from './answer.ts'
import { accountsOf, missedIn } from '../ledger/accounts.ts'
import type { Claim } from '../ledger/claims.ts'
import type { NeedFinder } from '../ledger/found-need.ts'
import { isContested } from './digest.ts'
import { checkQuotes } from './quotes.ts'
import { supportOf } from './support.ts'

const maxFaults = 40

/** What a model should mend in its answer, in words that help; each fault names its entry. */
export function faultsOf(
  answer: AnsweredBrief,
  turns: readonly Turn[],
  needs: NeedFinder,
): string[] {
  const byId = new Map(turns.map((turn) => [turn.id, turn]))
  const near = nearestTurns(turns)
  const quoteFaults = (where: string, quotes: readonly AnsweredQuote[], about: string): string[] =>
    checkQuotes(quotes, byId).wrong.map(
      ({ quote, fault }) =>
        `${where}: quote ${shown(quote.quote)} of ${shown(quote.turn)}: ${fault}.${near(`${about} ${quote.quote}`)}`,
    )
  const items = answer.items.flatMap((item, at) => {
    const where = `items[${at}] ${shown(item.statement)}`
    const { found, wrong } = checkQuotes(item.quotes, byId)
    if (wrong.length > 0) return quoteFaults(where, item.quotes, item.statement)
    if (item.inferred !== null && item.quotes.length === 0) return []
    const support = supportOf(item.statement, found, turns, item.kind === 'out_of_scope')
    switch (support.kind) {
      case 'said':
        return []
      case 'suggested':
        return [
          `${where}: only the agent says this, and no client agrees right after. Quote the client who asks for it or agrees, or leave it out.`,
        ]
      case 'declined':
        return [
          `${where}: a client declines this. Leave it out, or put it as an item of the kind out_of_scope.`,
        ]
      case 'unsupported':
        return [
          `${where}: its quotes do not say this. Quote the words that do, or leave it out.${near(item.statement)}`,
        ]
      default:
        return assertNever(support)
    }
  })
  const others = [
    ...answer.entities.flatMap((one, at) =>
      quoteFaults(`entities[${at}] ${shown(one.name)}`, one.quotes, one.name),
    ),
    ...answer.openQuestions.flatMap((one, at) =>
      quoteFaults(`openQuestions[${at}]`, one.quotes, one.question),
    ),
    ...answer.contradictions.flatMap((one, at) =>
      quoteFaults(`contradictions[${at}]`, one.quotes, one.statement),
    ),
  ]
  const ledger = answer.ledger.flatMap((entry, at) => {
    const { turn, quote } = entry
    if (isContested(entry, byId)) return [contested(at, entry.by ?? '')]
    return quote === null
      ? []
      : quoteFaults(`ledger[${at}]`, [{ turn, quote, english: null }], quote)
  })
  return [...items, ...others, ...ledger, ...passedOver(answer, turns, needs)].slice(0, maxFaults)
}

function contested(at: number, by: string): string {
  return `ledger[${at}]: ${shown(by)} is said by another client, who cannot take this back. Keep both statements as items, with an entry in contradictions.`
}

/** Words of clients that read like a need and of which the answer makes nothing anywhere. */
function passedOver(answer: AnsweredBrief, turns: readonly Turn[], needs: NeedFinder): string[] {
  if (!answer.language.toLowerCase().startsWith('en')) return []
  const byId = new Map(turns.map((turn) => [turn.id, turn]))
  const claim = (text: string, quotes: readonly AnsweredQuote[]): Claim => ({
    text,
    citations: checkQuotes(quotes, byId).found,
    became: { outcome: 'used', items: ['-'] },
  })
  const claims = [
    ...answer.items.map(({ statement, quotes }) => claim(statement, quotes)),
    ...answer.entities.map((one) => claim(JSON.stringify(one.fields), one.quotes)),
    ...answer.openQuestions.map(({ question, quotes }) => claim(question, quotes)),
    ...answer.contradictions.map(({ statement, quotes }) => claim(statement, quotes)),
    ...answer.ledger.flatMap(({ turn, quote }) =>
      quote === null ? [] : [claim(quote, [{ turn, quote, english: null }])],
    ),
  ]
  const whole = answer.ledger.filter(({ quote }) => quote === null)
  const ofTurns = whole.map(({ turn }) => ({
    turn,
    outcome: 'rejected' as const,
    reason: '-',
  }))
  const missed = missedIn(accountsOf({ turns, needs: needs(turns), claims, ofTurns }))
  return missed.length === 0
    ? []
    : [
        `These words read like needs, and no item, question or ledger entry speaks for them: ${missed
          .slice(0, 40)
          .map(({ turn, quote }) => `${turn} ${shown(quote)}`)
          .join('; ')}. Add what they ask for, or say in the ledger why not.`,
      ]
}

/**
 * Where words like these were said. Only the turns' ids are told: the talk itself stays in the data,
 * apart from what the model is to do.
 */
function nearestTurns(turns: readonly Turn[]): (text: string) => string {
  let finder: PassageFinder | undefined
  return (text) => {
    finder ??= passageFinder(turns.filter(({ role }) => role === 'client' || role === 'agent'))
    const ids = finder.find(text, 3).map(({ turn }) => turn)
    return ids.length === 0 ? '' : ` The nearest words are in ${ids.join(', ')}.`
  }
}

/** A piece of the answer within a message: bounded, and as JSON, so that it cannot pose as the message. */
function shown(text: string): string {
  return dataJson(text.slice(0, 100).toWellFormed())
}
