import { describe, expect, it } from 'vitest'
import { parseRequirements, renderRequirements } from './requirements.ts'

const text = `# Requirements Document

## Introduction

A tool.

\`\`\`
## Glossary
\`\`\`

## Glossary

- **CLI**: The command line
- **Row_Object:** A row,
  as an object

## Requirements

### Requirement 1: Read files

**User Story:** As an editor, I want to read files,
so that nothing is lost.

#### Acceptance Criteria

1. WHEN a file is named, THE CLI SHALL read it.
2. The CLI is nice
   and polite

### Requirement 2

#### Acceptance Criteria

2.1 THE CLI SHALL stop
`

describe('parseRequirements', () => {
  it('reads introduction, glossary, stories and criteria', () => {
    const doc = parseRequirements(text)
    expect(doc.introduction).toBe('A tool.\n\n```\n## Glossary\n```')
    expect(doc.glossary).toEqual([
      { term: 'CLI', definition: 'The command line' },
      { term: 'Row_Object', definition: 'A row, as an object' },
    ])
    expect(doc.requirements).toEqual([
      {
        number: 1,
        title: 'Read files',
        userStory: { role: 'editor', want: 'to read files', benefit: 'nothing is lost' },
        criteria: [
          {
            number: 1,
            text: 'WHEN a file is named, THE CLI SHALL read it.',
            ears: {
              conditions: [{ keyword: 'WHEN', text: 'a file is named' }],
              system: 'CLI',
              response: 'read it',
            },
          },
          { number: 2, text: 'The CLI is nice and polite' },
        ],
      },
      {
        number: 2,
        title: '',
        criteria: [
          {
            number: 1,
            text: 'THE CLI SHALL stop',
            ears: { conditions: [], system: 'CLI', response: 'stop' },
          },
        ],
      },
    ])
  })

  it('reads the same tree with Windows line breaks and a byte order mark', () => {
    expect(parseRequirements(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(
      parseRequirements(text),
    )
  })

  it('gives an empty tree for an empty text', () => {
    expect(parseRequirements('')).toEqual({ introduction: '', glossary: [], requirements: [] })
  })
})

describe('renderRequirements', () => {
  it('writes articles, stories and criteria as Kiro does', () => {
    const rendered = renderRequirements(parseRequirements(text))
    expect(rendered).toContain(
      '### Requirement 1: Read files\n\n**User Story:** As an editor, I want to read files, so that nothing is lost.\n\n#### Acceptance Criteria\n\n1. WHEN a file',
    )
    expect(rendered.endsWith('1. THE CLI SHALL stop\n')).toBe(true)
  })
})
