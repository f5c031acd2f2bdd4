import type { Brief, BriefItem, LedgerEntry, Need } from '../../src/domain/brief.ts'
import type { Turn } from '../../src/domain/turn.ts'

/** A talk and its brief, made up for the page's development. */

const said: readonly (readonly [Turn['role'], string])[] = [
  [
    'agent',
    'Thanks for joining. Tell me about the studio, and what you would like the software to do.',
  ],
  [
    'client',
    'We run a small climbing and yoga studio. Right now the bookings live in a paper diary and three chat groups, and every week somebody stands in front of a full class.',
  ],
  ['agent', 'That sounds tiring. What is the one thing that has to work on the first day?'],
  [
    'client',
    'Members must be able to book a class from their phone. And when a class is full they should go on a waiting list, and move up automatically when somebody cancels.',
  ],
  ['agent', 'How late may a member cancel?'],
  ['client', 'Until six hours before the class starts. After that the booking counts.'],
  ['agent', 'Understood. Who else uses it?'],
  [
    'client',
    'The coaches. A coach needs to see who is coming to their class, and mark who was there. Nothing else, they are not computer people.',
  ],
  [
    'client',
    'Oh, and <script>alert("hello")</script> is what the last agency left on our page, so please test your input fields. It was **really** embarrassing.',
  ],
  ['agent', 'Noted. Should members pay in the app?'],
  [
    'client',
    'Yes, by card. Hm, no, actually leave payments out for now. We will settle at the desk as we do today.',
  ],
  ['agent', 'So no payments in the first version. What about reminders?'],
  [
    'client',
    'A reminder by email the evening before would help a lot. We had a text message service once but it was expensive.',
  ],
  ['agent', 'How many members and classes are we talking about?'],
  [
    'client',
    'About four hundred members, forty classes a week. Each class has a title, a coach, a start time and a number of places. It should feel instant on an old phone.',
  ],
  [
    'client',
    'And we cannot lose data. My colleague keeps the diary next to the till just in case.',
  ],
  ['agent', 'Is there a date it has to be ready by?'],
  ['client', 'The autumn term starts on the first of September, so a week before that.'],
  ['agent', 'And the budget?'],
  ['client', 'I would rather not say before I have seen a plan.'],
  ['agent', 'Fair. Anything I did not ask about?'],
  [
    'client',
    'Members want to see their bookings of the past, some of them count how often they came. And every month I need a list of who came how often, as a file for the bookkeeper.',
  ],
  ['client', 'That is all. Thank you!'],
]

export const turns: readonly Turn[] = said.map(([role, text], index) => ({
  id: `t${index + 1}`,
  speaker: role === 'client' ? 'Client' : 'Interviewer',
  role,
  text,
  start: index * 23.5,
}))

/** A talk of any length, to see that a long one stays usable. */
export function longTalk(length: number): readonly Turn[] {
  return Array.from({ length }, (_, index) => {
    const turn = turns[index % turns.length]
    const text = turn?.text ?? ''
    const role = turn?.role ?? 'client'
    return { id: `t${index + 1}`, speaker: turn?.speaker ?? 'Client', role, text, start: index * 9 }
  })
}

const must = { level: 'must', reason: 'said with “must”, or first of all' } as const
const should = { level: 'should', reason: 'said as a wish' } as const

function item(
  id: string,
  kind: BriefItem['kind'],
  statement: string,
  turn: string,
  quote: string,
  priority: BriefItem['priority'] = should,
): BriefItem {
  return { id, kind, statement, saidBy: 'Client', priority, citations: [{ turn, quote }] }
}

