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

describe('a part of a sentence of which something else was used', () => {
  /** What became of the sentence, of which these statements were made. */
  function parts(said: string, ...statements: string[]): string[] {
    const claims = statements.map((text, at) => ({
      text,
      citations: [{ turn: 't1', quote: said }],
      became: used(`R${at + 1}`),
    }))
    const needs = accountsOf({ turns: turnsOf([`C: ${said}`]), needs: [need(said)], claims })
    return needs.flatMap(({ quote, outcome }) => (outcome === 'missed' ? [quote] : []))
  }

  it.each([
    [
      'Volunteers could scan a bag when it comes in and just say what is inside.',
      'Volunteers can scan a bag.',
      'just say what is inside',
    ],
    [
      'We bill in units of six minutes, always rounded up.',
      'It bills six minutes.',
      'always rounded up',
    ],
    [
      'Partners charge 320 an hour, unless something else was agreed.',
      'Partners charge 320 an hour.',
      'unless something else was agreed',
    ],
    [
      'People put themselves on a list, and then, you know, when it comes back the first one gets told.',
      'People can put themselves on a list.',
      'when it comes back the first one gets told',
    ],
    [
      'The pilot with five lawyers in January, everybody else from April on.',
      'The pilot is ready in January.',
      'everybody else from April on',
    ],
  ])('is missed where nothing speaks for it: %s', (said, statement, part) => {
    expect(parts(said, statement)).toEqual([part])
  })

  it('is not where another statement speaks for it, or quotes it', () => {
    const said = 'Volunteers could scan a bag and just say what is inside.'
    expect(
      parts(said, 'Volunteers can scan a bag.', 'Volunteers say what a bag has inside.'),
    ).toEqual([])
    const quoting: Claim = {
      text: 'The contents are recorded.',
      citations: [{ turn: 't1', quote: 'say what is inside' }],
      became: used('R2'),
    }
    const scan = {
      text: 'Volunteers can scan a bag.',
      citations: [{ turn: 't1', quote: said }],
      became: used('R1'),
    }
    const needs = accountsOf({
      turns: turnsOf([`C: ${said}`]),
      needs: [need(said)],
      claims: [scan, quoting],
    })
    expect(needs.map(({ outcome }) => outcome)).toEqual(['used'])
  })

  it('is not where a statement says in other words what may be the part', () => {
    const said = 'Volunteers could scan a bag and just say what is inside.'
    expect(parts(said, 'Volunteers can scan a bag.', 'Helpers record the contents.')).toEqual([])
  })

  it.each([
    ['At most one parcel for each family, otherwise we run out.', 'One parcel for each family.'],
    ['No ratings, they hurt people and drive them away.', 'Ratings are out of scope.'],
    ['Members book a court because it is so full, and people complain.', 'Members book a court.'],
    ['We need no shop or something like that.', 'A shop is out of scope.'],
    ['Right now we write them down, and it gets messy.', 'Write them down.'],
    ['By direct debit, and I would not touch it.', 'Direct debit stays.'],
  ])('is not where it says why, or nothing: %s', (said, statement) => {
    expect(parts(said, statement)).toEqual([])
  })

  it('is no part of a sentence in a language that the sieve does not know', () => {
    const said = 'Man bucht online, also ohne Anruf.'
    const claim: Claim = {
      text: 'People book online.',
      citations: [{ turn: 't1', quote: said }],
      became: used('R1'),
    }
    const needs = accountsOf({ turns: turnsOf([`C: ${said}`]), needs: [], claims: [claim] })
    expect(needs.map(({ outcome }) => outcome)).toEqual(['used'])
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
