import { describe, expect, it } from 'vitest'
import { citationFault, turnsById } from '../../domain/citation.ts'
import type { Brief } from '../../domain/brief.ts'
import type { Turn } from '../../domain/turn.ts'
import { createOfflineAnalyst } from '../offline/analyst.ts'
import { turnsOf, type ExpectedTalk } from './expected-talk.ts'
import { precision, recall, sameSense, total, type Score } from './matching.ts'
import { scorecardOf } from './scorecard.ts'
import {
  blindTalks,
  heldBackTalks,
  knownTalks,
  openedTalks,
  plainTalks,
  spokenTalks,
  strangersTalks,
  unseenTalks,
} from './talks/all-talks.ts'
import { eventTickets } from './talks/event-tickets.ts'
import { foodBank } from './talks/food-bank.ts'

const analyst = createOfflineAnalyst()
const talks = inEnglish([...knownTalks, ...heldBackTalks, ...blindTalks, ...unseenTalks])

function inEnglish(group: readonly ExpectedTalk[]): ExpectedTalk[] {
  return group.filter(({ language }) => language === undefined)
}

const read = new Map<string, Promise<{ turns: Turn[]; brief: Brief }>>()

/** Each talk is analysed once for all tests. */
function briefOf(talk: ExpectedTalk): Promise<{ turns: Turn[]; brief: Brief }> {
  const turns = turnsOf(talk.lines)
  const known =
    read.get(talk.name) ?? analyst.analyse({ turns }).then((brief) => ({ turns, brief }))
  read.set(talk.name, known)
  return known
}

async function scoresOf(group: readonly ExpectedTalk[], part: Part) {
  const scores: Score[] = []
  for (const talk of inEnglish(group))
    scores.push(scorecardOf((await briefOf(talk)).brief, talk)[part])
  return total(scores)
}

type Part = 'brief' | 'items' | 'open' | 'contradictions' | 'entities' | 'fields'

describe.each(inEnglish(plainTalks).map((talk) => [talk.name, talk] as const))(
  'the talk %s',
  (_, talk) => {
    it('gives what an engineer would write down', async () => {
      const { brief } = await briefOf(talk)
      const { brief: all } = scorecardOf(brief, talk)
      expect(recall(all)).toBeGreaterThanOrEqual(0.75)
      expect(precision(all)).toBeGreaterThanOrEqual(0.8)
    })
  },
)

describe('all talks', () => {
  it.each([
    ['brief', 0.98, 0.92],
    ['entities', 0.9, 0.9],
    ['fields', 0.9, 0.95],
  ] as const)('finds %s with a recall of %f and a precision of %f', async (part, most, right) => {
    const score = await scoresOf(plainTalks, part)
    expect(recall(score)).toBeGreaterThanOrEqual(most)
    expect(precision(score)).toBeGreaterThanOrEqual(right)
  })

  it('does nearly as well on talks that no rule was written for', async () => {
    const score = await scoresOf(heldBackTalks, 'brief')
    expect(recall(score)).toBeGreaterThanOrEqual(0.87)
    expect(precision(score)).toBeGreaterThanOrEqual(0.91)
  })

  it.each([
    ['were used to find general rules', spokenTalks, 0.73, 0.82],
    ['were opened to find more of them', openedTalks, 0.83, 0.87],
    ['nobody has looked at', blindTalks, 0.55, 0.78],
    ['strangers could have held', strangersTalks, 0.48, 0.6],
    ['strangers could have held, unseen', unseenTalks, 0.38, 0.4],
  ])('understands natural talk, in talks that %s', async (_, group, most, right) => {
    const score = await scoresOf(group, 'brief')
    expect(recall(score)).toBeGreaterThanOrEqual(most)
    expect(precision(score)).toBeGreaterThanOrEqual(right)
  })

  it('gives the same bytes for the same talk, whatever was read before', async () => {
    const fresh = createOfflineAnalyst()
    for (const talk of talks.toReversed()) {
      const again = await fresh.analyse({ turns: turnsOf(talk.lines) })
      expect(JSON.stringify(again)).toBe(JSON.stringify((await briefOf(talk)).brief))
    }
  })

  it('never takes the software itself for something that it keeps', async () => {
    const names: string[] = []
    for (const talk of talks) {
      const { brief } = await briefOf(talk)
      names.push(...brief.entities.map(({ name }) => name))
    }
    expect(
      names.filter((name) => /^(?:App|Application|System|Software|Website)$/.test(name)),
    ).toEqual([])
  })

  it('accounts for every client turn that an item or a question rests on', async () => {
    for (const talk of talks) {
      const { turns, brief } = await briefOf(talk)
      const clients = new Set(turns.filter(({ role }) => role === 'client').map(({ id }) => id))
      const cited = [...brief.items, ...brief.openQuestions]
        .flatMap(({ citations }) => citations.map(({ turn }) => turn))
        .filter((turn) => clients.has(turn))
      const accounted = new Set(brief.ledger.map(({ turn }) => turn))
      expect(cited.filter((turn) => !accounted.has(turn))).toEqual([])
      expect(brief.coverage).toBeLessThanOrEqual(1)
    }
  })

  it('cites verbatim', async () => {
    for (const talk of talks) {
      const { turns, brief } = await briefOf(talk)
      const byId = turnsById(turns)
      const faults = [...brief.items, ...brief.entities, ...brief.openQuestions]
        .flatMap(({ citations }) => citations)
        .flatMap((citation) => citationFault(citation, byId) ?? [])
      expect([faults, brief.dropped]).toEqual([[], []])
    }
  })
})

describe('two talks with decisions that were taken back', () => {
  it('keeps the later decision and says which turn gave way', async () => {
    const { brief } = await briefOf(eventTickets)
    const statements = brief.items.map(({ statement }) => statement).join(' ')
    expect(statements).not.toContain('SMS')
    expect(statements).not.toContain('10 tickets')
    expect(statements).not.toContain('can return')
    expect(brief.ledger.filter(({ outcome }) => outcome === 'superseded')).toHaveLength(3)
  })

  it('keeps both sides of two clients who disagree', async () => {
    const { brief } = await briefOf(foodBank)
    expect(brief.contradictions).toHaveLength(2)
  })
})

describe('the measure', () => {
  it.each([
    ['Members can borrow a book.', 'Members can borrow books.', true],
    ['Members can borrow a book.', 'Members cannot borrow a book.', false],
    ['Members can borrow a book.', 'Members can return a book.', false],
    ["Members who didn't pay can be blocked.", 'Members who did not pay can be blocked.', true],
    ['The owner gets an email.', 'The owner gets an email automatically.', true],
  ])('compares %s with %s', (a, b, same) => {
    expect(sameSense(a, b)).toBe(same)
  })
})
