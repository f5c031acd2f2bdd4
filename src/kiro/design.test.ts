import { describe, expect, it } from 'vitest'
import { parseDesign, renderDesign } from './design.ts'

const text = `# Design Document: csv

## Overview

Words.

### Goals

\`\`\`markdown
## Not a section
\`\`\`

## Correctness Properties

*A property is a statement.*

### Property 1: Round trip

*For any* file, reading SHALL give it back.

**Validates: Requirements 1.1, 1.2**

### Property 2: Order

*For any* rows, the order SHALL stay.

**Validates: Requirements 2.1-2.3**

## Error Handling

None.
`

describe('parseDesign', () => {
  it('keeps sections word for word and takes the properties out of theirs', () => {
    const doc = parseDesign(text)
    expect(doc.title).toBe('csv')
    expect(doc.sections).toEqual([
      { heading: 'Overview', body: 'Words.\n\n### Goals\n\n```markdown\n## Not a section\n```' },
      { heading: 'Correctness Properties', body: '*A property is a statement.*' },
      { heading: 'Error Handling', body: 'None.' },
    ])
    expect(doc.properties).toEqual([
      {
        number: 1,
        title: 'Round trip',
        statement: '*For any* file, reading SHALL give it back.',
        validates: ['1.1', '1.2'],
      },
      {
        number: 2,
        title: 'Order',
        statement: '*For any* rows, the order SHALL stay.',
        validates: ['2.1', '2.2', '2.3'],
      },
    ])
  })

  it('closes a code block that is left open', () => {
    const doc = parseDesign('## Overview\n\n```\nx\n## Last\n')
    expect(doc.sections).toEqual([{ heading: 'Overview', body: '```\nx\n## Last\n```' }])
  })
})

describe('renderDesign', () => {
  it('gives the text back', () => {
    expect(renderDesign(parseDesign(text))).toBe(text.replace('2.1-2.3', '2.1, 2.2, 2.3'))
  })

  it('adds a section for properties before the error handling', () => {
    const { title, sections, properties } = parseDesign(text)
    const others = sections.filter(({ heading }) => heading !== 'Correctness Properties')
    const doc = parseDesign(renderDesign({ title, sections: others, properties }))
    expect(doc.sections.map(({ heading }) => heading)).toEqual([
      'Overview',
      'Correctness Properties',
      'Error Handling',
    ])
    expect(doc.properties).toEqual(properties)
  })
})
