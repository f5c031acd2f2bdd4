import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { parseMarkdown } from './blocks.ts'
import { parseInline } from './inline.ts'
import { Markdown } from './markdown.tsx'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

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
      { type: 'heading', level: 1, text: 'A' },
      { type: 'paragraph', text: 'b c' },
      { type: 'quote', text: 'd e' },
      { type: 'rule' },
    ])
  })

  it('nests lists by their indentation and keeps numbers', () => {
    expect(parseMarkdown('3. a\n   - b\n\n   - c\n4. d')).toEqual([
      {
        type: 'list',
        ordered: true,
        items: [
          {
            text: 'a',
            number: 3,
            children: [
              {
                type: 'list',
                ordered: false,
                items: [
                  { text: 'b', children: [] },
                  { text: 'c', children: [] },
                ],
              },
            ],
          },
          { text: 'd', number: 4, children: [] },
        ],
      },
    ])
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
      { type: 'code', language: 'ts', text: '# a\n\n- b' },
    ])
  })

  it('reads tables with escaped bars', () => {
    expect(parseMarkdown('| a | b |\n|---|---|\n| 1 \\| 2 | `c` |')).toEqual([
      { type: 'table', head: ['a', 'b'], rows: [['1 | 2', '`c`']] },
    ])
  })

  it('shows the front matter of a steering file as code', () => {
    expect(parseMarkdown('---\ninclusion: always\n---\n# A')[0]).toEqual({
      type: 'code',
      language: 'yaml',
      text: 'inclusion: always',
    })
  })
})

describe('elements', () => {
  it('shows markup and links of hostile text as text', () => {
    const shown = html(
      '<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://e.example/z)',
    )
    expect(shown).not.toMatch(/<(script|a|img)\b/)
    expect(shown).toContain('&lt;script&gt;')
  })

  it('starts headings one level below the title of the page', () => {
    expect(html('# A')).toContain('<h2 class="md-title">A</h2>')
    expect(html('### B')).toContain('<h3>B</h3>')
  })

  it('says the state of a task in words', () => {
    expect(html('- [x] 1.1 Done it')).toContain('Done: ')
  })

  it('keeps the number of an ordered item', () => {
    expect(html('7. seventh')).toContain('<li value="7">')
  })

  it('renders any text', () => {
    const piece = fc.constantFrom(
      '# ',
      '- ',
      '1. ',
      '  ',
      '```',
      '|',
      '>',
      '---',
      '\n',
      'a',
      '**',
      '[x] ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(html(pieces.join(''))).toMatch(/^<div class="md">/)
      }),
    )
  })

  it('stands lists of any depth and tables of any width', () => {
    const deep = Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n')
    const wide = `${'|a'.repeat(5_000)}|\n|-|\n${`${'|b'.repeat(5_000)}|\n`.repeat(50)}`
    expect(html(deep).match(/<li>/g)).toHaveLength(3_000)
    expect(html(wide).match(/<td>/g)).toHaveLength(50 * 40)
  })
})
