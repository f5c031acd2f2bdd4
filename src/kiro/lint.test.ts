import { describe, expect, it } from 'vitest'
import { hasErrors, lintSpec } from './lint.ts'
import type { Finding } from './tree.ts'

const requirements = `# Requirements Document

## Introduction

A shop.

## Glossary

- **Shop**: The shop

## Requirements

### Requirement 1: Buy

**User Story:** As a customer, I want to buy, so that I own things.

#### Acceptance Criteria

1. WHEN a customer pays, THE Shop SHALL book the order
2. IF the card is refused, THEN THE Shop SHALL show the reason
`

const design = `# Design Document: shop

## Overview

## Architecture

## Components and Interfaces

## Data Models

## Correctness Properties

### Property 1: Booked once

*For any* payment, THE Shop SHALL book one order.

**Validates: Requirements 1.1**

## Error Handling

## Testing Strategy
`

const tasks = `# Implementation Plan: shop

## Overview

## Tasks

- [ ] 1. Build
  - [ ] 1.1 Book orders
    - _Requirements: 1.1_

  - [ ] 1.2 Show reasons
    - _Requirements: 1.2_

- [ ] 2. Checkpoint - Ensure all tests pass

## Task Dependency Graph

\`\`\`json
{ "waves": [{ "id": 0, "tasks": ["1.1"] }, { "id": 1, "tasks": ["1.2"] }] }
\`\`\`
`

function lint(changed: Record<string, string> = {}): Finding[] {
  const files = { 'requirements.md': requirements, 'design.md': design, 'tasks.md': tasks }
  return lintSpec(
    Object.entries({ ...files, ...changed }).map(([name, content]) => ({
      path: `.kiro/specs/shop/${name}`,
      content,
    })),
  )
}

/** The findings as `severity rule file:line:column`. */
function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, rule, file, line, column }) => {
    return `${severity} ${rule} ${file.split('/').at(-1)}:${line}:${column}`
  })
}

const criteria = (text: string): Finding[] =>
  lint({ 'requirements.md': requirements.replace(/WHEN a customer pays.*/, text) })

