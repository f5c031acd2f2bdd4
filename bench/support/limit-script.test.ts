import { expect, it } from 'vitest'
import {
  jobsFromLog,
  limitScript,
  literal,
  type Recorded,
  roundTrips,
  sortByStage,
} from './limit-script.ts'
import { readParameters, readStatements } from './statement-log.ts'

const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`
const recorded: Recorded = {
  inbox: id(1),
  project: id(2),
  conversation: id(3),
  externalId: 'c-rec-1',
  spec: id(4),
  jobs: { ingest: id(5), analyse: id(6), plan: id(7) },
}

const claim = (stage: string) =>
  `@@2 LOG:  statement: update job set state = 'active' where name = '${stage}' for update skip locked\n`
const sent = (session: number, text: string, ...values: string[]) =>
  `@@${session} LOG:  execute <unnamed>: ${text}\n` +
  (values.length === 0
    ? ''
    : `@@${session} DETAIL:  parameters: ${values.map((value, index) => `$${index + 1} = '${value}'`).join(', ')}\n`)
const transaction = (...inside: string[]) =>
  ['@@3 LOG:  statement: begin\n', ...inside, '@@3 LOG:  statement: commit\n'].join('')

const log = [
  transaction(sent(3, 'insert into inbox values ($1)', id(1))),
  claim('ingest'),
  sent(4, 'select 1'),
  transaction(
    sent(3, 'complete $1', id(5)),
    sent(3, 'insert into projects values ($1, $2)', id(2), "it''s: new"),
  ),
  claim('analyse'),
  transaction(sent(3, 'lock $1', id(2))),
  claim('ingest'),
  transaction(sent(3, 'complete $1', id(6)), sent(3, 'send $1', `{"p":"${id(2)}"}`)),
  claim('plan'),
  sent(4, "update projects set from job where name = 'plan' for share skip locked, $1", id(2)),
  transaction(sent(3, 'complete $1', id(7)), sent(3, 'update\n\tprojects $1', id(2))),
].join('')

it('reads quoted and missing parameters', () => {
  expect(readParameters(`parameters: $1 = 'it''s', $2 = NULL, $3 = 'a, $4 = ''b'''`)).toEqual([
    "it's",
    null,
    "a, $4 = 'b'",
  ])
})

it('joins the lines of a statement', () => {
  expect(readStatements(log).at(-2)?.text).toBe('update\nprojects $1')
})

it('gives each stage its claim and what it sent, without the acceptance and idle polls', () => {
  const recording = sortByStage(readStatements(log), recorded)
  expect([...roundTrips(recording)]).toEqual([
    ['ingest', 5],
    ['analyse', 8],
    ['plan', 6],
  ])
})

it('finds the jobs of an engine that keeps none', () => {
  const rows = [recorded.inbox, recorded.project, recorded.conversation, recorded.spec]
  expect(jobsFromLog(readStatements(log), rows)).toEqual(recorded.jobs)
})

it('puts variables in the place of whatever differs', () => {
  const script = limitScript(sortByStage(readStatements(log), recorded), recorded)
  expect(script).toContain('insert into projects values (:ingest_2, E')
  expect(script).toContain(String.raw`E'it''s\x3a new'`)
  expect(script.match(/\\gset/g)).toHaveLength(3)
  expect(script).not.toContain('select 1')
})

it('hides colons from pgbench', () => {
  expect(literal(`a:b 'c' \\`)).toBe(String.raw`E'a\x3ab ''c'' \\'`)
})
