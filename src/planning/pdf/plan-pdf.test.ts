import { inflateSync } from 'node:zlib'
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

const streams = (pdf: Uint8Array) =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/stream\r?\n([^]*?)\r?\nendstream/g),
  ]
    .flatMap(([, data = '']) => {
      try {
        return [inflateSync(Buffer.from(data, 'latin1')).toString('latin1')]
      } catch {
        // A typeface, which is packed otherwise.
        return []
      }
    })
    .join('\n')

const fence = (text: string) => `\`\`\`mermaid\n${text}\n\`\`\`\n`

it('draws what a design shows as a diagram, and prints what it cannot draw', async () => {
  const boxes = async (text: string) =>
    // A rounded box is drawn with four curves.
    streams(await planPdf(printed(fence(text)), at)).match(/ c$/gm)?.length ?? 0
  const drawn = await boxes('flowchart LR\n  a["One"] --> b["Two"]\n  b -.-> c["日本"]')
  const printedAsText = await boxes('sequenceDiagram\n  A->>B: Hello')
  expect(drawn - printedAsText).toBeGreaterThanOrEqual(12)
})

it('prints a drawing that no page holds in words, without an end to its pages', async () => {
  const chain = Array.from({ length: 59 }, (_, n) => `p${n} --> p${n + 1}`).join('\n')
  expect(pagesOf(await planPdf(printed(fence(`graph TD\n${chain}`)), at))).toBeLessThan(7)
})

it('refuses a plan that is a book', async () => {
  await expect(planPdf(printed('x'.repeat(600_001)), at)).rejects.toMatchObject({
    code: 'too_large_to_print',
  })
})
