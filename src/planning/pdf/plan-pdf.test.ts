import { expect, it } from 'vitest'
import type { PlanDraft } from '../../domain/plan.ts'
import { planPdf, type PrintedPlan } from './plan-pdf.ts'

const folder = '.kiro/specs/library'

function printed(requirements: string): PrintedPlan {
  const draft: PlanDraft = {
    title: 'Library',
    feature: 'library',
    files: [
      { path: `${folder}/requirements.md`, content: requirements },
      { path: `${folder}/design.md`, content: '# Design\n\n| a | b |\n|--|--|\n| 1 | 2 |\n' },
      { path: `${folder}/tasks.md`, content: '- [x] 1. Begin\n  - [ ]* 1.1 Go on\n' },
      { path: `${folder}/.config.kiro`, content: '{}' },
    ],
    stack: [],
    phases: [],
    estimate: { low: 2, high: 4, assumptions: [] },
    trace: [{ ref: '1', items: [], citations: [{ turn: 't1', quote: 'Ω' }], tasks: [] }],
    leftOut: [],
    madeBy: { kind: 'offline', name: 'rules' },
  }
  const brief = {} as PrintedPlan['brief']
  return { brief, draft, hash: 'ab'.repeat(32), version: 3, approved: null }
}

const at = new Date('2026-05-01T10:00:00Z')
const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length

it('prints each document from a new page on, and where the lines come from', async () => {
  expect(pagesOf(await planPdf(printed('# Requirements\n'), at))).toBe(4)
})

it('goes on over as many pages as it takes, and adds none for the numbers', async () => {
  const long = Array.from({ length: 400 }, (_, n) => `${n + 1}. THE System SHALL do ${n}.`)
  const pages = pagesOf(await planPdf(printed(long.join('\n')), at)) ?? 0
  expect(pages).toBeGreaterThan(8)
  expect(pages).toBeLessThan(20)
})

it('prints any text, and makes no link and no script of it', async () => {
  const hostile =
    '# [x](javascript:alert(1)) https://e.example ) endobj /JS (app.alert(1))\n\n\u202e\u0000 日本 😀 `((` \\)\n\n```\n((((\n```\n'
  const text = Buffer.from(await planPdf(printed(hostile), at)).toString('latin1')
  expect(text).not.toMatch(/\/(JS|JavaScript|URI|Launch|Annot)\b/)
})

it('refuses a plan that is a book', async () => {
  await expect(planPdf(printed('x'.repeat(600_001)), at)).rejects.toMatchObject({
    code: 'too_large_to_print',
  })
})
