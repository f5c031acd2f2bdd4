import type { Share } from '../src/analysis/testing/scorecard.ts'
import type { Row } from './measure.ts'
import type { RetrievalRow } from './retrieval.ts'
import { precisionShare, recallShare, type Summary } from './summary.ts'

const columns = [
  ['talk', 24],
  ['kind', 34],
  ['words', 6],
  ['prec', 6],
  ['recall', 6],
  ['faith', 6],
  ['cover', 6],
  ['invent', 6],
  ['ears', 6],
  ['lint', 5],
  ['quote', 6],
  ['turn', 6],
  ['told', 6],
  ['fair', 6],
] as const

/** The figures as a table for people; shares in per cent. */
export function tableOf(rows: readonly Row[], summaries: readonly Summary[]): string {
  const lines: string[] = []
  for (const { summary, ...figures } of summaries) {
    const members = rows.filter(({ group }) => group === summary)
    lines.push('', head(summary), ...members.map(rowLine), summaryLine(summary, figures))
  }
  return `${lines.join('\n')}\n\n${legend}\n`
}

const legend = [
  'prec, recall: items, open questions and contradictions against what was written down by hand',
  'faith: items whose quotes support them · cover: client turns in the ledger (real talks: needs that are not missed) · invent: items that no words support',
  'ears: criteria of the plan in EARS · lint: errors of the plan · quote: citations verbatim · turn: citations of the right turn · told: what is missing and the ledger says so · fair: what the ledger says is missing and is',
].join('\n')

function line(cells: readonly string[]): string {
  return cells
    .map((cell, at) => {
      const width = columns[at]?.[1] ?? 6
      return at < 2 ? cell.slice(0, width).padEnd(width) : cell.padStart(width)
    })
    .join(' ')
    .trimEnd()
}

function head(group: string): string {
  const names = columns.map(([name]) => name)
  return line([group.toUpperCase(), ...names.slice(1)])
}

function percent(value: number | undefined): string {
  return value === undefined ? '–' : (Math.floor(value * 1_000) / 10).toFixed(1)
}

function share({ right, of }: Share = { right: 0, of: 0 }): string {
  return percent(of === 0 ? undefined : right / of)
}

function rowLine(row: Row): string {
  if (row.refused !== undefined) return line([row.talk, row.kind, String(row.words), row.refused])
  const { gold } = row
  return line([
    row.talk,
    row.kind,
    String(row.words),
    share(gold && precisionShare(gold.brief)),
    share(gold && recallShare(gold.brief)),
    share(row.faithful),
    share(row.covered),
    share(row.invented),
    row.unplanned === undefined ? share(row.ears) : 'none',
    String(row.lintErrors),
    share(row.verbatim),
    share(gold?.turns),
    share(gold?.ownedUp),
    share(gold?.fair),
  ])
}

function summaryLine(name: string, figures: Omit<Summary, 'summary'>): string {
  return line([
    `${name}: ${figures.talks} talks`,
    figures.refused === 0 ? '' : `${figures.refused} refused`,
    String(figures.words),
    percent(figures.precision),
    percent(figures.recall),
    percent(figures.faithfulness),
    percent(figures.coverage),
    percent(figures.inventionRate),
    percent(figures.earsShare),
    String(figures.lintErrors),
    percent(figures.citationsVerbatim),
    percent(figures.citationsOfTheRightTurn),
    percent(figures.missingOwnedUp),
    percent(figures.missedFairly),
  ])
}

/** What was missed and what nobody asked for, talk by talk. */
export function detailsOf(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ talk, gold }) => {
    if (gold === undefined) return []
    const { brief, entities, fields } = gold
    const missed = [...brief.missed, ...entities.missed, ...fields.missed]
    const surplus = [...brief.surplus, ...entities.surplus, ...fields.surplus]
    return [
      '',
      talk,
      ...missed.map((text) => `  missed   ${text}`),
      ...surplus.map((text) => `  surplus  ${text}`),
    ]
  })
  return `${lines.join('\n')}\n`
}

/** How well the turns behind a statement or question are found, beside plain BM25. */
export function retrievalTable(rows: readonly RetrievalRow[]): string {
  if (rows.length === 0) return ''
  const cells = rows.map(({ retrieval, finder, queries, hitAt1, hitAt3, hitAt5, mrr }) =>
    line([retrieval, finder, String(queries), ...[hitAt1, hitAt3, hitAt5, mrr].map(percent)]),
  )
  const names = line(['RETRIEVAL', 'finder', 'asked', 'hit@1', 'hit@3', 'hit@5', 'mrr'])
  return `\n${[names, ...cells].join('\n')}\n`
}