describe('lintSpec', () => {
  it('finds nothing in a sound spec', () => {
    expect(lint()).toEqual([])
  })

  it('checks what is there of a folder, and each folder on its own', () => {
    expect(brief(lintSpec([{ path: 'tasks.md', content: tasks }]))).toEqual([])
    const both = lintSpec([
      { path: 'a/requirements.md', content: requirements },
      { path: 'b/tasks.md', content: tasks },
    ])
    expect(both).toEqual([])
  })

  it.each([
    ['# Requirements Document', 'error req/missing-title requirements.md:1:1'],
    ['## Introduction', 'error req/missing-section requirements.md:1:1'],
    ['## Requirements\n', 'error req/missing-section requirements.md:1:1'],
    ['## Glossary', 'warning req/missing-glossary requirements.md:1:1'],
    [': Buy', 'warning req/no-title requirements.md:13:1'],
    [/\*\*User Story.*/, 'warning req/no-user-story requirements.md:13:1'],
  ])('misses %s', (part, finding) => {
    expect(brief(lint({ 'requirements.md': requirements.replace(part, '') }))).toContain(finding)
  })

  it('names a requirement without criteria, and repeated numbers', () => {
    const twice = `${requirements}2. THE Shop SHALL rest\n\n### Requirement 1: Sell\n`
    expect(brief(lint({ 'requirements.md': twice })).toSorted()).toEqual([
      'error req/duplicate-criterion requirements.md:21:1',
      'error req/duplicate-number requirements.md:23:1',
      'error req/no-criteria requirements.md:23:1',
      'error trace/uncovered-requirement requirements.md:23:1',
      'warning req/no-user-story requirements.md:23:1',
    ])
  })

  it('names a requirement heading that Kiro does not read', () => {
    const changed = requirements.replace('### Requirement 1: Buy', '## Requirement 1: Buy')
    expect(brief(lint({ 'requirements.md': changed }))).toContain(
      'error req/malformed-heading requirements.md:13:1',
    )
  })

  it.each([
    ['The shop is open', 'warning req/not-ears requirements.md:19:4'],
    ['THE Till SHALL open', 'warning req/undefined-system requirements.md:19:4'],
    ['THE Shop SHALL open and THE Shop SHALL close', 'warning req/compound requirements.md:19:4'],
    ['THE Shop SHALL support cards', 'warning req/untestable requirements.md:19:4'],
    ['THE Shop SHALL answer fast', 'warning req/vague-word requirements.md:19:26'],
    ['THE Shop SHALL be user-friendly', 'warning req/vague-word requirements.md:19:22'],
    ['THE Shop SHALL take cards etc.', 'warning req/open-ended requirements.md:19:30'],
    ['THE Shop SHALL take cards, and so on', 'warning req/open-ended requirements.md:19:31'],
    ['THE Shop SHALL take cards if possible', 'warning req/loophole requirements.md:19:30'],
    ['THE Shop SHALL show the best offer', 'warning req/comparison requirements.md:19:28'],
    ['THE Shop SHALL close properly', 'warning req/untestable requirements.md:19:25'],
    ['WHEN a cart is full, THE Shop SHALL empty it', 'warning req/pronoun requirements.md:19:46'],
  ])('warns of "%s"', (text, finding) => {
    expect(brief(criteria(text))).toEqual([finding])
  })

  it('accepts the older form and words in code', () => {
    expect(criteria('WHEN x THEN the shop SHALL print `fast`')).toEqual([])
  })

  it('points at references to nothing', () => {
    const changed = {
      'tasks.md': tasks.replace('_Requirements: 1.2_', '_Requirements: 1.2, 1.3, all_'),
      'design.md': design.replace('1.1**', '2**'),
    }
    expect(brief(lint(changed))).toEqual([
      'error trace/unknown-reference design.md:17:27',
      'error trace/unknown-reference tasks.md:12:27',
      'error trace/unknown-reference tasks.md:12:32',
    ])
  })

  it('tells requirements that no task carries out from criteria that none names', () => {
    const partly = tasks.replace('_Requirements: 1.2_', '_Requirements: 1.1_')
    expect(brief(lint({ 'tasks.md': partly }))).toEqual([
      'warning trace/uncovered-criterion requirements.md:20:1',
    ])
    const bare = tasks.replaceAll(/ +- _Requirements.*\n/g, '')
    expect(brief(lint({ 'tasks.md': bare }))).toEqual([
      'error trace/uncovered-requirement requirements.md:13:1',
      'error tasks/orphan tasks.md:8:3',
      'error tasks/orphan tasks.md:10:3',
    ])
  })

  it.each([
    ['- [ ] 1.1 Book', '- [] 1.1 Book', 'error tasks/malformed-checkbox tasks.md:8:5'],
    ['- [ ] 1.1 Book', '- [v] 1.1 Book', 'error tasks/malformed-checkbox tasks.md:8:5'],
    ['- [ ] 1.1 Book', '- [ ]1.1 Book', 'error tasks/malformed-checkbox tasks.md:8:5'],
    ['- [ ] 1.1 Book', '- [ ] Book', 'error tasks/malformed-number tasks.md:8:8'],
    ['- [ ] 1.1 Book', '- [ ] 1 Book', 'error tasks/malformed-number tasks.md:8:8'],
    ['1.2 Show', '1.1 Show', 'error tasks/duplicate-number tasks.md:11:3'],
    ['1.1 Book orders', '1.1', 'error tasks/no-title tasks.md:8:3'],
    ['1.2 Show', '7.1 Show', 'warning tasks/misplaced tasks.md:11:3'],
    ['- [ ] 1. Build', '- [x] 1. Build', 'warning tasks/open-subtask tasks.md:8:3'],
    ['# Implementation Plan', 'Plan', 'error tasks/missing-title tasks.md:1:1'],
    ['```\n', '', 'error markdown/open-fence tasks.md:18:1'],
  ])('refuses %j as %j in the tasks', (from, to, finding) => {
    expect(brief(lint({ 'tasks.md': tasks.replace(from, to) }))).toContain(finding)
  })

  it('takes links in brackets for what they are', () => {
    const linked = tasks.replace('_Requirements: 1.1_', '[x](y)\n    - _Requirements: 1.1_')
    expect(lint({ 'tasks.md': linked })).toEqual([])
  })

  it.each([
    ['["1.2"]', '["1.2", "9"]', 'waves/unknown-task'],
    ['["1.2"]', '["1.2", "1.1"]', 'waves/cycle'],
    ['["1.2"]', '["1.2", "1.2"]', 'waves/duplicate-task'],
    ['["1.1"]', '["1.1", "1"]', 'waves/cycle'],
    ['"id": 1', '"id": 0', 'waves/duplicate-id'],
    ['"id": 1', '"id": x', 'waves/invalid'],
  ])('refuses a graph with %s as %s', (from, to, rule) => {
    const findings = brief(lint({ 'tasks.md': tasks.replace(from, to) }))
    expect(findings).toContain(`error ${rule} tasks.md:19:1`)
  })

  it('checks the sections and properties of the design', () => {
    const changed = design
      .replace('## Overview', '## Summary')
      .replace('## Data Models', '## Data')
      .replace('Property 1: Booked', 'Property: Booked')
    expect(brief(lint({ 'design.md': changed }))).toEqual([
      'error design/missing-section design.md:1:1',
      'warning design/usual-section design.md:1:1',
      'error design/malformed-property design.md:13:1',
    ])
  })

  it('checks bugfix, configuration and steering files', () => {
    const findings = lintSpec([
      { path: 'bug/bugfix.md', content: '# Bugfix Requirements Document\n\n## Introduction\n' },
      { path: 'bug/.config.kiro', content: '{}' },
      { path: '.kiro/steering/tech.md', content: '---\ninclusion: never\n---\n' },
    ])
    expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      'steering/invalid .kiro/steering/tech.md',
      'config/invalid bug/.config.kiro',
      ...Array<string>(4).fill('bugfix/missing-section bug/bugfix.md'),
    ])
    expect(hasErrors(findings)).toBe(true)
  })

  it('keeps errors when there are too many findings', () => {
    const many = requirements + '3. THE Shop SHALL be fast\n'.repeat(3_000)
    const findings = lint({ 'requirements.md': many })
    expect(findings).toHaveLength(2_000)
    expect(findings.every(({ severity }) => severity === 'error')).toBe(true)
  })
})
