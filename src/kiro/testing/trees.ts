import * as fc from 'fast-check'
import { parseEars, renderEars } from '../ears.ts'
import type { Criterion, Ears, Task } from '../tree.ts'

/** Trees as a parser gives them: values trimmed, and free of what would be structure in their place. */

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
const phrase = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))
export const title = fc.oneof(phrase, fc.stringMatching(/^[A-Z][^\r\n]{0,30}[a-z]$/u))
const reference = fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9 }))
const references = fc.array(
  reference.map(([number, criterion]) => `${number}.${criterion}`),
  { maxLength: 4 },
)
const body = fc
  .array(
    fc.oneof(
      phrase,
      fc.constantFrom('', '- a bullet', '| a | b |', '#### Deeper', '    indented', '> quoted'),
      fc.constant('```mermaid\n## not a heading\n- [ ] 1. not a task\n```'),
    ),
    { maxLength: 6 },
  )
  .map((lines) =>
    lines
      .join('\n')
      .replace(/^\s*\n|\s+$/g, '')
      .trim(),
  )

export const ears: fc.Arbitrary<Ears> = fc.record({
  conditions: fc.array(
    fc.record({
      keyword: fc.constantFrom('WHEN', 'IF', 'WHILE', 'WHERE', 'FOR ALL'),
      text: fc.array(phrase, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(', ')),
    }),
    { maxLength: 3 },
  ),
  system: fc.stringMatching(/^[A-Z][A-Za-z_]{0,12}$/).filter((name) => name !== 'THE'),
  response: fc.oneof(
    phrase,
    phrase.map((text) => `${text}, and THE CLI SHALL ${text}`),
  ),
})

const criteria = fc
  .array(fc.oneof(ears.map(renderEars), title), { minLength: 1, maxLength: 5 })
  .map((texts) =>
    texts.map((text, index): Criterion => {
      const parts = parseEars(text)
      return { number: index + 1, text, ...(parts && { ears: parts }) }
    }),
  )

export const requirements = fc.record({
  introduction: body,
  glossary: fc.array(fc.record({ term: word, definition: title })),
  requirements: fc
    .array(
      fc.record(
        {
          title,
          userStory: fc.record({
            role: word,
            want: phrase,
            benefit: fc.oneof(phrase, fc.constant('')),
          }),
          criteria,
        },
        { requiredKeys: ['title', 'criteria'] },
      ),
    )
    .map((list) => list.map((requirement, index) => ({ number: index + 1, ...requirement }))),
})

const properties = fc.array(
  fc.record({
    number: fc.integer({ min: 1, max: 999 }),
    title,
    statement: body,
    validates: references,
  }),
)
export const design = fc
  .record({ title, sections: fc.array(fc.record({ heading: phrase, body })), properties, body })
  .map(({ body, sections, ...rest }) => ({
    ...rest,
    sections: [...sections, { heading: 'Correctness Properties', body }],
  }))

const detail = fc.oneof(
  title,
  body.filter((text) => text !== '' && !text.includes('####')),
  phrase.map((text) => `**${text}**`),
)
const leaf = fc.record({
  title,
  state: fc.constantFrom(
    'not_started' as const,
    'queued' as const,
    'in_progress' as const,
    'completed' as const,
  ),
  optional: fc.boolean(),
  details: fc.array(detail, { maxLength: 4 }),
  requirements: references,
  validates: references,
})
type Leaf = Omit<Task, 'number' | 'children'>
function numbered(prefix: string, tasks: readonly (Leaf & { below?: readonly Leaf[] })[]): Task[] {
  return tasks.map(({ below = [], ...task }, index) => {
    const number = `${prefix}${index + 1}`
    return { ...task, number, children: numbered(`${number}.`, below) }
  })
}
export const tasks = fc.record({
  title,
  overview: body,
  tasks: fc.array(fc.tuple(leaf, fc.array(leaf, { maxLength: 3 })), { maxLength: 4 }).map((list) =>
    numbered(
      '',
      list.map(([task, below]) => ({ ...task, below })),
    ),
  ),
  notes: fc.array(detail, { maxLength: 3 }),
  waves: fc.array(fc.record({ id: fc.nat(), tasks: references }), { maxLength: 3 }),
})

const statements = (group: number) =>
  fc
    .array(title)
    .map((texts) => texts.map((text, index) => ({ number: `${group}.${index + 1}`, text })))
export const bugfix = fc.record({
  introduction: body,
  current: statements(1),
  expected: statements(2),
  unchanged: statements(3),
})

export const steering = fc.record(
  {
    inclusion: fc.constantFrom(
      'always' as const,
      'fileMatch' as const,
      'manual' as const,
      'auto' as const,
    ),
    fileMatchPattern: fc.array(
      fc
        .stringMatching(/^[a-z*./{},'"\\ ]+$/)
        .map((text) => text.trim())
        .filter((text) => text !== ''),
      { minLength: 1, maxLength: 3 },
    ),
    name: word,
    description: title.map((text) => text.trim()),
    body: fc.oneof(body, fc.constant('---\nnot front matter')),
  },
  { requiredKeys: ['inclusion', 'body'] },
)
