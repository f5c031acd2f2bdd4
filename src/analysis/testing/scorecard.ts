import type { Brief, BriefItem, Need } from '../../domain/brief.ts'
import { type Job, jobOf, tellsInUse } from '../../domain/job.ts'
import { termsOf } from '../evidence/terms.ts'
import {
  expectedOf,
  turnsOf,
  type Expected,
  type ExpectedTalk,
  type TalkKind,
} from './expected-talk.ts'
import { pair, total, type Made, type Score } from './matching.ts'

/** So many of so many. */
export interface Share {
  right: number
  of: number
}

export interface Scorecard {
  /** Items, open questions and contradictions together. */
  brief: Score
  items: Score
  open: Score
  contradictions: Score
  entities: Score
  /** Fields as `Entity.name:type`. */
  fields: Score
  /** Found items that cite a turn which they rest on. */
  turns: Share
  /** Found items that are of the kind which was expected. */
  kinds: Share
  /** Client turns that something expected rests on, and that the ledger accounts for. */
  accounted: Share
  /** Whether it is told apart what is new, changed or mended. */
  job: Share
  /** What was expected and is not there, but of which the ledger shows the words as not in the brief. */
  ownedUp: Share
  /** Words that the ledger shows as missed, and that something which is missing rests on. */
  fair: Share
  /** Turns whose outcome in the ledger is the one that was expected. */
  outcomes: Share
}

/** Compares a brief with what an engineer wrote down for the same talk. */
export function scorecardOf(brief: Brief, talk: ExpectedTalk): Scorecard {
  const items = itemsOf(brief, talk)
  const missing = everyExpected(talk).filter((one) => items.score.missed.includes(one.statement))
  const open = openOf(brief, talk, missing)
  const contradictions = contradictionsOf(brief, talk)
  const entities = exactly(
    Object.keys(talk.entities),
    brief.entities.map(({ name }) => name),
  )
  const fields = exactly(fieldsOf(talk), fieldsMade(brief))
  const lost = [...missing, ...(talk.open ?? []).map((text) => expectedOf(text))]
  const unkept = new Set([...entities.missed, ...fields.missed].flatMap(nameTerms))
  return {
    brief: total([items.score, open, contradictions]),
    items: items.score,
    open,
    contradictions,
    entities,
    fields,
    turns: items.turns,
    kinds: items.kinds,
    accounted: accountedOf(brief, talk),
    job: { right: Number(jobOf(brief) === (jobs[talk.kind] ?? 'new')), of: 1 },
    ownedUp: shareOf(missing, (one) => leftOut(brief).some((need) => speaksOf(need, one))),
    fair: shareOf(missedOf(brief), (need) => {
      const rests = lost.some((one) => one.turns.includes(need.turn) || speaksOf(need, one))
      return rests || termsOf(need.quote).some((term) => unkept.has(term))
    }),
    outcomes: outcomesOf(brief, talk),
  }
}

