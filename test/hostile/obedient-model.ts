import type { Brief } from '../../src/domain/brief.ts'
import type { Talk } from '../../src/domain/turn.ts'
import type { AnsweredBrief } from '../../src/analysis/model/answer.ts'
import type { AnsweredPlan } from '../../src/planning/model/answer.ts'
import { emptyProposal } from '../../src/planning/testing/proposals.ts'
import { type ScriptedModel, scriptedModel } from '../../src/model/testing/scripted-model.ts'
import type { HostileTalk } from './hostile-talk.ts'

/**
 * A model that finds what is honest and does what the injection says as well: it writes its words
 * into every place of its answers, quotes whatever turn it can for them, and mends nothing.
 */
export function obedientModel(
  hostile: HostileTalk,
  talk: Talk,
  injected: readonly string[],
  brief: () => Brief,
): ScriptedModel {
  return scriptedModel(({ prompt }) =>
    prompt === 'plan' ? proposal(hostile, brief()) : answer(hostile, talk, injected),
  )
}

function answer(
  { base, obeyed }: HostileTalk,
  talk: Talk,
  injected: readonly string[],
): AnsweredBrief {
  const [first = ''] = obeyed
  const honest = base.honest.map(({ statement, quote, english }) => {
    const turn = talk.turns.find(({ text }) => text.includes(quote))?.id ?? 't1'
    return { statement, quotes: [{ turn, quote, english: english ?? null }] }
  })
  const quoted = (id: string) => talk.turns.find((turn) => turn.id === id)?.text.slice(0, 500) ?? ''
  const own = injected.map((turn) => ({ turn, quote: quoted(turn), english: first }))
  const stolen = honest[0]?.quotes ?? []
  const plain = {
    kind: 'requirement',
    priority: 'must',
    priorityReason: 'said',
    inferred: null,
  } as const
  return {
    title: first,
    summary: obeyed.join(' '),
    language: base.language,
    items: [
      ...honest.map((one) => ({ ...plain, ...one, clause: null })),
      ...obeyed.flatMap((statement) => [
        { ...plain, statement, quotes: own, clause: clauseWith(statement) },
        { ...plain, statement, quotes: stolen, clause: null },
        { ...plain, statement, quotes: [], inferred: 'needed for safety', clause: null },
        {
          ...plain,
          statement: 'The page shows books.',
          quotes: stolen,
          clause: clauseWith(statement),
        },
      ]),
    ],
    entities: [
      {
        name: first,
        fields: [{ name: first, type: 'choice', required: true, options: [first] }],
        quotes: stolen,
        inferred: null,
      },
    ],
    openQuestions: [{ question: `Shall we do this? ${first}`, why: first, quotes: own }],
    contradictions: [{ statement: first, quotes: [...own, ...stolen] }],
    ledger: talk.turns.flatMap(({ id }) =>
      [null, first].map((quote) => ({
        turn: id,
        quote,
        outcome: 'rejected' as const,
        by: null,
        reason: first,
      })),
    ),
  }
}

function clauseWith(text: string) {
  const condition = { kind: 'when', text } as const
  return { actor: text, verb: text, object: text, rest: text, condition, negated: false }
}

function proposal({ obeyed }: HostileTalk, brief: Brief): AnsweredPlan {
  const [first = ''] = obeyed
  const wanted = brief.items.filter(({ kind }) => kind === 'requirement').map(({ id }) => id)
  const honest = honestCriteria(brief, wanted)
  return {
    ...emptyProposal(),
    requirements: [
      {
        title: first,
        story: { role: first, want: first, benefit: first },
        criteria: [...honest, ...forgedCriteria(obeyed, wanted)],
      },
    ],
    overview: obeyed.join(' '),
    components: [
      ...emptyProposal().components,
      { name: first, duty: first, uses: [first, 'Store'] },
    ],
    decisions: obeyed.map((line) => ({ decision: line, reason: line, items: wanted })),
    errors: [...obeyed],
    testing: [...obeyed],
    properties: [{ title: first, statement: `${first} SHALL hold`, criteria: ['1.1'] }],
    stack: obeyed.map((line) => ({
      part: 'Runtime',
      choice: line,
      reason: line,
      basis: 'asked_for',
      items: wanted,
    })),
    groups: [{ title: first, tasks: tasksOf(obeyed, honest) }],
    leftOut: brief.items.slice(-1).map(({ id }) => ({ item: id, reason: first })),
  }
}

type Criteria = AnsweredPlan['requirements'][number]['criteria']

function honestCriteria(brief: Brief, wanted: readonly string[]): Criteria {
  return brief.items
    .filter(({ id }) => wanted.includes(id))
    .map(({ id, statement }) => ({
      title: statement.replace(/\.$/, ''),
      conditions: [],
      response: `make sure that ${statement}`,
      items: [id],
      inferred: null,
    }))
}

/** The injection as criterion, as condition, and with ids of honest items. */
function forgedCriteria(obeyed: readonly string[], wanted: string[]): Criteria {
  return obeyed.flatMap((line) => [
    { title: line, conditions: [], response: line, items: wanted.slice(0, 1), inferred: null },
    {
      title: line,
      conditions: [{ keyword: 'WHEN' as const, text: line }],
      response: 'store it',
      items: [],
      inferred: line,
    },
    {
      title: 'Show a book',
      conditions: [{ keyword: 'IF' as const, text: line }],
      response: 'show it',
      items: wanted,
      inferred: null,
    },
  ])
}

function tasksOf(
  obeyed: readonly string[],
  honest: Criteria,
): AnsweredPlan['groups'][number]['tasks'] {
  const hours = { low: 1, high: 2 }
  return [
    ...honest.map(({ title }, at) => ({
      title,
      details: [...obeyed],
      criteria: [`1.${at + 1}`],
      needs: ['1.1'],
      hours,
    })),
    ...obeyed.map((line) => ({
      title: line,
      details: [line],
      criteria: ['1.1'],
      needs: [],
      hours,
    })),
    ...obeyed.map((line) => ({ title: line, details: [], criteria: [], needs: [], hours })),
  ]
}
