// Turns the statements that Talkwright sent for one conversation into a pgbench script that sends
// the same ones for any conversation: the most that PostgreSQL can do of this work on this machine.
import type { Statement } from './statement-log.ts'

export const stages = ['ingest', 'analyse', 'plan'] as const
export type LimitStage = (typeof stages)[number]

/** What the recorded conversation's rows are called; each of them differs from run to run. */
export interface Recorded {
  inbox: string
  project: string
  conversation: string
  externalId: string
  spec: string
  jobs: Record<LimitStage, string>
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * The jobs' ids by the statements alone, for an engine that removes a job with its completion: the
 * ids that are no row of ours, which come in the order of the stages.
 *
 * @throws when there are other ids than theirs.
 */
export function jobsFromLog(
  statements: readonly Statement[],
  rows: readonly string[],
): Recorded['jobs'] {
  const values = statements.flatMap((statement) => statement.values)
  const ids = values.flatMap((value) => value?.match(uuid) ?? [])
  const [ingest, analyse, plan, ...others] = new Set(ids.filter((id) => !rows.includes(id)))
  if (ingest === undefined || analyse === undefined || plan === undefined || others.length > 0) {
    throw new Error('The recorded statements do not tell which ids are those of the jobs.')
  }
  return { ingest, analyse, plan }
}

/** Statements that belong together: one transaction, or one statement alone. */
interface Unit {
  statements: Statement[]
  transaction: boolean
}

export interface StageStatements {
  stage: LimitStage
  /** What the claim needs around it, a lock say, comes before; the rest of it with the others. */
  before: Statement[]
  claim: Statement
  statements: Statement[]
}

function mentions(unit: Unit, word: string): boolean {
  return unit.statements.some(
    ({ text, values }) => text.includes(word) || values.some((value) => value?.includes(word)),
  )
}

/** In the order in which they ended. */
function unitsOf(statements: readonly Statement[]): Unit[] {
  const open = new Map<number, Statement[]>()
  const units: Unit[] = []
  for (const statement of statements) {
    const inside = open.get(statement.session)
    if (inside !== undefined) {
      inside.push(statement)
      if (/^(commit|rollback)\b/i.test(statement.text)) {
        open.delete(statement.session)
        units.push({ statements: inside, transaction: true })
      }
    } else if (/^(begin|start transaction)\s*;?$/i.test(statement.text)) {
      open.set(statement.session, [statement])
    } else {
      units.push({ statements: [statement], transaction: false })
    }
  }
  return units
}

function idsOf(recorded: Recorded): string[] {
  const { jobs, ...rows } = recorded
  return [...Object.values(rows), ...Object.values(jobs)]
}

/** The units of one stage end with the last transaction that names the stage's job. */
function stageOf(units: readonly Unit[], index: number, jobs: Recorded['jobs']): LimitStage {
  const unit = units[index]
  const named = stages.filter((stage) => unit !== undefined && mentions(unit, jobs[stage]))
  // A stage queues the next job: the first that is named is the one at work.
  if (named[0] !== undefined) return named[0]
  const ends = stages.map((stage) =>
    units.findLastIndex((other) => other.transaction && mentions(other, jobs[stage])),
  )
  return stages.find((_stage, place) => index <= (ends[place] ?? -1)) ?? 'plan'
}

/** The start of an attempt locks its job in this way too; a claim changes jobs. */
function takesJobs({ text }: Statement): boolean {
  return /\bupdate\s+(?:pgboss\.)?job/i.test(text) && /skip locked/i.test(text)
}

function isClaim(unit: Unit, stage: LimitStage): boolean {
  return mentions(unit, stage) && unit.statements.some(takesJobs)
}

/**
 * Sorts a recording by stage. Polls that found nothing, heartbeats and notifications are left out:
 * they are shared by many conversations when there is much to do.
 *
 * @throws when a stage's claim is not among the statements.
 */
export function sortByStage(
  statements: readonly Statement[],
  recorded: Recorded,
): StageStatements[] {
  const units = unitsOf(statements)
  const ids = idsOf(recorded)
  const about = units.filter((unit) => ids.some((id) => mentions(unit, id)))
  return stages.map((stage) => {
    const own = about.filter((_unit, index) => stageOf(about, index, recorded.jobs) === stage)
    const end = own.find((unit) => unit.transaction && mentions(unit, recorded.jobs[stage]))
    const before = end === undefined ? [] : units.slice(0, units.indexOf(end))
    const claim = before.findLast((unit) => isClaim(unit, stage))
    const place = claim?.statements.findIndex(takesJobs) ?? -1
    const statement = claim?.statements[place]
    if (claim === undefined || statement === undefined) {
      throw new Error(`No claim of a job of the stage ${stage} was recorded.`)
    }
    // What came before the claim is the webhook's own acceptance, which is not timed.
    const after = own.filter((unit) => units.indexOf(unit) > units.indexOf(claim))
    return {
      stage,
      before: claim.statements.slice(0, place),
      claim: statement,
      statements: [
        ...claim.statements.slice(place + 1),
        ...after.flatMap((unit) => unit.statements),
      ],
    }
  })
}

/** A text constant whose colons pgbench does not take for variables. */
export function literal(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "''")
    .replaceAll(':', '\\x3a')
    .replaceAll('\n', '\\n')
  return `E'${escaped}'`
}

