import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Need } from '../../domain/brief.ts'
import { citationFault, turnsById } from '../../domain/citation.ts'
import type { Turn } from '../../domain/turn.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { accountsOf } from './accounts.ts'
import type { Claim, Outcome } from './claims.ts'
import type { FoundNeed } from './found-need.ts'

const sentence = 'Members can book a court, members can cancel a booking, and no ads.'
const turns = turnsOf([`C: Hi there. ${sentence} The hall is old.`, 'A: Fine.', 'C: Yes, please.'])

const need = (quote: string, whole = quote): FoundNeed => ({
  turn: 't1',
  quote,
  sentence: whole,
  explicit: true,
})
const clauses = ['Members can book a court', 'members can cancel a booking', 'no ads'].map((one) =>
  need(one, sentence),
)

const used = (id: string): Outcome => ({ outcome: 'used', items: [id] })

function claim(text: string, quotes: readonly string[], became = used('R1')): Claim {
  const citations = quotes.map((quote) => {
    const turn = turns.find((one) => one.text.includes(quote))?.id ?? 't1'
    return { turn, quote }
  })
  return { text, citations, became }
}

/** What became of each need, as `quote: outcome`. */
function told(claims: readonly Claim[], needs: readonly FoundNeed[] = clauses): string[] {
  return accountsOf({ turns, needs, claims }).map(
    (one) =>
      `${one.quote}: ${'items' in one ? [one.outcome, ...one.items].join(' ') : one.outcome}`,
  )
}

describe('what became of the clauses of a sentence', () => {
  it('is told by what the statements say that cite the whole sentence', () => {
    expect(told([claim('Members can book a court.', [sentence])])).toEqual([
      'Members can book a court: used R1',
      'members can cancel a booking: missed',
      'no ads: missed',
    ])
  })

  it('is told by the quote where that is a clause or a part of it', () => {
    expect(told([claim('Users withdraw.', ['cancel a booking'])])).toEqual([
      'Members can book a court: missed',
      'members can cancel a booking: used R1',
      'no ads: missed',
    ])
  })

  it('is what fits best where a statement has other words than all of them', () => {
    const paraphrase = claim('People reserve a court.', [sentence])
    expect(told([paraphrase])[0]).toBe('Members can book a court: used R1')
  })

  it('is the work of several statements where each has a part of the words', () => {
    const whole = 'We need to order a cake, pay by card, choose a date and leave a note.'
    const talk = turnsOf([`C: ${whole}`])
    const parts = ['order a cake', 'pay by card', 'choose a date', 'leave a note']
    const claims = parts.map((text, at) => ({
      text,
      citations: [{ turn: 't1', quote: whole }],
      became: used(`R${at + 1}`),
    }))
    expect(accountsOf({ turns: talk, needs: [need(whole)], claims })).toEqual([
      { turn: 't1', quote: whole, outcome: 'used', items: ['R1', 'R2', 'R3', 'R4'] },
    ])
  })

  it('is nothing where a statement only names what the sentence is about', () => {
    const before = 'The bakers come at four and must see all orders of the day.'
    const after = 'They could print it.'
    const talk = turnsOf([`C: ${before}`, `C: ${after}`])
    const needs = [need(before), { ...need(after), turn: 't2' }]
    const cites = [
      { turn: 't1', quote: before },
      { turn: 't2', quote: after },
    ]
    const claims = [{ text: 'The bakers can print it.', citations: cites, became: used('R1') }]
    expect(accountsOf({ turns: talk, needs, claims }).map(({ outcome }) => outcome)).toEqual([
      'missed',
      'used',
    ])
  })
})

describe('other words that are cited', () => {
  it('carry something as well, whatever the sieve says', () => {
    expect(told([claim('The system sends a reminder.', ['Yes, please.'])], [])).toEqual([
      'Yes, please.: used R1',
    ])
  })

  it('become one where quotes overlap', () => {
    const claims = [claim('', ['Hi there. Members']), claim('', ['Members can book'], used('R2'))]
    expect(told(claims, [])).toEqual(['Hi there. Members can book: used R1 R2'])
  })

  it('count only when a client said them', () => {
    expect(told([claim('Fine.', ['Fine.'])], [])).toEqual([])
  })
})

describe('outcomes', () => {
  it('stand side by side, but a weak one stands only alone', () => {
    const court = 'Members can book a court'
    const superseded: Outcome = { outcome: 'superseded', by: 't3' }
    const open: Claim = { ...claim(court, [court], { outcome: 'open', items: ['K1'] }), weak: true }
    expect(told([claim(court, [court]), claim(court, [court], superseded), open])).toEqual([
      'Members can book a court: used R1',
      'Members can book a court: superseded',
      'members can cancel a booking: missed',
      'no ads: missed',
    ])
    expect(told([open])[0]).toBe('Members can book a court: open K1')
  })

  it('of a whole turn count where nothing was made of any of its words', () => {
    const ofTurns = [
      { turn: 't1', outcome: 'rejected' as const, reason: 'Small talk.' },
      { turn: 't3', outcome: 'superseded' as const, by: 't9' },
    ]
    const outcomes = (claims: Claim[]) =>
      accountsOf({ turns, needs: clauses, claims, ofTurns }).map(({ outcome }) => outcome)
    expect(outcomes([])).toEqual(['rejected', 'rejected', 'rejected', 'superseded'])
    expect(outcomes([claim('Book a court.', ['book a court'])])).toEqual([
      'used',
      'missed',
      'missed',
      'superseded',
    ])
  })
})

describe('any ledger', () => {
  const piece = (text: string) =>
    fc
      .tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 40 }))
      .map(([from, length]) => text.slice(from, from + length))
  const anyTurn = fc.stringMatching(/^[ab .]{1,60}$/)

  it('tells of each need of the sieve, and quotes only what clients said', () => {
    const input = fc.array(anyTurn, { minLength: 1, maxLength: 4 }).chain((texts) =>
      fc.record({
        talk: fc.constant(
          texts.map((text, at): Turn => ({ id: `t${at + 1}`, speaker: '', role: 'client', text })),
        ),
        quotes: fc.array(
          fc
            .nat(texts.length - 1)
            .chain((at) => piece(texts[at] ?? '').map((quote) => ({ turn: `t${at + 1}`, quote }))),
        ),
        found: fc.constant(
          texts.flatMap((text, at) =>
            [...text.matchAll(/[ab]{2,6}/g)].map(([quote]): FoundNeed => ({
              ...need(quote, text),
              turn: `t${at + 1}`,
            })),
          ),
        ),
      }),
    )
    fc.assert(
      fc.property(input, ({ talk, quotes, found }) => {
        const claims = quotes.map((citation, at) => ({
          text: citation.quote,
          citations: [citation],
          became: used(`R${at + 1}`),
        }))
        const needs = accountsOf({ turns: talk, needs: found, claims })
        const byId = turnsById(talk)
        for (const one of needs) {
          expect(Need.parse(one)).toEqual(one)
          expect(citationFault(one, byId)).toBeUndefined()
        }
        const keys = new Set(needs.map(({ turn, quote }) => `${turn} ${quote}`))
        for (const { turn, quote } of found) expect(keys).toContain(`${turn} ${quote}`)
        // Every claim stands for something.
        const ids = needs.flatMap((one) => ('items' in one ? one.items : []))
        expect(new Set(ids)).toEqual(new Set(quotes.map((_, at) => `R${at + 1}`)))
      }),
    )
  })
})
