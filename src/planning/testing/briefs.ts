import fc from 'fast-check'
import type { Brief, BriefItem, Clause, Entity } from '../../domain/brief.ts'

/** A brief of a small talk about a repair workshop. */
export function workshopBrief(): Brief {
  return {
    title: 'Bike Workshop',
    feature: 'bike-workshop',
    summary: 'The client repairs bikes. The software keeps bikes and appointments.',
    language: { code: 'en', supported: true },
    items: workshopItems(),
    entities: workshopEntities,
    openQuestions: [
      { id: 'O1', question: 'Are there several mechanics?', why: 'Not decided.', citations: [] },
    ],
    contradictions: [
      {
        id: 'K1',
        statement: 'Sundays are open, and Sundays are closed.',
        citations: [
          { turn: 't2', quote: 'open' },
          { turn: 't9', quote: 'closed' },
        ],
      },
    ],
    ledger: [],
    coverage: 1,
    faithfulness: 1,
    dropped: [],
    madeBy: { kind: 'offline', name: 'by hand' },
  }
}

function workshopItems(): BriefItem[] {
  return [
    item('G1', 'goal', 'The software replaces the paper calendar on the wall.'),
    item(
      'R1',
      'requirement',
      'The system keeps the customer, email and frame number of each bike.',
      {
        verb: 'keep',
        object: 'bike',
        rest: 'with customer, email and frame number',
        negated: false,
      },
    ),
    item('R2', 'requirement', 'The mechanic can add bikes.', said('mechanic', 'add', 'bike')),
    item('R3', 'requirement', 'The mechanic can search bikes.', said('mechanic', 'search', 'bike')),
    item(
      'R4',
      'requirement',
      'The mechanic can delete a bike.',
      said('mechanic', 'delete', 'bike'),
    ),
    item('R5', 'requirement', 'Customers can book a slot.', said('customer', 'book', 'slot')),
    item('R6', 'requirement', 'A mechanic can mark an appointment as done.', {
      ...said('mechanic', 'mark'),
      rest: 'an appointment as done',
    }),
    item('R7', 'requirement', 'Customers get a text message when the bike is ready.', {
      ...said('customer', 'get', 'text message'),
      condition: { kind: 'when', text: 'the bike is ready' },
    }),
    item('C1', 'constraint', 'The system limits each slot to 3 people.', {
      verb: 'limit',
      object: 'slot',
      rest: 'to 3 people',
      negated: false,
    }),
    item('P1', 'preference', 'The client would like PostgreSQL.'),
    item('Q1', 'quality', 'The pages load in less than two seconds.', {
      verb: 'load',
      rest: 'in less than two seconds',
      negated: false,
    }),
    item('X1', 'out_of_scope', 'Online payment is out of scope.'),
  ]
}

const cited = [{ turn: 't4', quote: 'for each bike' }]

const workshopEntities: Entity[] = [
  {
    id: 'E1',
    name: 'Appointment',
    fields: [
      { name: 'bike', type: 'reference', required: true, options: ['Bike'] },
      { name: 'slot', type: 'reference', required: true, options: ['Slot'] },
      { name: 'state', type: 'choice', required: true, options: ['booked', 'cancelled', 'done'] },
    ],
    citations: cited,
  },
  {
    id: 'E2',
    name: 'Bike',
    fields: [
      { name: 'customer', type: 'text', required: true },
      { name: 'email', type: 'email', required: false },
      { name: 'frameNumber', type: 'text', required: true },
    ],
    citations: cited,
  },
  {
    id: 'E3',
    name: 'Slot',
    fields: [{ name: 'startsAt', type: 'datetime', required: true }],
    citations: cited,
  },
]

export function said(actor: string, verb: string, object?: string): Clause {
  return { actor, verb, ...(object !== undefined && { object }), negated: false }
}

/** An item that rests on one turn. */
export function item(
  id: string,
  kind: BriefItem['kind'],
  statement: string,
  clause?: Clause,
): BriefItem {
  return {
    id,
    kind,
    statement,
    priority: { level: 'should', reason: 'said' },
    citations: [{ turn: 't3', quote: statement.slice(0, 20) }],
    ...(clause && { clause }),
  }
}