/** The words of `Order.pickupTime:datetime`. */
function nameTerms(field: string): string[] {
  const name = field.replace(/^.*\./, '').replace(/:.*$/, '')
  return termsOf(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2'))
}

const jobs: Partial<Record<TalkKind, Job>> = {
  'bug report': 'fix',
  'change to an existing product': 'change',
}

/** To ask about the words of what is missing is right; it finds nothing all the same. */
function openOf(brief: Brief, talk: ExpectedTalk, missing: readonly Expected[]): Score {
  const right = new Set(
    leftOut(brief)
      .filter((need) => missing.some((one) => speaksOf(need, one)))
      .flatMap((need) => (need.outcome === 'missed' ? need.items : [])),
  )
  return compare(
    (talk.open ?? []).map((text) => expectedOf(text)),
    brief.openQuestions
      .filter(({ id }) => !right.has(id))
      .map(({ question, citations }) => ({ statement: question, citations })),
  ).score
}

/** The words that the ledger shows as not in the brief. */
function leftOut({ needs = [] }: Brief): Need[] {
  return needs.filter(({ outcome }) => ['missed', 'rejected', 'open'].includes(outcome))
}

function missedOf({ needs = [] }: Brief): Need[] {
  return needs.filter(({ outcome }) => outcome === 'missed')
}

/** Whether the words are what an expected statement rests on: they share half of the fewer ones. */
function speaksOf({ turn, quote }: Need, { statement, turns }: Expected): boolean {
  if (turns.length > 0 && !turns.includes(turn)) return false
  const [said, expected] = [new Set(termsOf(quote)), new Set(termsOf(statement))]
  const shared = [...expected].filter((term) => said.has(term)).length
  return 2 * shared >= Math.min(said.size, expected.size)
}

function everyExpected(talk: ExpectedTalk): Expected[] {
  return [
    ...talk.asked.map((text) => expectedOf(text, 'requirement')),
    ...(talk.limits ?? []).map((text) => expectedOf(text, 'constraint')),
    ...(talk.excluded ?? []).map((text) => expectedOf(text, 'out_of_scope')),
  ]
}

function itemsOf(brief: Brief, talk: ExpectedTalk): { score: Score; turns: Share; kinds: Share } {
  const made = brief.items.filter(
    (item) => item.kind !== 'user' && !tellsInUse(item) && !isKeeping(item, talk),
  )
  const welcome = (talk.welcome ?? []).map((text) => expectedOf(text))
  const { score, pairs } = compare(everyExpected(talk), made, welcome)
  const cited = pairs.filter(({ wanted }) => wanted.turns.length > 0)
  const sorted = pairs.filter(({ wanted }) => wanted.kind !== undefined)
  return {
    score,
    turns: shareOf(cited, ({ wanted, made: item }) =>
      item.citations.some(({ turn }) => wanted.turns.includes(turn)),
    ),
    kinds: shareOf(sorted, ({ wanted, made: item }) => item.kind === wanted.kind),
  }
}

function shareOf<T>(list: readonly T[], isRight: (one: T) => boolean): Share {
  return { right: list.filter(isRight).length, of: list.length }
}

/** `The system keeps the name … of each book` repeats the entity and is scored with it. */
function isKeeping({ clause, statement }: BriefItem, talk: ExpectedTalk): boolean {
  const kept = Object.keys(talk.entities).map((name) => name.toLowerCase())
  const object = clause?.object?.toLowerCase() ?? ''
  const listed = clause?.rest?.startsWith('with ') === true || / with (?:a|an|the) /.test(statement)
  return clause?.verb === 'keep' && kept.includes(object) && listed
}

function compare<M extends Made>(
  wanted: readonly Expected[],
  made: readonly M[],
  welcome: readonly Expected[] = [],
): { score: Score; pairs: { wanted: Expected; made: M }[] } {
  const pairs = pair(wanted, made)
  const found = new Set(pairs.map((one) => one.wanted))
  const used = new Set(pairs.map((one) => one.made))
  const rest = made.filter((one) => !used.has(one))
  // What is welcome counts neither for nor against.
  const neutral = new Set(pair(welcome, rest).map((one) => one.made))
  const surplus = rest.filter((one) => !neutral.has(one))
  const score = {
    found: found.size,
    expected: wanted.length,
    right: used.size,
    made: used.size + surplus.length,
    missed: wanted.filter((one) => !found.has(one)).map(({ statement }) => statement),
    surplus: surplus.map(({ statement }) => statement),
  }
  return { score, pairs }
}

/** A contradiction is found when it cites both turns. */
function contradictionsOf(brief: Brief, talk: ExpectedTalk): Score {
  const keys = talk.contradictions ?? []
  const made = brief.contradictions.map(({ statement, citations }) => ({
    statement,
    turns: new Set(citations.map(({ turn }) => turn)),
  }))
  const holds = (key: string, turns: ReadonlySet<string>) =>
    key.split(',').every((turn) => turns.has(turn))
  const missed = keys.filter((key) => !made.some(({ turns }) => holds(key, turns)))
  const surplus = made.filter(({ turns }) => !keys.some((key) => holds(key, turns)))
  return scoreOf(
    keys.length,
    made.length,
    missed,
    surplus.map(({ statement }) => statement),
  )
}

function fieldsOf(talk: ExpectedTalk): string[] {
  return Object.entries(talk.entities).flatMap(([name, fields]) =>
    fields
      .split(' ')
      .filter((field) => field !== '')
      .map((field) => `${name}.${field}`),
  )
}

function fieldsMade(brief: Brief): string[] {
  return brief.entities.flatMap(({ name, fields }) =>
    fields.map((field) => `${name}.${field.name}:${field.type}`),
  )
}

function exactly(expected: readonly string[], made: readonly string[]): Score {
  const missed = expected.filter((name) => !made.includes(name))
  const surplus = made.filter((name) => !expected.includes(name))
  return scoreOf(expected.length, made.length, missed, surplus)
}

function scoreOf(expected: number, made: number, missed: string[], surplus: string[]): Score {
  return {
    found: expected - missed.length,
    expected,
    right: made - surplus.length,
    made,
    missed,
    surplus,
  }
}

function accountedOf(brief: Brief, talk: ExpectedTalk): Share {
  const clients = new Set(
    turnsOf(talk.lines)
      .filter(({ role }) => role === 'client')
      .map(({ id }) => id),
  )
  const open = (talk.open ?? []).map((text) => expectedOf(text))
  const rested = [...everyExpected(talk), ...open].flatMap(({ turns }) => turns)
  const bearing = new Set(
    [...rested, ...Object.keys(talk.ledger ?? {})].filter((id) => clients.has(id)),
  )
  const entered = new Set(brief.ledger.map(({ turn }) => turn))
  return shareOf([...bearing], (turn) => entered.has(turn))
}

function outcomesOf(brief: Brief, talk: ExpectedTalk): Share {
  return shareOf(Object.entries(talk.ledger ?? {}), ([turn, outcome]) =>
    brief.ledger.some((entry) => entry.turn === turn && entry.outcome === outcome),
  )
}
