import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Turn } from '../../domain/turn.ts'
import { passageFinder } from './passages.ts'

function talk(...lines: string[]): Turn[] {
  return lines.map((line, at) => {
    const [speaker = '', text = ''] = line.split(': ')
    return { id: `t${at + 1}`, speaker, role: 'client', text }
  })
}

const cinema = talk(
  'Ann: Hello and welcome.',
  'Bob: We run a small cinema with two halls.',
  'Ann: What shall the software do?',
  'Bob: Guests should reserve seats, and then they get a mail.',
  'Ann: And the prices?',
  'Bob: Children pay half. The manager changes the prices on Mondays.',
  'Cleo: I would rather have fixed prices.',
)

describe('the words behind a statement', () => {
  it.each([
    ['Guests can reserve a seat.', 't4'],
    ['The system sends a notification by email after a reservation.', 't4'],
    ['The manager can edit the prices.', 't6'],
    ['What did Cleo think about the prices?', 't7'],
    ['How many halls does the cinema have?', 't2'],
  ])('are found for “%s”', (text, turn) => {
    expect(passageFinder(cinema).find(text, 3)[0]?.turn).toBe(turn)
  })

  it('are none when no such word was said', () => {
    expect(passageFinder(cinema).find('xylophone', 3)).toEqual([])
    expect(passageFinder([]).find('seats', 3)).toEqual([])
  })

  it('come from different places before they come from one', () => {
    const long = talk(
      ...Array.from({ length: 30 }, (_, at) => `A: ${at === 25 ? 'bread' : 'talk'}`),
    )
    const turns = long.map((turn, at) =>
      at > 2 && at < 6 ? { ...turn, text: 'bread and more bread' } : turn,
    )
    expect(
      passageFinder(turns)
        .find('bread', 2)
        .map(({ at }) => at > 10),
    ).toEqual([false, true])
  })

  it('are the same for the same talk, at most as many as asked for, each once', () => {
    const turns = fc.array(fc.string(), { maxLength: 40 }).map((texts) => talk(...texts))
    fc.assert(
      fc.property(turns, fc.string(), fc.nat(8), (given, text, limit) => {
        const found = passageFinder(given).find(text, limit)
        expect(found).toEqual(passageFinder(given).find(text, limit))
        expect(found.length).toBeLessThanOrEqual(limit)
        expect(new Set(found.map(({ at }) => at)).size).toBe(found.length)
      }),
    )
  })
})