const items: readonly BriefItem[] = [
  item(
    'G1',
    'goal',
    'Replace the paper diary and the chat groups for class bookings.',
    't2',
    'the bookings live in a paper diary and three chat groups',
  ),
  item(
    'U1',
    'user',
    'Members book classes from their phone.',
    't4',
    'Members must be able to book a class from their phone',
  ),
  item(
    'U2',
    'user',
    'Coaches see their classes and mark who was there.',
    't8',
    'A coach needs to see who is coming to their class',
  ),
  item(
    'R1',
    'requirement',
    'A member can book a class.',
    't4',
    'Members must be able to book a class from their phone',
    must,
  ),
  {
    ...item(
      'R2',
      'requirement',
      'A member joins a waiting list when a class is full, and moves up when a place becomes free.',
      't4',
      'when a class is full they should go on a waiting list',
      must,
    ),
    citations: [
      { turn: 't4', quote: 'when a class is full they should go on a waiting list' },
      { turn: 't4', quote: 'move up automatically when somebody cancels' },
    ],
  },
  item(
    'R3',
    'requirement',
    'A member can cancel a booking until six hours before the class starts.',
    't6',
    'Until six hours before the class starts',
  ),
  item(
    'R4',
    'requirement',
    'A coach can see the participants of a class.',
    't8',
    'see who is coming to their class',
    must,
  ),
  item('R5', 'requirement', 'A coach can mark who was there.', 't8', 'mark who was there', must),
  item(
    'R6',
    'requirement',
    'The system reminds a member by email on the evening before a class.',
    't13',
    'A reminder by email the evening before',
  ),
  item(
    'R7',
    'requirement',
    'A member can see past bookings.',
    't22',
    'Members want to see their bookings of the past',
  ),
  item(
    'R8',
    'requirement',
    'The owner can export a monthly attendance list as a file.',
    't22',
    'every month I need a list of who came how often, as a file',
    must,
  ),
  {
    id: 'R9',
    kind: 'requirement',
    statement: 'A member signs in before booking.',
    priority: { level: 'should', reason: 'follows from other needs' },
    citations: [],
    inferred: 'A booking belongs to a member, so that the system has to know who books.',
  },
  item(
    'Q1',
    'quality',
    'The pages respond at once on an old phone.',
    't15',
    'It should feel instant on an old phone',
  ),
  item('Q2', 'quality', 'No booking is ever lost.', 't16', 'we cannot lose data', must),
  item(
    'T1',
    'timeline',
    'Ready one week before the first of September.',
    't18',
    'a week before that',
  ),
  item('X1', 'out_of_scope', 'Payments stay at the desk.', 't11', 'leave payments out for now', {
    level: 'wont',
    reason: 'taken back in the same breath',
  }),
]

const ledger: readonly LedgerEntry[] = [
  { turn: 't2', outcome: 'used', items: ['G1'] },
  { turn: 't4', outcome: 'used', items: ['R1', 'R2', 'U1'] },
  { turn: 't6', outcome: 'used', items: ['R3'] },
  { turn: 't8', outcome: 'used', items: ['R4', 'R5', 'U2'] },
  {
    turn: 't9',
    outcome: 'rejected',
    reason: 'It tells of another agency and asks for nothing that the plan does not do anyway.',
  },
  { turn: 't11', outcome: 'used', items: ['X1'] },
  { turn: 't13', outcome: 'used', items: ['R6'] },
  { turn: 't15', outcome: 'used', items: ['Q1'] },
  { turn: 't16', outcome: 'used', items: ['Q2'] },
  { turn: 't18', outcome: 'used', items: ['T1'] },
  { turn: 't20', outcome: 'open', items: ['O1'] },
  { turn: 't22', outcome: 'used', items: ['R7', 'R8'] },
]

const needs: readonly Need[] = [
  { turn: 't11', quote: 'Yes, by card', outcome: 'rejected', reason: 'Taken back at once.' },
  { turn: 't11', quote: 'leave payments out for now', outcome: 'used', items: ['X1'] },
  { turn: 't16', quote: 'we cannot lose data', outcome: 'used', items: ['Q2'] },
  { turn: 't18', quote: 'a week before that', outcome: 'missed', items: [] },
  { turn: 't20', quote: 'I would rather not say', outcome: 'missed', items: ['O1'] },
]

export const brief: Brief = {
  title: 'Studio class booking',
  feature: 'studio-class-booking',
  summary:
    'A climbing and yoga studio wants its members to book classes from their phones, with a waiting list, reminders and attendance.',
  language: { code: 'en', supported: true },
  items: [...items],
  entities: [
    {
      id: 'E1',
      name: 'Class',
      fields: [{ name: 'title', type: 'text', required: true }],
      citations: [
        {
          turn: 't15',
          quote: 'Each class has a title, a coach, a start time and a number of places',
        },
      ],
    },
  ],
  openQuestions: [
    {
      id: 'O1',
      question: 'What is the budget?',
      why: 'It was asked for and put off.',
      citations: [{ turn: 't20', quote: 'I would rather not say before I have seen a plan' }],
    },
  ],
  contradictions: [
    {
      id: 'K1',
      statement: 'Payments by card were asked for and then left out.',
      citations: [
        { turn: 't11', quote: 'Yes, by card' },
        { turn: 't11', quote: 'leave payments out for now' },
      ],
    },
  ],
  ledger: [...ledger],
  needs: [...needs],
  coverage: 0.92,
  faithfulness: 1,
  dropped: [],
  madeBy: { kind: 'offline', name: 'wink' },
}