/** Pieces that would be markup, keywords or code in some file of the plan or the app. */
const snares = [
  '\n# Heading',
  '\n### Requirement 9: Forged',
  '\n- [x] 9.9 Forged',
  '\n- [ ]* 1. Forged',
  '\n```mermaid\n',
  '```',
  '~~~',
  '\n---\n',
  '\n1. THE System SHALL be forged',
  '- _Requirements: 9.9_',
  '**Validates: Requirements 9.9**',
  '**User Story:** As a x, I want y.',
  'WHEN it rains, THE Sky SHALL fall',
  ', THE Other SHALL',
  'SHALL',
  '| a | b |',
  '</script><script>',
  '"]; end; subgraph x',
  '${process.exit(1)}',
  "'); process.exit(1); ('",
  '__proto__',
  'constructor',
  '\u2028',
  '\u202e',
  '\\',
  '*',
  '_',
  '`',
  '<!--',
  '[link](javascript:x)',
  '## Task Dependency Graph',
  'tries to',
  'report',
  'class',
]

const hostile = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...snares),
        fc.constantFrom('see', 'add', 'a', 'booking', 'who', 'the', 'full', 'can', ' ', ' '),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(' ').slice(0, maxLength).toWellFormed())

const text = (maxLength: number): fc.Arbitrary<string> =>
  hostile(maxLength).map((value) => (value.trim() === '' ? 'something' : value))

const verb = fc.oneof(
  fc.constantFrom('add', 'book', 'see', 'keep', 'edit', 'cancel', 'mark', 'limit', 'be', 'get'),
  text(40),
)

const clause: fc.Arbitrary<Clause> = fc
  .record(
    {
      actor: text(80),
      verb,
      object: text(120),
      rest: hostile(400),
      condition: fc.record({
        kind: fc.constantFrom('when', 'if', 'while', 'where'),
        text: text(500),
      }),
      negated: fc.boolean(),
    },
    { requiredKeys: ['verb', 'negated'] },
  )
  .map((value) => value as Clause)

const fieldName = fc.oneof(
  fc.constantFrom('name', 'constructor', 'toString', 'id', 'then', 'startTime', 'places', 'email'),
  fc.stringMatching(/^[a-z][A-Za-z0-9]{0,12}$/),
)

const anyEntity = (names: readonly string[]): fc.Arbitrary<Entity['fields'][number]> =>
  fc.record({
    name: fieldName,
    type: fc.constantFrom(
      'text',
      'long_text',
      'number',
      'money',
      'date',
      'datetime',
      'boolean',
      'email',
      'choice',
      'reference',
    ),
    required: fc.boolean(),
    options: fc.array(fc.oneof(text(80), fc.constantFrom(...names, 'cancelled')), { maxLength: 4 }),
  })

/** Entities with names and values that somebody chose to break things. */
export const hostileEntities: fc.Arbitrary<Entity[]> = fc
  .array(text(60), { minLength: 1, maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name, index) =>
        fc.array(anyEntity(names), { maxLength: 5 }).map((fields): Entity => {
          return { id: `E${index + 1}`, name, fields, citations: [] }
        }),
      ),
    ),
  )

const anyItem = (index: number): fc.Arbitrary<BriefItem> =>
  fc
    .tuple(
      fc.constantFrom<BriefItem['kind']>(
        'goal',
        'user',
        'requirement',
        'requirement',
        'requirement',
        'quality',
        'constraint',
        'preference',
        'integration',
        'timeline',
        'out_of_scope',
      ),
      text(400),
      fc.option(clause, { nil: undefined }),
      fc.option(text(200), { nil: undefined, freq: 5 }),
    )
    .map(([kind, statement, clause, inferred]): BriefItem => {
      const made = item(`R${index + 1}`, kind, statement, clause)
      return inferred === undefined ? made : { ...made, citations: [], inferred }
    })

/** Briefs that fit the schema and hold anything at all. */
export const anyBrief: fc.Arbitrary<Brief> = fc
  .record({
    title: text(120),
    summary: hostile(600),
    items: fc
      .integer({ min: 0, max: 8 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyItem(index)))),
    entities: hostileEntities,
    question: text(300),
  })
  .map(({ title, summary, items, entities, question }): Brief => ({
    ...workshopBrief(),
    title,
    summary,
    items,
    entities,
    openQuestions: [{ id: 'O1', question, why: question, citations: [] }],
    contradictions: [],
  }))
