import { excludedIn, refusedThen } from './exclusions.ts'
import type { Finding } from './findings.ts'
import { priceIn } from './prices.ts'
import { ruleIn } from './rules.ts'
import { availabilityIn } from './shares.ts'
import { languagesAsked } from './spoken-languages.ts'
import type { Word } from './words.ts'

/** What a clause sets without asking for it, with the words that say it. */
export type Fact = Pick<Finding, 'kind' | 'statement' | 'priority' | 'clause'> & {
  words: readonly Word[]
}

/** What a clause leaves out, or sets a price or a share of the time for. */
export function factsIn(clause: readonly Word[], asked: string): Fact[] {
  const excluded = excludedIn(clause).map((statement): Fact => ({
    kind: 'out_of_scope',
    statement,
    priority: { level: 'wont', reason: 'The client left it out.' },
    words: clause,
  }))
  if (excluded.length > 0) return excluded
  const set = languagesSet(clause) ?? ruledOut(clause)
  if (set !== undefined) return [set]
  const price = priceIn(clause, asked)
  const rule = ruleIn(clause)
  const available = availabilityIn(clause)
  return [
    ...(price === undefined
      ? []
      : [
          {
            kind: 'constraint' as const,
            ...price,
            priority: { level: 'must' as const, reason: 'The client named the price.' },
          },
        ]),
    ...(price !== undefined || rule === undefined
      ? []
      : [
          {
            kind: 'constraint' as const,
            ...rule,
            priority: { level: 'must' as const, reason: 'Told as a rule.' },
          },
        ]),
    ...(available === undefined
      ? []
      : [
          {
            kind: 'quality' as const,
            ...available,
            priority: { level: 'must' as const, reason: 'The client named the share.' },
          },
        ]),
  ]
}

function languagesSet(clause: readonly Word[]): Fact | undefined {
  const statement = languagesAsked(clause)
  return statement === undefined
    ? undefined
    : {
        kind: 'quality',
        statement,
        clause: { verb: 'be', rest: statement.slice('The system is '.length, -1), negated: false },
        priority: { level: 'must', reason: 'The client named the languages.' },
        words: clause,
      }
}

function ruledOut(clause: readonly Word[]): Fact | undefined {
  const statement = refusedThen(clause)
  return statement === undefined
    ? undefined
    : {
        kind: 'constraint',
        statement,
        priority: { level: 'must', reason: 'The client ruled it out then.' },
        words: clause,
      }
}
