import { total, type Score } from '../src/analysis/testing/matching.ts'
import type { Scorecard, Share } from '../src/analysis/testing/scorecard.ts'
import type { Group, Row } from './measure.ts'

/** The talks of a group together, each thing counted once; shares from 0 to 1. */
export interface Summary {
  summary: Group | 'golden'
  talks: number
  refused: number
  words: number
  precision?: number
  recall?: number
  faithfulness?: number
  coverage?: number
  inventionRate?: number
  earsShare?: number
  addedShare?: number
  lintErrors: number
  lintWarnings: number
  citationsVerbatim?: number
  citationsOfTheRightTurn?: number
  missingOwnedUp?: number
  missedFairly?: number
  kindsRight?: number
  jobsRight?: number
  ledgerRight?: number
  entityPrecision?: number
  entityRecall?: number
  fieldPrecision?: number
  fieldRecall?: number
}

/** One summary for each group that has talks, and one for all golden talks. */
export function summaryOf(rows: readonly Row[]): Summary[] {
  const groups: readonly [Summary['summary'], (row: Row) => boolean][] = [
    ['tuned', ({ group }) => group === 'tuned'],
    ['held back', ({ group }) => group === 'held back'],
    ['blind', ({ group }) => group === 'blind'],
    ['unseen', ({ group }) => group === 'unseen'],
    ['golden', ({ group }) => group !== 'real'],
    ['real', ({ group }) => group === 'real'],
  ]
  return groups.flatMap(([name, belongs]) => {
    const members = rows.filter(belongs)
    return members.length === 0 ? [] : [summed(name, members)]
  })
}

/** Left out where there is nothing to have a share of. */
export function ratio<K extends string>(name: K, { right, of }: Share): { [P in K]?: number } {
  const named: { [P in K]?: number } = {}
  if (of > 0) named[name] = right / of
  return named
}

export function recallShare({ found, expected }: Score): Share {
  return { right: found, of: expected }
}

export function precisionShare({ right, made }: Score): Share {
  return { right, of: made }
}

function summed(summary: Summary['summary'], rows: readonly Row[]): Summary {
  const all = (pick: (row: Row) => Share) => added(rows.map(pick))
  return {
    summary,
    talks: rows.length,
    refused: rows.filter(({ refused }) => refused !== undefined).length,
    words: sum(rows.map(({ words }) => words)),
    ...ratio(
      'faithfulness',
      all(({ faithful }) => faithful),
    ),
    ...ratio(
      'coverage',
      all(({ covered }) => covered),
    ),
    ...ratio(
      'inventionRate',
      all(({ invented }) => invented),
    ),
    ...ratio(
      'earsShare',
      all(({ ears }) => ears),
    ),
    ...ratio(
      'addedShare',
      all((row) => row.added),
    ),
    lintErrors: sum(rows.map(({ lintErrors }) => lintErrors)),
    lintWarnings: sum(rows.map(({ lintWarnings }) => lintWarnings)),
    ...ratio(
      'citationsVerbatim',
      all(({ verbatim }) => verbatim),
    ),
    ...goldShares(rows.flatMap((row) => row.gold ?? [])),
  }
}

/** What is known only where it was written down by hand. */
function goldShares(gold: readonly Scorecard[]): Partial<Summary> {
  const shares = (pick: (card: Scorecard) => Share) => added(gold.map(pick))
  const scores = (pick: (card: Scorecard) => Score) => total(gold.map(pick))
  return {
    ...ratio('precision', precisionShare(scores(({ brief }) => brief))),
    ...ratio('recall', recallShare(scores(({ brief }) => brief))),
    ...ratio(
      'citationsOfTheRightTurn',
      shares(({ turns }) => turns),
    ),
    ...ratio(
      'missingOwnedUp',
      shares(({ ownedUp }) => ownedUp),
    ),
    ...ratio(
      'missedFairly',
      shares(({ fair }) => fair),
    ),
    ...ratio(
      'kindsRight',
      shares(({ kinds }) => kinds),
    ),
    ...ratio(
      'jobsRight',
      shares(({ job }) => job),
    ),
    ...ratio(
      'ledgerRight',
      shares(({ outcomes }) => outcomes),
    ),
    ...ratio('entityPrecision', precisionShare(scores(({ entities }) => entities))),
    ...ratio('entityRecall', recallShare(scores(({ entities }) => entities))),
    ...ratio('fieldPrecision', precisionShare(scores(({ fields }) => fields))),
    ...ratio('fieldRecall', recallShare(scores(({ fields }) => fields))),
  }
}

function added(shares: readonly Share[]): Share {
  return { right: sum(shares.map(({ right }) => right)), of: sum(shares.map(({ of }) => of)) }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
