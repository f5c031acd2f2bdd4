import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Turn } from '../../domain/turn.ts'
import { scriptedModel } from '../../model/testing/scripted-model.ts'
import { answered, answeredItem } from '../testing/answers.ts'
import { createModelAnalyst } from './analyst.ts'
import type { AnsweredReconciliation } from './answer.ts'
import { digest } from './digest.ts'
import { mergeFindings } from './merge.ts'
import { partsOf, turnTokens } from './parts.ts'
import { type InputTurn, inputTurns } from './talk-input.ts'

const wishes = [
  'book a class',
  'cancel a class',
  'see the schedule',
  'pay by card',
  'rate a teacher',
]

/** Turns that each ask for one of a few things, some more than once. */
const anyTalk: fc.Arbitrary<Turn[]> = fc
  .array(fc.record({ wish: fc.constantFrom(...wishes), more: fc.lorem({ maxCount: 20 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((all) =>
    all.map(({ wish, more }, at): Turn => ({
      id: `t${at + 1}`,
      speaker: 'Client',
      role: 'client',
      text: `Members must ${wish}. ${more}`,
    })),
  )

/** What a model says that finds in each turn just what it asks for. */
function finding(turns: readonly { id: string; text: string }[]) {
  return answered({
    items: turns.flatMap(({ id, text }) => {
      const said = /^Members must ([^.]+)\./.exec(text)
      return said === null ? [] : [answeredItem(`Members can ${said[1]}.`, [`${id}: ${said[0]}`])]
    }),
  })
}

/** Parts of a talk that overlap, cut anywhere. */
const anyCut = fc.array(fc.record({ at: fc.nat(40), overlap: fc.nat(5) }), { maxLength: 6 })

function cut(turns: readonly Turn[], places: readonly { at: number; overlap: number }[]): Turn[][] {
  const sorted = [...new Map(places.map((place) => [place.at, place])).values()]
    .filter(({ at }) => at > 0 && at < turns.length)
    .sort((a, b) => a.at - b.at)
  return [{ at: 0, overlap: 0 }, ...sorted].map(({ at, overlap }, index) =>
    turns.slice(Math.max(0, at - overlap), sorted[index]?.at ?? turns.length),
  )
}

const citations = (items: readonly { citations: { turn: string; quote: string }[] }[]) =>
  items.flatMap((item) => item.citations.map(({ turn }) => turn)).sort()

describe('the parts of a talk', () => {
  it('together give the same items with the same citations, however it is cut', () => {
    fc.assert(
      fc.property(anyTalk, anyCut, (turns, places) => {
        const whole = mergeFindings([digest(finding(turns), turns)])
        const parts = cut(turns, places).map((part) => digest(finding(part), part))
        const merged = mergeFindings(parts)
        const statements = ({ items }: typeof whole) =>
          items.map(({ statement }) => statement).sort()
        expect(statements(merged)).toEqual(statements(whole))
        expect(citations(merged.items)).toEqual(citations(whole.items))
        expect(new Set(citations(whole.items))).toEqual(new Set(turns.map(({ id }) => id)))
      }),
    )
  })

  it('tell once what two of them found in the words that both have, however they put it', () => {
    const turns: Turn[] = ['Paid at the desk.', 'Paid online.', 'How long is a loan?'].map(
      (text, at) => ({ id: `t${at + 1}`, speaker: 'Client', role: 'client', text }),
    )
    const quoted = (...ids: number[]) =>
      ids.map((id) => ({ turn: `t${id}`, quote: turns[id - 1]?.text ?? '', english: null }))
    const part = (contradiction: string, question: string) =>
      digest(
        answered({
          contradictions: [{ statement: contradiction, quotes: quoted(1, 2) }],
          openQuestions: [
            { question, why: 'Left open.', quotes: quoted(3) },
            { question: 'Is it paid at the desk?', why: 'Left open.', quotes: quoted(1) },
          ],
        }),
        turns,
      )
    const merged = mergeFindings([
      part('Paid online or at the desk.', 'How long is a loan?'),
      part('One wants it paid at the desk, one online.', 'How long may a loan be?'),
    ])
    expect(merged.contradictions).toHaveLength(1)
    expect(merged.questions.map(({ question }) => question)).toEqual([
      'How long is a loan?',
      'Is it paid at the desk?',
    ])
    // Within one part the model has told them apart.
    const alike = ['One pays.', 'Another pays.'].map((statement) => ({
      statement,
      citations: merged.contradictions[0]?.citations ?? [],
    }))
    expect(mergeFindings([{ ...merged, contradictions: alike }]).contradictions).toHaveLength(2)
  })

  it('fit their budget, lose no word, and begin with the end of the one before', () => {
    fc.assert(
      fc.property(anyTalk, fc.integer({ min: 400, max: 2_000 }), (turns, budget) => {
        const all = inputTurns(turns)
        const parts = partsOf(all, { budget, overlap: 3 })
        for (const part of parts) {
          expect(part.reduce((sum, turn) => sum + turnTokens(turn), 0)).toBeLessThanOrEqual(
            budget * 1.25,
          )
        }
        const first = new Map(parts.flat().map((turn) => [turn.id, turn.text]))
        expect([...first]).toEqual(all.map(({ id, text }) => [id, text]))
        const goesOn = parts
          .slice(1)
          .map((part, at) => parts[at]?.some(({ id }) => id === part[0]?.id))
        expect(goesOn.every((one) => one === true)).toBe(true)
      }),
    )
  })

  it('hold a turn that is longer than all of them in pieces that join to its text', () => {
    const text = 'We need a list of all orders with their dates. '.repeat(400).trim()
    const turn: InputTurn = { id: 't1', role: 'client', speaker: 'Client', text }
    const parts = partsOf([turn], { budget: 1_000, overlap: 0 })
    expect(parts.length).toBeGreaterThan(5)
    expect(
      parts
        .flat()
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  })

  it('are refused where a model has no room for them', () => {
    const model = scriptedModel(() => answered(), { contextTokens: 3_000 })
    const turns: Turn[] = [{ id: 't1', speaker: 'a', role: 'client', text: 'We need a shop.' }]
    expect(() => createModelAnalyst({ model }).estimate({ turns })).toThrow('8,000 tokens')
  })
})

describe('a talk of three hours', () => {
  // 40,000 words: 800 turns with 50 words each, in which every fortieth asks for something of its own.
  const turns: Turn[] = Array.from({ length: 800 }, (_, at) => ({
    id: `t${at + 1}`,
    speaker: at % 2 === 0 ? 'Agent' : 'Client',
    role: at % 2 === 0 ? 'agent' : 'client',
    text:
      at % 40 === 1
        ? `We need a report on subject number ${at} for the board. ${'It was a long day and so we talked about it. '.repeat(4)}`
        : 'It was a long day and we talked about many things that nobody needs to have. '.repeat(3),
  }))
  const expected = turns.filter(({ text }) => text.startsWith('We need'))

  const answer = (input: string) => {
    const data = JSON.parse(input) as { turns: { id: string; text: string }[] }
    return answered({
      items: data.turns.flatMap(({ id, text }) => {
        const said = /^We need (a report on subject number \d+)/.exec(text)
        return said === null
          ? []
          : [answeredItem(`The board gets ${said[1]}.`, [`${id}: ${said[0]}`])]
      }),
    })
  }

  it('is read in parts and gives each wish once, with its citation', async () => {
    const reconciliation: AnsweredReconciliation = {
      same: [],
      replaced: [{ item: 'i1', by: 'i2' }],
      contradictions: [],
      title: 'Board Reports',
      summary: '',
    }
    const model = scriptedModel(({ prompt, input }) =>
      prompt === 'analyse' ? answer(input) : reconciliation,
    )
    const analyst = createModelAnalyst({ model, needs: () => [] })
    const estimate = analyst.estimate({ turns })
    const brief = await analyst.analyse({ turns })
    expect(model.calls).toHaveLength(estimate.calls)
    expect(estimate.calls).toBeGreaterThan(3)
    const sent = model.calls.reduce((sum, { input }) => sum + input.length, 0)
    expect(estimate.inputTokens.low).toBeLessThan(sent / 2)
    expect(estimate.inputTokens.high).toBeGreaterThan(sent / 5)
    expect(brief.title).toBe('Board Reports')
    // The first was replaced by the second, as the reconciliation says and the turns allow.
    expect(brief.items).toHaveLength(expected.length - 1)
    expect(brief.ledger[0]).toEqual({ turn: 't2', outcome: 'superseded', by: 't42' })
    expect(citations(brief.items)).toEqual(
      expected
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    )
    expect(brief.manifest?.prompts.map(({ id }) => id)).toEqual(['analyse', 'reconcile'])
  })

  it('keeps a wish that is said to be replaced by an earlier one, or by one that is not there', async () => {
    const model = scriptedModel(({ prompt, input }) =>
      prompt === 'analyse'
        ? answer(input)
        : {
            same: [{ keep: 'i1', drop: 'i99' }],
            replaced: [{ item: 'i2', by: 'i1' }],
            contradictions: [],
            title: '',
            summary: '',
          },
    )
    const brief = await createModelAnalyst({ model, needs: () => [] }).analyse({ turns })
    expect(brief.items).toHaveLength(expected.length)
  })
})
