import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Markdown } from './markdown.tsx'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

describe('elements', () => {
  it('puts what is said of a line below it', () => {
    const notes = new Map([
      [1, '[1]'],
      [2, '[2]'],
      [4, '[4]'],
    ])
    const shown = renderToStaticMarkup(<Markdown text={'- a\n  - b\n\nc'} notes={notes} />)
    expect(
      shown
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ).toBe('a[1] b[2] c [4]')
  })

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

  it('draws a diagram, says it in words, and keeps hostile labels text', () => {
    const shown = html(
      '```mermaid\nflowchart LR\n  a["<script>alert(1)</script>"] -->|"asks"| b["HTTP API"]\n```',
    )
    expect(shown).toMatch(/<svg .*<polyline/)
    expect(shown).toContain(' → HTTP API (asks)</figcaption>')
    expect(shown).not.toContain('<script')
    expect(html('```mermaid\nsequenceDiagram\n  A->>B: Hello\n```')).not.toContain('<svg')
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
