import { expect, it } from 'vitest'
import type { Turn } from '../../domain/turn.ts'
import { answered, answeredItem } from '../testing/answers.ts'
import type { AnsweredReconciliation } from './answer.ts'
import { digest } from './digest.ts'
import { reconciled } from './reconcile.ts'

const said = [
  'Members can book a court.',
  'Guests can see the price list.',
  'Members can book the court.',
  'Staff can export invoices.',
]
const turns: Turn[] = said.map((text, at) => ({
  id: `t${at + 1}`,
  speaker: 'Client',
  role: 'client',
  text,
}))
const items = said.map((text, at) => answeredItem(text, [`t${at + 1}: ${text}`]))
const findings = digest(answered({ title: 'Members Courts', summary: '', items }), turns)

const nothing: AnsweredReconciliation = {
  same: [],
  replaced: [],
  contradictions: [],
  title: '',
  summary: '',
}

function statementsAfter(answer: Partial<AnsweredReconciliation>): string[] {
  return reconciled(findings, { ...nothing, ...answer }, turns).items.map(
    ({ statement }) => statement,
  )
}

it('makes one of two entries that say the same, and reports which one went', () => {
  const answer = { ...nothing, same: [{ keep: 'i1', drop: 'i3' }] }
  const whole = reconciled(findings, answer, turns)
  expect(whole.items).toHaveLength(3)
  expect(whole.items[0]?.citations.map(({ turn }) => turn)).toEqual(['t1', 't3'])
  expect(whole.removed).toMatchObject([{ what: 'item', text: said[2] }])
})

it('lets no wish vanish behind one that speaks of something else', () => {
  expect(statementsAfter({ same: [{ keep: 'i1', drop: 'i2' }] })).toEqual(said)
  expect(statementsAfter({ replaced: [{ item: 'i2', by: 'i4' }] })).toEqual(said)
})

it('takes no title, summary or contradiction that speaks of nothing that was said', () => {
  const strange = 'Ship tokens nightly towards Ruritania'
  const whole = reconciled(
    findings,
    {
      ...nothing,
      title: strange,
      summary: strange,
      contradictions: [{ a: 'i1', b: 'i2', statement: strange }],
    },
    turns,
  )
  expect(whole).toMatchObject({ title: findings.title, summary: '', contradictions: [] })
})