/** Where a stage's script gets what differs from conversation to conversation. */
function sources(stage: LimitStage, recorded: Recorded): Map<string, string> {
  const fresh = (name: string) => `fresh.${name}`
  const row = (column: string, table: 'p' | 'c') =>
    `(select ${table}.${column}::text from projects p join conversations c on c.id = p.conversation_id where p.id = (claimed.data ->> 'projectId')::uuid)`
  const ofStage: [string, string][] =
    stage === 'ingest'
      ? [
          [recorded.inbox, `claimed.data ->> 'inboxId'`],
          [recorded.project, fresh('a')],
          [recorded.conversation, fresh('b')],
          [recorded.spec, fresh('c')],
          [recorded.externalId, fresh('d')],
        ]
      : [
          [recorded.project, `claimed.data ->> 'projectId'`],
          [recorded.conversation, row('conversation_id', 'p')],
          [recorded.spec, row('spec_id', 'p')],
          [recorded.externalId, row('external_id', 'c')],
        ]
  const next = stages[stages.indexOf(stage) + 1]
  return new Map([
    ...ofStage,
    [recorded.jobs[stage], 'claimed.id::text'],
    ...(next === undefined ? [] : [[recorded.jobs[next], fresh('e')] as const]),
  ])
}

/** The expression for a value that names what differs; undefined for a constant. */
function expression(value: string, from: ReadonlyMap<string, string>): string | undefined {
  const whole = from.get(value)
  if (whole !== undefined) return whole
  const inside = [...from].filter(([id]) => value.includes(id))
  if (inside.length === 0) return undefined
  return inside.reduce(
    (text, [id, source]) => `replace(${text}, '${id}', ${source})`,
    literal(value),
  )
}

/** Gives a statement's text with variables and constants in place of its parameters. */
function fill(statement: Statement, variable: (value: string) => string | undefined): string {
  if (/[^:]:[A-Za-z_]/.test(statement.text)) {
    throw new Error(`pgbench would take a part of this for a variable: ${statement.text}`)
  }
  return statement.text.replace(/;\s*$/, '').replaceAll(/\$(\d+)/g, (_match, number: string) => {
    const value = statement.values[Number(number) - 1]
    if (value === undefined) throw new Error(`No value for $${number}: ${statement.text}`)
    if (value === null) return 'null'
    return variable(value) ?? literal(value)
  })
}

function stageScript(
  { stage, before, claim, statements }: StageStatements,
  recorded: Recorded,
): string {
  const from = sources(stage, recorded)
  const columns = new Map<string, string>()
  const variable = (value: string) => {
    const found = expression(value, from)
    if (found === undefined) return undefined
    if (!columns.has(found)) columns.set(found, `${stage}_${columns.size + 1}`)
    return `:${columns.get(found)}`
  }
  const body = statements.map((statement) => `${fill(statement, variable)};`)
  const selected = [...columns].map(([source, name]) => `${source} as ${name}`)
  const fresh = ['a', 'b', 'c', 'd', 'e'].map((name) => `gen_random_uuid()::text as ${name}`)
  // What a stage needs comes with its claim, so that the script makes no round trip more.
  return [
    ...before.map((statement) => `${fill(statement, () => undefined)};`),
    `with claimed as (${fill(claim, () => undefined)})`,
    `select ${selected.join(', ')} from claimed, lateral (select ${fresh.join(', ')}) fresh \\gset`,
    ...body,
  ].join('\n')
}

/** A pgbench script that takes one job of each stage through its stage. */
export function limitScript(recording: readonly StageStatements[], recorded: Recorded): string {
  return `${recording.map((stage) => stageScript(stage, recorded)).join('\n')}\n`
}

/** How often a conversation waits for the database in each of its stages. */
export function roundTrips(recording: readonly StageStatements[]): Map<LimitStage, number> {
  return new Map(
    recording.map(({ stage, before, statements }) => [
      stage,
      before.length + 1 + statements.length,
    ]),
  )
}
