import type { Clause } from '../../domain/brief.ts'
import { amountIn } from './amounts.ts'
import { findAnchors } from './anchors.ts'
import { clauseEnd } from './clause-end.ts'
import { clausesIn } from './clauses.ts'
import { capitalised, isPlural } from './inflect.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, singularName, subjectPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { isSound } from './soundness.ts'
import type { Word } from './words.ts'
import { restOf, spoken } from './written.ts'

/** What something costs, as a rule. */
export interface Price {
  statement: string
  clause: Clause
}

const costing = wordSet('is are cost costs')
const noPrices = wordSet('budget sum amount turnover salary rent fine balance')

/** `An e-bike is 35 euros a day`, `it costs 4 pounds`: `named` is what an `it` means. */
export function pricesIn(words: readonly Word[], named: readonly Word[] = []): Price[] {
  if (findAnchors(words).length > 0) return []
  return clausesIn(words).flatMap((clause) => priceIn(clause, named) ?? [])
}

function priceIn(words: readonly Word[], named: readonly Word[]): Price | undefined {
  const start = openingEnd(words)
  const points = ['it', 'that', 'they', 'those'].includes(words[start]?.lower ?? '')
  const end = points ? start + 1 : subjectPhraseEnd(words, start)
  const verb = words[end]
  const thing = points ? named : words.slice(start, end)
  const head = headOf(thing)
  if (verb === undefined || head === undefined || !costing.has(verb.lower)) return undefined
  if (noPrices.has(head.lemma) || emptyNouns.has(head.lemma)) return undefined
  const rest = words.slice(end + 1, clauseEnd(words, end + 1, words.length))
  // Right behind the verb: `the seat is in a row that costs 2 euros` is about the seat.
  if (!amountIn(rest.slice(0, 4)) || !isSound(rest)) return undefined
  return {
    statement: `${capitalised(spoken(thing))} ${isPlural(head) ? 'cost' : 'costs'} ${spoken(rest)}.`,
    clause: {
      verb: 'cost',
      object: singularName(thing).slice(0, 120),
      ...restOf(rest),
      negated: false,
    },
  }
}
