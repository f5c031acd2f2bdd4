import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeDiagram, type Diagram } from './diagram.ts'
import { placeDiagram } from './place-diagram.ts'
import { readDiagram } from './read-diagram.ts'

const options = { width: 480, lineHeight: 12, measure: (text: string) => text.length * 5 }

const architecture = `flowchart LR
  actor1(["member"]) --> page
  page["Library: page in the browser"] -->|"HTTP, JSON"| api["HTTP API with its rules"]
  api --> store[("Store - one file")]
  api -.-> partner1["Mail <br/> server"]`

const records = `erDiagram
  e1["Book"] {
    text title
    number year PK "when"
  }
  e2["Loan"] {
    reference book
  }
  e1 ||--o{ e2 : "book"`

describe('a drawing in Mermaid’s language', () => {
  it('is read where it is a flowchart', () => {
    const read = readDiagram(architecture)
    expect(read?.direction).toBe('right')
    expect(read?.parts.map(({ title, shape }) => [title, shape])).toEqual([
      ['member', 'round'],
      ['Library: page in the browser', 'box'],
      ['HTTP API with its rules', 'box'],
      ['Store - one file', 'store'],
      ['Mail server', 'box'],
    ])
    expect(read?.links.at(-1)).toMatchObject({ dashed: true, arrow: true })
    expect(read === undefined ? [] : describeDiagram(read)).toEqual([
      'member → Library: page in the browser',
      'Library: page in the browser → HTTP API with its rules (HTTP, JSON)',
      'HTTP API with its rules → Store - one file',
      'HTTP API with its rules → Mail server',
    ])
  })

  it('is read with chains, labels between dashes, and whatever changes looks alone', () => {
    const read = readDiagram(`%% a remark
graph TD
A-->B --- C{Is it?}
C -- yes --> D
C -. no .-> A;
style A fill:#f9f
E`)
    expect(read === undefined ? [] : describeDiagram(read)).toEqual([
      'A → B',
      'B – Is it?',
      'Is it? → D (yes)',
      'Is it? → A (no)',
      'E',
    ])
  })

  it('is read where it tells of records', () => {
    const read = readDiagram(records)
    expect(read?.parts).toEqual([
      { id: 'e1', title: 'Book', shape: 'box', rows: ['title: text', 'year: number (PK)'] },
      { id: 'e2', title: 'Loan', shape: 'box', rows: ['book: reference'] },
    ])
    expect(read?.links).toEqual([
      { from: 'e1', to: 'e2', label: 'book: 1 to any', dashed: false, arrow: false },
    ])
  })

  it.each([
    'sequenceDiagram\n  A->>B: Hello',
    'flowchart LR\n  subgraph one\n  a --> b\n  end',
    'flowchart LR\n  a["never closed',
    'flowchart LR\n  a <--> b',
    'erDiagram\n  Book {',
    'erDiagram\n  a ||--|| ',
    'flowchart LR',
    '',
  ])('is left as it is where a line of it is not understood: %j', (text) => {
    expect(readDiagram(text)).toBeUndefined()
  })

  it('is read at once, however much of nothing is in it', () => {
    const spaces = ' '.repeat(4_000)
    for (const line of [`a --${spaces}x`, `a -- ${'b '.repeat(2_000)}`, `a["${spaces}`]) {
      expect(readDiagram(`flowchart LR\na --> b\n${line}\n`)).toBeUndefined()
      expect(readDiagram(`erDiagram\n${line}`)).toBeUndefined()
    }
    expect(readDiagram(`flowchart LR\na --> b\n${spaces}`)).toBeDefined()
  })

  it('never fails on what somebody wrote', () => {
    const words = [
      'a',
      '["b"]',
      '-->',
      '|x|',
      '-.->',
      '{',
      '}',
      '||--o{',
      ':',
      '"',
      '\n',
      ' ',
      '([',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom('flowchart LR\n', 'erDiagram\n', 'graph TD\n'),
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 }))),
        (head, parts) => {
          const read = readDiagram(head + parts.join(''))
          const placed = read === undefined ? [] : placeDiagram(read, options).parts
          expect(placed).toHaveLength(read?.parts.length ?? 0)
        },
      ),
    )
  })
})

const diagrams = fc
  .record({
    direction: fc.constantFrom('right' as const, 'down' as const),
    titles: fc.array(fc.string({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 14 }),
    ends: fc.array(fc.tuple(fc.nat(13), fc.nat(13), fc.string({ maxLength: 40 })), {
      maxLength: 24,
    }),
  })
  .map(({ direction, titles, ends }): Diagram => {
    const id = (n: number) => `p${n % titles.length}`
    return {
      direction,
      parts: titles.map((title, n) => ({ id: id(n), title, shape: 'box', rows: [] })),
      links: ends.map(([from, to, label]) => ({
        from: id(from),
        to: id(to),
        label,
        dashed: false,
        arrow: true,
      })),
    }
  })

describe('a placed drawing', () => {
  it('has every part once, none over another, and none beyond the width', () => {
    fc.assert(
      fc.property(diagrams, (diagram) => {
        const { parts, links } = placeDiagram(diagram, options)
        expect(parts.map(({ id }) => id).toSorted()).toEqual(
          diagram.parts.map(({ id }) => id).toSorted(),
        )
        const between = diagram.links.filter(({ from, to }) => from !== to)
        expect(links).toHaveLength(between.length)
        for (const [index, a] of parts.entries()) {
          expect(a.x).toBeGreaterThanOrEqual(0)
          expect(a.x + a.width).toBeLessThanOrEqual(options.width + 0.001)
          for (const b of parts.slice(index + 1)) {
            const isBeside = a.x + a.width <= b.x || b.x + b.width <= a.x
            const isBelow = a.y + a.height <= b.y || b.y + b.height <= a.y
            expect(isBeside || isBelow).toBe(true)
          }
        }
      }),
    )
  })

  it('stands from left to right where it fits, and else from the top down', () => {
    const chain = (length: number) =>
      readDiagram(
        `flowchart LR\n${Array.from({ length }, (_, n) => `p${n} --> p${n + 1}`).join('\n')}`,
      )
    const xs = (diagram: Diagram | undefined) =>
      diagram === undefined
        ? new Set()
        : new Set(placeDiagram(diagram, options).parts.map(({ x }) => x))
    expect(xs(chain(2)).size).toBe(3)
    expect(xs(chain(9)).size).toBe(1)
  })
})
