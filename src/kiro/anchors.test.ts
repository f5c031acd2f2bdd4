import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchoredDocuments, anchorsIn } from './anchors.ts'

describe('the lines of a document that have a name', () => {
  it('are the requirements and their criteria', () => {
    const text = `# Requirements Document

### Requirement 2: Loans

**User Story:** As a member, I want to borrow.

#### Acceptance Criteria

1. WHEN a member borrows, THE System SHALL note it.
3. THE System SHALL list loans.
`
    expect(anchorsIn('requirements.md', text)).toEqual([
      { ref: '2', line: 3, text: 'Loans' },
      { ref: '2.1', line: 9, text: 'WHEN a member borrows, THE System SHALL note it.' },
      { ref: '2.3', line: 10, text: 'THE System SHALL list loans.' },
    ])
  })

  it('are the tasks by their numbers, however they are nested', () => {
    const text = '## Tasks\n\n- [ ] 1. Begin\n  - [x]* 1.1 Set up\n    - Detail\n- [ ] 12. End\n'
    expect(anchorsIn('tasks.md', text)).toEqual([
      { ref: '1', line: 3, text: 'Begin' },
      { ref: '1.1', line: 4, text: 'Set up' },
      { ref: '12', line: 6, text: 'End' },
    ])
  })

  it('are the headings of a design below its title, the first of two that are alike', () => {
    const text = '# Design\n\n## Overview\n\n### Parts\n\n```\n## no heading\n```\n\n## Overview\n'
    expect(anchorsIn('design.md', text)).toEqual([
      { ref: 'Overview', line: 3, text: 'Overview' },
      { ref: 'Parts', line: 5, text: 'Parts' },
    ])
  })

  it('are the parts and statements of a bugfix', () => {
    const text = '## Bug Analysis\n\n### Expected Behavior (Correct)\n\n2.1 WHEN x THEN y\n'
    expect(anchorsIn('bugfix.md', text)).toEqual([
      { ref: '2', line: 3, text: 'Expected Behavior (Correct)' },
      { ref: '2.1', line: 5, text: 'WHEN x THEN y' },
    ])
  })

  it('have names that are unique, on lines that are in the text, whatever it holds', () => {
    const pieces = fc.constantFrom(
      '### Requirement 1: A',
      '#### Acceptance Criteria',
      '1. THE System SHALL x.',
      '## B',
      '- [ ] 1. C',
      '  - [ ] 1.1 D',
      '```',
      '',
    )
    fc.assert(
      fc.property(fc.constantFrom(...anchoredDocuments), fc.array(pieces), (name, lines) => {
        const anchors = anchorsIn(name, lines.join('\n'))
        expect(new Set(anchors.map(({ ref }) => ref)).size).toBe(anchors.length)
        for (const { line } of anchors) expect(lines[line - 1]).toBeDefined()
      }),
    )
  })
})
