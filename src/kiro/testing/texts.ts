import * as fc from 'fast-check'

/** A line or two of the grammar, well-formed or not, or anything else. */
export const piece = fc.oneof(
  fc.constantFrom(
    '# Implementation Plan: x',
    '# Requirements Document',
    '# Design Document',
    '# other',
  ),
  fc.constantFrom(
    '## Introduction',
    '## Glossary',
    '## Requirements',
    '## Overview',
    '## Tasks',
    '## Notes',
  ),
  fc.constantFrom(
    '## Task Dependency Graph',
    '## Correctness Properties',
    '## Error Handling',
    '## Bug Analysis',
  ),
  fc.constantFrom(
    '### Requirement 1: One',
    '### Requirement 2',
    '### Property 1: One',
    '### Phase 1',
    '#### Acceptance Criteria',
  ),
  fc.constantFrom(
    '### Current Behavior (Defect)',
    '### Expected Behavior',
    '1.1 WHEN a THEN the system breaks',
  ),
  fc.constantFrom(
    '**User Story:** As a user, I want x, so that y.',
    '- **Term**: text',
    '- **Term:** text',
  ),
  fc.constantFrom(
    '1. WHEN a, THE B SHALL c.',
    '2. THE B SHALL d',
    '3) IF a THEN the system SHALL b',
    '   and more',
  ),
  fc.constantFrom(
    '- [ ] 1. Task',
    '- [x] 1.1 Task',
    '  - [-]* 1.2 Task',
    '- [~]\\* 2. Task',
    '    - [X] 1.1.1 Task',
    '* [ ] 3.1. x',
  ),
  fc.constantFrom(
    '- [ ] no number',
    '- [] 1. x',
    '  [ ] 1. x',
    '-',
    '- - [ ] 1. x',
    '- ---',
    '---',
    '-\n      - x',
  ),
  fc.constantFrom(
    '    - detail',
    '  - detail',
    '\t- detail',
    '      deeper',
    '    ## deep',
    '  ### shallow',
  ),
  fc.constantFrom(
    '  - _Requirements: 1.1, 1.2-1.4_',
    '_Requirements: x',
    '**Validates: Requirements 1.1**',
    '- **Validates:** 2',
  ),
  fc.constantFrom(
    '```',
    '```json',
    '{"waves": [{"id": 0, "tasks": ["1.1"]}]}',
    '~~~',
    '- ```ts',
    '    ```',
    '````',
  ),
  fc.constantFrom('---\ninclusion: auto', 'fileMatchPattern: ["a", b]', 'name: x'),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const indent = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.constantFrom(' ', '  ', '    ', '\t', '      ', '> ', '- '),
)

/** Texts made of such pieces in any order. */
export const markdown = fc
  .array(fc.tuple(indent, piece, fc.constantFrom('\n', '\n\n', '\r\n', '\r')), {
    maxLength: 40,
    size: 'max',
  })
  .map((parts) => parts.flat().join(''))
