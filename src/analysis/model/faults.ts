import { assertNever } from '../../domain/assert-never.ts'
import type { Turn } from '../../domain/turn.ts'
import { dataJson } from '../../model/data-json.ts'
import type { AnsweredBrief, AnsweredQuote } from './answer.ts'
import { accountsOf } from './ledger.ts'
import type { NeedFinder } from './needs.ts'
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
  const quoteFaults = (where: string, quotes: readonly AnsweredQuote[]): string[] =>
    checkQuotes(quotes, byId).wrong.map(
      ({ quote, fault }) =>
        `${where}: quote ${shown(quote.quote)} of ${shown(quote.turn)}: ${fault}.`,
    )
  const items = answer.items.flatMap((item, at) => {
    const where = `items[${at}] ${shown(item.statement)}`
    const { found, wrong } = checkQuotes(item.quotes, byId)
    if (wrong.length > 0) return quoteFaults(where, item.quotes)
    if (item.inferred !== null && item.quotes.length === 0) return []
    const support = supportOf(item.statement, found, turns, item.kind === 'out_of_scope')
    switch (support.kind) {
      case 'said':
        return []
      case 'suggested':
        return [
          `${where}: only the agent says this, and no client agrees right after. Quote the client who asks for it or agrees, or leave it out.`,
        ]
      case 'unsupported':
        return [`${where}: its quotes do not say this. Quote the words that do, or leave it out.`]
      default:
        return assertNever(support)
    }
  })
  const others = [
    ...answer.entities.flatMap((one, at) =>
      quoteFaults(`entities[${at}] ${shown(one.name)}`, one.quotes),
    ),
    ...answer.openQuestions.flatMap((one, at) => quoteFaults(`openQuestions[${at}]`, one.quotes)),
    ...answer.contradictions.flatMap((one, at) => quoteFaults(`contradictions[${at}]`, one.quotes)),
  ]
  return [...items, ...others, ...passedOver(answer, turns, needs)].slice(0, maxFaults)
}

/** Client turns that read like a need and that the answer does not mention anywhere. */
function passedOver(answer: AnsweredBrief, turns: readonly Turn[], needs: NeedFinder): string[] {
  if (!answer.language.toLowerCase().startsWith('en')) return []
  const mentioned = (quotes: readonly AnsweredQuote[]) =>
    quotes.map(({ turn, quote }) => ({ turn, quote }))
  const { missing } = accountsOf({
    turns,
    used: [
      ...answer.items.map(({ quotes }) => ({ id: 'R1', citations: mentioned(quotes) })),
      ...answer.entities.map(({ quotes }) => ({ id: 'E1', citations: mentioned(quotes) })),
    ],
    questions: [...answer.openQuestions, ...answer.contradictions].map(({ quotes }) => ({
      id: 'O1',
      citations: mentioned(quotes),
    })),
    told: answer.ledger.map(({ turn }) => ({ turn, outcome: 'rejected', reason: '-' })),
    needs: needs(turns),
  })
  return missing.length === 0
    ? []
    : [
        `The turns ${missing
          .slice(0, 40)
          .map(({ turn }) => turn)
          .join(
            ', ',
          )} read like needs and are in no item, question or ledger entry. Add what they ask for, or say in the ledger why not.`,
      ]
}

/** A piece of the answer within a message: bounded, and as JSON, so that it cannot pose as the message. */
function shown(text: string): string {
  return dataJson(text.slice(0, 100).toWellFormed())
}
