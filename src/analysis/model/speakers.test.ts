import { describe, expect, it } from 'vitest'
import { userSpeaker } from '../../domain/turn.ts'
import { scriptedModel } from '../../model/testing/scripted-model.ts'
import { answered, answeredItem } from '../testing/answers.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { createModelAnalyst } from './analyst.ts'
import type { AnsweredBrief } from './answer.ts'
import { digest } from './digest.ts'
import { reconciled } from './reconcile.ts'

/** The brief of a talk for which the model always answers the same. */
async function briefOf(lines: readonly string[], answer: AnsweredBrief) {
  const model = scriptedModel(() => answer)
  const analyst = createModelAnalyst({ model, needs: () => [] })
  return { brief: await analyst.analyse({ turns: turnsOf(lines) }), model }
}

const talk = [
  'A: What do you need?',
  'C: Members must be able to borrow a book. We have 500 books.',
  'A: A chat with the librarian would be great, too.',
  'C: The shelves are blue.',
  'A: Shall we add reminders by email?',
  'C: Yes, please do.',
]

describe('speakers', () => {
  it('who are agents ask for nothing: what they suggest stays a question', async () => {
    const item = answeredItem('Members can chat with the librarian.', [
      't3: A chat with the librarian',
    ])
    const { brief, model } = await briefOf(talk, answered({ items: [item] }))
    expect(model.calls[1]?.faults[0]?.[0]).toContain('no client agrees')
    expect(brief.items).toEqual([])
    expect(brief.openQuestions).toMatchObject([
      { question: 'Does the client want this? Members can chat with the librarian.' },
    ])
  })

  it('who agree right after make it theirs, with the words of both', async () => {
    const item = answeredItem('The system sends reminders by email.', [
      't5: add reminders by email',
    ])
    const { brief } = await briefOf(talk, answered({ items: [item] }))
    expect(brief.items).toMatchObject([
      {
        saidBy: 'client',
        citations: [
          { turn: 't5', quote: 'add reminders by email' },
          { turn: 't6', quote: 'Yes, please do.' },
        ],
      },
    ])
  })

  const offer = 'A: Customers could collect points with every order.'
  const points = (said: string) =>
    answeredItem('Customers collect points with every order.', [
      't1: collect points',
      `t2: ${said}`,
    ])

  it.each([
    ["C: Points? I'm not sure about points, let me think.", 'not sure about points'],
    ['C: I guess so, yeah.', 'I guess so, yeah.'],
    ['C: Yeah, I suppose.', 'Yeah, I suppose.'],
    ['C: Sure, if you think so.', 'Sure, if you think so.'],
    ['C: We have not decided about points yet.', 'not decided about points'],
  ])('who are lukewarm have not agreed, also in the same words: %s', async (line, said) => {
    const { brief } = await briefOf([offer, line], answered({ items: [points(said)] }))
    expect(brief.items).toEqual([])
    expect(brief.openQuestions).toMatchObject([
      { question: 'Does the client want this? Customers collect points with every order.' },
    ])
  })

  it.each([
    ["C: No, we don't want points.", "don't want points"],
    ['C: Points are not needed, thanks.', 'Points are not needed'],
    ["C: Let's leave the points out.", 'leave the points out'],
    ['C: No points, please.', 'No points, please.'],
  ])('who decline have nothing made of their no: %s', async (line, said) => {
    const { brief, model } = await briefOf([offer, line], answered({ items: [points(said)] }))
    expect(model.calls[1]?.faults[0]?.[0]).toContain('decline')
    expect(brief.items).toEqual([])
    expect(brief.openQuestions).toEqual([])
    const gone = brief.removed?.filter(({ what }) => what === 'item')
    expect(gone).toMatchObject([{ reason: 'A client declined it.' }])
  })

  it.each([
    ["C: I'm not sure about the rest, but customers collect points.", 'customers collect points'],
    ["C: No, not stamps, points for every order, that's what we need.", 'points for every order'],
    ["C: We don't want to lose the points of an order.", "don't want to lose the points"],
    [
      "C: Customers don't need a card, they collect points by phone.",
      'they collect points by phone',
    ],
  ])('who ask for it beside a no or a doubt have asked for it: %s', async (line, said) => {
    const { brief } = await briefOf([offer, line], answered({ items: [points(said)] }))
    expect(brief.items).toMatchObject([{ saidBy: 'client' }])
  })

  it('cannot be made to agree with words about something else', async () => {
    const item = answeredItem('Members can chat with the librarian.', [
      't3: A chat with the librarian',
      't4: The shelves are blue.',
    ])
    const { brief } = await briefOf(talk, answered({ items: [item] }))
    expect(brief.items).toEqual([])
  })
})

describe('clients who disagree', () => {
  const two = [
    'C: Loans are for four weeks.',
    'D: No, loans are for two weeks.',
    'C: Hm.',
    'C: All right, loans are for two weeks.',
  ]
  const weeks = answeredItem('Loans are for two weeks.', ['t2: loans are for two weeks'])
  const replacedBy = (by: string) => ({
    turn: 't1',
    quote: 'Loans are for four weeks.',
    outcome: 'superseded' as const,
    by,
    reason: null,
  })

  it('take nothing back for each other: a person is asked which one holds', async () => {
    const { brief, model } = await briefOf(
      two,
      answered({ items: [weeks], ledger: [replacedBy('t2')] }),
    )
    expect(model.calls[1]?.faults[0]?.[0]).toContain('another client')
    expect(brief.ledger.filter(({ outcome }) => outcome === 'superseded')).toEqual([])
    expect(brief.openQuestions).toMatchObject([
      {
        question: 'Does this still hold? “Loans are for four weeks.”',
        citations: [{ turn: 't1', quote: 'Loans are for four weeks.' }],
      },
    ])
  })

  it('may give in themselves', async () => {
    const { brief } = await briefOf(two, answered({ items: [weeks], ledger: [replacedBy('t4')] }))
    expect(brief.openQuestions).toEqual([])
    expect(brief.ledger).toContainEqual({ turn: 't1', outcome: 'superseded', by: 't4' })
  })

  it('are settled by what a user answers after the talk', () => {
    const speaker = userSpeaker('0a0a0a0a-0000-4000-8000-000000000001')
    const turns = turnsOf(two).map((turn) => (turn.id === 't4' ? { ...turn, speaker } : turn))
    const { ledger, questions } = digest(
      answered({ ledger: [{ ...replacedBy('t4'), quote: null }] }),
      turns,
    )
    expect(ledger).toEqual([{ turn: 't1', outcome: 'superseded', by: 't4' }])
    expect(questions).toEqual([])
  })

  it('stay apart over the parts of a long talk: both are kept and contradict', () => {
    const turns = turnsOf(['A: How long are loans?', ...two])
    const asked = 't1: How long are loans?'
    const items = [
      answeredItem('Loans are for four weeks.', [asked, 't2: Loans are for four weeks.']),
      answeredItem('Loans are for two weeks.', [asked, 't3: loans are for two weeks']),
    ]
    const findings = digest(answered({ items }), turns)
    const whole = reconciled(
      findings,
      {
        same: [],
        replaced: [{ item: 'i1', by: 'i2' }],
        contradictions: [],
        title: '',
        summary: '',
      },
      turns,
    )
    expect(whole.items.map(({ statement }) => statement)).toEqual([
      'Loans are for four weeks.',
      'Loans are for two weeks.',
    ])
    expect(whole.contradictions).toMatchObject([{ citations: [{ turn: 't2' }, { turn: 't3' }] }])
  })
})
