// Measures an analyst on the golden talks and, where they lie beside the checkout, on real ones.
import { parseArgs } from 'node:util'
import {
  blindTalks,
  heldBackTalks,
  knownTalks,
  unseenTalks,
} from '../src/analysis/testing/talks/all-talks.ts'
import { chooseMakers } from './makers.ts'
import { goldenRow, realRow, type Row } from './measure.ts'
import { realTalks } from './real-talks.ts'
import { retrievalRows } from './retrieval.ts'
import { detailsOf, retrievalTable, tableOf } from './table.ts'
import { summaryOf } from './summary.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    details: { type: 'boolean', default: false },
    model: { type: 'boolean', default: false },
    talk: { type: 'string', multiple: true, default: [] },
  },
})

async function main(): Promise<void> {
  const makers = chooseMakers(options.model)
  const isChosen = ({ name }: { name: string }) =>
    options.talk.length === 0 || options.talk.includes(name)

  const rows: Row[] = []
  for (const talk of knownTalks.filter(isChosen)) rows.push(await goldenRow(talk, 'tuned', makers))
  for (const talk of heldBackTalks.filter(isChosen))
    rows.push(await goldenRow(talk, 'held back', makers))
  for (const talk of blindTalks.filter(isChosen)) rows.push(await goldenRow(talk, 'blind', makers))
  for (const talk of unseenTalks.filter(isChosen))
    rows.push(await goldenRow(talk, 'unseen', makers))
  for (const talk of realTalks().filter(isChosen)) rows.push(await realRow(talk, makers))
  if (rows.length === 0) throw new Error(`There is no talk named ${options.talk.join(', ')}.`)

  const summaries = summaryOf(rows)
  const retrieval = options.talk.length === 0 ? retrievalRows() : []
  if (options.json) {
    for (const line of [...rows, ...summaries, ...retrieval])
      process.stdout.write(`${JSON.stringify(line)}\n`)
  } else {
    process.stdout.write(tableOf(rows, summaries) + retrievalTable(retrieval))
    // What was missed in a talk that is held back would tell what to tune.
    if (options.details)
      process.stdout.write(
        detailsOf(rows.filter(({ group }) => group === 'tuned' || group === 'real')),
      )
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
