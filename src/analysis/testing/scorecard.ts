import type { Brief, BriefItem } from '../../domain/brief.ts'
import type { ExpectedTalk } from './expected-talk.ts'

/** How much of what was expected is there, and how much of what is there was expected. */
export interface Score {
  found: number
  expected: number
  right: number
  made: number
  missed: string[]
  surplus: string[]
}

export interface Scorecard {
  /** Everything that was asked for, but limits and exclusions. */
  asked: Score
  limits: Score
  excluded: Score
  open: Score
  entities: Score
  /** Fields as `Entity.name:type`. */
  fields: Score
}

const empty = new Set(
  'a an the of to in on at for with by from and or is are be can cannot must not does do only system users user provides provide their its it that which who each gets get out scope business'.split(
    ' ',
  ),
)
const negations = /\b(?:not|cannot|nobody|no)\b/i

/** Compares a brief with what an engineer wrote down for the same talk. */
export function scorecardOf(brief: Brief, talk: ExpectedTalk): Scorecard {
  const items = brief.items.filter(({ kind }) => kind !== 'user')
  const isLimit = (item: BriefItem) =>
    item.clause?.verb === 'limit' || item.statement.startsWith('The system requires at least')
  const isOut = ({ kind }: BriefItem) => kind === 'out_of_scope'
  const wanted = items.filter((item) => !isLimit(item) && !isOut(item) && !isKeeping(item, talk))
  const said = (list: readonly BriefItem[]) => list.map(({ statement }) => statement)
  return {
    asked: compare(talk.asked, said(wanted), talk.welcome),
    limits: compare(talk.limits ?? [], said(items.filter(isLimit))),
    excluded: compare(talk.excluded ?? [], said(items.filter(isOut))),
    open: compare(
      talk.open ?? [],
      brief.openQuestions.map(({ question }) => question),
    ),
    entities: exactly(
      Object.keys(talk.entities),
      brief.entities.map(({ name }) => name),
    ),
    fields: exactly(
      Object.entries(talk.entities).flatMap(([name, fields]) =>
        fields
          .split(' ')
          .filter((field) => field !== '')
          .map((field) => `${name}.${field}`),
      ),
      brief.entities.flatMap(({ name, fields }) =>
        fields.map((field) => `${name}.${field.name}:${field.type}`),
      ),
    ),
  }
}

/** Sums up the scores of several talks. */
export function total(scores: readonly Score[]): Score {
  const sum = (pick: (score: Score) => number) =>
    scores.reduce((all, score) => all + pick(score), 0)
  return {
    found: sum(({ found }) => found),
    expected: sum(({ expected }) => expected),
    right: sum(({ right }) => right),
    made: sum(({ made }) => made),
    missed: scores.flatMap(({ missed }) => missed),
    surplus: scores.flatMap(({ surplus }) => surplus),
  }
}

export function recall({ found, expected }: Score): number {
  return expected === 0 ? 1 : found / expected
}

export function precision({ right, made }: Score): number {
  return made === 0 ? 1 : right / made
}

/** `The system keeps the name … of each book` repeats the entity and is scored with it. */
function isKeeping({ clause }: BriefItem, talk: ExpectedTalk): boolean {
  const kept = Object.keys(talk.entities).map((name) => name.toLowerCase())
  return (
    clause?.verb === 'keep' &&
    kept.includes(clause.object?.toLowerCase() ?? '') &&
    clause.rest?.startsWith('with ') === true
  )
}

function compare(
  expected: readonly string[],
  made: readonly string[],
  welcome: readonly string[] = [],
): Score {
  const missed = expected.filter((text) => !made.some((other) => sameSense(text, other)))
  const surplus = made.filter(
    (text) => ![...expected, ...welcome].some((other) => sameSense(text, other)),
  )
  return scoreOf(expected, made, missed, surplus)
}

function exactly(expected: readonly string[], made: readonly string[]): Score {
  return scoreOf(
    expected,
    made,
    expected.filter((name) => !made.includes(name)),
    made.filter((name) => !expected.includes(name)),
  )
}

function scoreOf(
  expected: readonly string[],
  made: readonly string[],
  missed: string[],
  surplus: string[],
): Score {
  return {
    found: expected.length - missed.length,
    expected: expected.length,
    right: made.length - surplus.length,
    made: made.length,
    missed,
    surplus,
  }
}

/** Four fifths of the words that count are the same, and both deny or neither does. */
export function sameSense(a: string, b: string): boolean {
  if (negations.test(a) !== negations.test(b)) return false
  const [first, second] = [wordsOf(a), wordsOf(b)]
  const shared = [...first].filter((word) => second.has(word)).length
  return (2 * shared) / (first.size + second.size) >= 0.8
}

function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[a-z0-9]{1,40}/g) ?? []
  return new Set(
    words
      .filter((word) => !empty.has(word))
      .map((word) => word.replace(/(?<=..)(?:ies|es|s|y|e)$/, '')),
  )
}
