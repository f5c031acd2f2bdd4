import { expect, it } from 'vitest'
import type { Brief } from '../domain/brief.ts'
import { parseMarkdown } from '../kiro/markdown/blocks.ts'
import { briefDocument } from './brief-document.ts'

const brief: Brief = {
  title: 'Library',
  feature: 'library',
  summary: 'Loans of books.',
  language: { code: 'en', supported: true },
  items: [
    {
      id: 'R1',
      kind: 'requirement',
      statement: 'Members borrow books.',
      priority: { level: 'must', reason: 'Said so.' },
      citations: [{ turn: 't2', quote: 'members can borrow books' }],
    },
    {
      id: 'Q1',
      kind: 'quality',
      statement: '# <b>fast</b>\n## Forged heading',
      priority: { level: 'should', reason: 'A default.' },
      citations: [],
      inferred: 'Everybody wants it.',
    },
  ],
  entities: [
    {
      id: 'E1',
      name: 'Book',
      fields: [
        { name: 'title', type: 'text', required: true },
        { name: 'year', type: 'number', required: false },
      ],
      citations: [{ turn: 't3', quote: 'a title and a year' }],
    },
  ],
  openQuestions: [{ id: 'O1', question: 'For how long?', why: 'Nobody knew.', citations: [] }],
  contradictions: [],
  ledger: [],
  coverage: 1,
  faithfulness: 1,
  dropped: [],
  madeBy: { kind: 'offline', name: 'rules' },
}

it('holds everything that the brief holds, with the words that it rests on', () => {
  const text = briefDocument(brief)
  expect(text).toContain('# Brief: Library\n\nLoans of books.\n')
  expect(text).toContain(
    '## Requirements\n\n- **R1** Members borrow books. (must)\n  - t2: "members can borrow books"\n',
  )
  expect(text).toContain('- **O1** For how long?\n  - Nobody knew.\n')
  expect(text).toContain('  - Inferred: Everybody wants it.\n')
  expect(text).toContain('- **Book**: title, year?\n  - t3: "a title and a year"\n')
  expect(text).not.toContain('## Goals')
})

it('lets no words of the talk become markup', () => {
  const text = briefDocument(brief)
  const headings = parseMarkdown(text).flatMap((block) =>
    block.type === 'heading' ? [block.text] : [],
  )
  expect(headings).toEqual([
    'Brief: Library',
    'Open questions',
    'Requirements',
    'Qualities',
    'What is kept',
  ])
  expect(text).not.toContain('<b>')
})
