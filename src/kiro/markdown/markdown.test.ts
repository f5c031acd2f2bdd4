import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf, parseMarkdown } from './blocks.ts'
import { parseInline } from './inline.ts'

describe('running text', () => {
  it('reads bold, italic and code', () => {
    expect(parseInline('a **b** *c* _d_ `e*f*`')).toEqual([
      { type: 'text', text: 'a ' },
      { type: 'strong', children: [{ type: 'text', text: 'b' }] },
      { type: 'text', text: ' ' },
      { type: 'emphasis', children: [{ type: 'text', text: 'c' }] },
      { type: 'text', text: ' ' },
      { type: 'emphasis', children: [{ type: 'text', text: 'd' }] },
      { type: 'text', text: ' ' },
      { type: 'code', text: 'e*f*' },
    ])
  })

  it('keeps underscores within words and delimiters that nothing closes', () => {
    expect(parseInline('Booking_System of_x ** 2 * 3 `open')).toEqual([
      { type: 'text', text: 'Booking_System of_x ** 2 * 3 `open' },
    ])
  })

  it('takes the backslash off an escaped sign, but not within code', () => {
    expect(parseInline('\\*a\\* `\\*`')).toEqual([
      { type: 'text', text: '*a* ' },
      { type: 'code', text: '\\*' },
    ])
  })

  it('loses no letter of any text', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '*', '_', '`', '**', '.') })
    const flat = (nodes: ReturnType<typeof parseInline>): string =>
      nodes.map((node) => ('text' in node ? node.text : flat(node.children))).join('')
    fc.assert(
      fc.property(letters, (text) => {
        const kept = flat(parseInline(text)).replaceAll(/[*_`]/g, '')
        expect(kept).toBe(text.replaceAll(/[*_`]/g, ''))
      }),
    )
  })
})

describe('blocks', () => {
  it('reads headings, paragraphs, quotes and rules', () => {
    expect(parseMarkdown('# A\nb\nc\n\n> d\n> e\n\n---')).toEqual([
      { type: 'heading', level: 1, text: 'A', line: 1 },
      { type: 'paragraph', text: 'b c', line: 2 },
      { type: 'quote', text: 'd e', line: 5 },
      { type: 'rule', line: 8 },
    ])
  })

  it('nests lists by their indentation and keeps numbers', () => {
    expect(parseMarkdown('3. a\n   - b\n\n   - c\n4. d')).toEqual([
      {
        type: 'list',
        ordered: true,
        line: 1,
        items: [
          {
            line: 1,
            text: 'a',
            number: 3,
            children: [
              {
                type: 'list',
                ordered: false,
                items: [
                  { line: 2, text: 'b', children: [] },
                  { line: 4, text: 'c', children: [] },
                ],
              },
            ],
          },
          { line: 5, text: 'd', number: 4, children: [] },
        ],
      },
    ])
  })

  it('knows where each block and each item of a list begins', () => {
    const text = '# A\n\nb\nc\n\n- d\n  - e\n- f\n\n```\ng\n```\nh'
    expect(linesOf(parseMarkdown(text))).toEqual([1, 3, 6, 7, 8, 10, 13])
  })

  it('reads the boxes of tasks in every state', () => {
    const [list] = parseMarkdown('- [ ] 1. a\n- [~] b\n- [-] c\n- [x] d\n- [ ]* e')
    expect(list?.type === 'list' && list.items.map((item) => item.task)).toEqual([
      { state: 'not_started', optional: false },
      { state: 'queued', optional: false },
      { state: 'in_progress', optional: false },
      { state: 'completed', optional: false },
      { state: 'not_started', optional: true },
    ])
  })

  it('keeps what stands in a fence as it is, even when the fence is never closed', () => {
    expect(parseMarkdown('```ts\n# a\n\n- b')).toEqual([
      { type: 'code', language: 'ts', text: '# a\n\n- b', line: 1 },
    ])
  })

  it('reads tables with escaped bars', () => {
    expect(parseMarkdown('| a | b |\n|---|---|\n| 1 \\| 2 | `c` |')).toEqual([
      { type: 'table', head: ['a', 'b'], rows: [['1 | 2', '`c`']], line: 1 },
    ])
  })

  it('shows the front matter of a steering file as code', () => {
    expect(parseMarkdown('---\ninclusion: always\n---\n# A')[0]).toEqual({
      type: 'code',
      language: 'yaml',
      text: 'inclusion: always',
      line: 1,
    })
  })
})
