import type { RuleId } from '../lint/rules.ts'

/** Two sound specs, out of which one change each makes an example of every rule. */
export const soundFiles: Readonly<Record<string, string>> = {
  'specs/shop/requirements.md': `# Requirements Document

## Introduction

A shop.

## Glossary

- **Shop**: The shop
- **Order**: What a customer wants

## Requirements

### Requirement 1: Buy

**User Story:** As a customer, I want to buy, so that I own things.

#### Acceptance Criteria

1. WHEN a customer pays, THE Shop SHALL book the order
2. IF the card is refused, THEN THE Shop SHALL show the reason

### Requirement 3: Greet

**User Story:** As a customer, I want a greeting.

#### Acceptance Criteria

1. THE Shop SHALL show a greeting on its first page

## Retired Requirements

- **2**: Deliver
- **2.1**: THE Shop SHALL deliver orders
`,
  'specs/shop/design.md': `# Design Document: shop

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
`,
  'specs/shop/tasks.md': `# Implementation Plan: shop

## Overview

## Tasks

- [ ] 1. Build
  - [ ] 1.1 Book orders
    - _Requirements: 1.1_

  - [ ] 1.2 Show reasons
    - _Requirements: 1.2_

  - [ ]* 1.3 Greet
    - _Requirements: 3.1_

- [ ] 2. Remove what was built for requirement 2
  - _Requirements: 2, 2.1_

- [ ] 3. Checkpoint - Ensure all tests pass

## Task Dependency Graph

\`\`\`json
{
  "waves": [
    { "id": 0, "tasks": ["1.1"] },
    { "id": 1, "tasks": ["1.2", "1.3"] }
  ]
}
\`\`\`
`,
  'specs/shop/.config.kiro':
    '{"specId":"0a0a0a0a-0000-4000-8000-000000000001","workflowType":"requirements-first","specType":"feature"}\n',
  'specs/totals/bugfix.md': `# Bugfix Requirements Document

## Introduction

Totals are wrong.

## Bug Analysis

### Current Behavior (Defect)

1.1 WHEN an order holds two lines THEN the system shows the price of one

### Expected Behavior (Correct)

2.1 WHEN an order holds two lines THEN the system SHALL show the price of both

### Unchanged Behavior (Regression Prevention)

3.1 WHEN an order holds one line THEN the system SHALL CONTINUE TO show its price
`,
  'steering/tech.md': '---\ninclusion: always\n---\n\nNode.js.\n',
}

export interface LintExample {
  file: string
  /** Stands in the sound file. */
  good: string
  /** What the rule finds when it stands there instead. */
  bad: string
  /** The criterion that nobody asked for, where the rule is about such. */
  inferred?: string
  /** Everything from there to the end of the file goes. */
  all?: boolean
}

const req = (good: string, bad: string): LintExample => ({
  file: 'specs/shop/requirements.md',
  good,
  bad,
})
const design = (good: string, bad: string): LintExample => ({
  file: 'specs/shop/design.md',
  good,
  bad,
})
const tasks = (good: string, bad: string): LintExample => ({
  file: 'specs/shop/tasks.md',
  good,
  bad,
})
const bugfix = (good: string, bad: string): LintExample => ({
  file: 'specs/totals/bugfix.md',
  good,
  bad,
})

const pay = '1. WHEN a customer pays, THE Shop SHALL book the order'
const greeting = '1. THE Shop SHALL show a greeting on its first page'
const wave = '{ "id": 1, "tasks": ["1.2", "1.3"] }'

export const lintExamples: Readonly<Record<RuleId, LintExample>> = {
  'req/missing-title': req('# Requirements Document\n', ''),
  'req/unusual-title': req('# Requirements Document', '# What we want'),
  'req/missing-section': req('## Introduction\n', ''),
  'req/missing-glossary': req('## Glossary', '## Words'),
  'req/duplicate-term': req('- **Order**: What a customer wants', '- **Shop**: A web shop'),
  'req/no-requirements': { ...req('### Requirement 1: Buy', '### Buying'), all: true },
  'req/malformed-heading': req('### Requirement 1: Buy', '## Requirement 1: Buy'),
  'req/duplicate-number': req('### Requirement 3: Greet', '### Requirement 1: Greet'),
  'req/number-order': req('### Requirement 3: Greet', '### Requirement 7: Greet'),
  'req/number-reused': req('### Requirement 3: Greet', '### Requirement 2: Greet'),
  'req/no-title': req('### Requirement 1: Buy', '### Requirement 1'),
  'req/no-user-story': req(
    '**User Story:** As a customer, I want to buy, so that I own things.',
    'Customers buy.',
  ),
  'req/no-criteria': req(
    '#### Acceptance Criteria\n\n1. THE Shop SHALL show a greeting on its first page',
    'A greeting is shown.',
  ),
  'req/duplicate-criterion': req(
    '2. IF the card is refused, THEN THE Shop SHALL show the reason',
    '1. IF the card is refused, THEN THE Shop SHALL show the reason',
  ),
  'req/empty-criterion': req(pay, '1. '),
  'req/not-ears': req(pay, '1. The order is booked when a customer pays'),
  'req/undefined-system': req(pay, '1. WHEN a customer pays, THE Till SHALL book the order'),
  'req/compound': req(
    pay,
    '1. WHEN a customer pays, THE Shop SHALL book the order and THE Shop SHALL print a receipt',
  ),
  'req/untestable': req(pay, '1. WHEN a customer pays, THE Shop SHALL support the order'),
  'req/vague-word': req(pay, '1. WHEN a customer pays, THE Shop SHALL book the order quickly'),
  'req/comparison': req(pay, '1. WHEN a customer pays, THE Shop SHALL show the best offer'),
  'req/loophole': req(pay, '1. WHEN a customer pays, THE Shop SHALL book the order if possible'),
  'req/open-ended': req(pay, '1. THE Shop SHALL take cards, cash, etc.'),
  'req/pronoun': req(pay, '1. WHEN an order is paid, THE Shop SHALL book it'),
  'bugfix/missing-title': bugfix('# Bugfix Requirements Document\n', ''),
  'bugfix/unusual-title': bugfix('# Bugfix Requirements Document', '# Wrong totals'),
  'bugfix/missing-section': bugfix('## Bug Analysis\n', ''),
  'bugfix/no-statement': bugfix(
    '3.1 WHEN an order holds one line THEN the system SHALL CONTINUE TO show its price',
    'The rest stays.',
  ),
  'bugfix/duplicate-number': bugfix(
    '2.1 WHEN an order holds two lines THEN the system SHALL show the price of both',
    '1.1 WHEN an order holds two lines THEN the system SHALL show the price of both',
  ),
  'design/missing-title': design('# Design Document: shop\n', ''),
  'design/unusual-title': design('# Design Document: shop', '# How the shop works'),
  'design/missing-section': design('## Overview', '## Summary'),
  'design/usual-section': design('## Data Models', '## Tables'),
  'design/malformed-property': design('### Property 1: Booked once', '### Property: Booked once'),
  'design/duplicate-property': design(
    '**Validates: Requirements 1.1**',
    '**Validates: Requirements 1.1**\n\n### Property 1: Booked at all\n\n*For any* payment, THE Shop SHALL book it.\n\n**Validates: Requirements 1.1**',
  ),
  'design/property-not-universal': design(
    '*For any* payment, THE Shop SHALL book one order.',
    'Orders are booked once.',
  ),
  'design/property-without-reference': design('**Validates: Requirements 1.1**', 'See 1.1.'),
  'tasks/missing-title': tasks('# Implementation Plan: shop\n', ''),
  'tasks/unusual-title': tasks('# Implementation Plan: shop', '# To do'),
  'tasks/usual-section': tasks('## Overview', '## Preface'),
  'tasks/no-tasks': { ...tasks('- [ ] 1. Build', '* Build'), all: true },
  'tasks/malformed-checkbox': tasks('- [ ] 1.1 Book orders', '- [] 1.1 Book orders'),
  'tasks/malformed-number': tasks('- [ ] 1.1 Book orders', '- [ ] Book orders'),
  'tasks/duplicate-number': tasks('- [ ] 1.2 Show reasons', '- [ ] 1.1 Show reasons'),
  'tasks/no-title': tasks('- [ ] 1.1 Book orders', '- [ ] 1.1'),
  'tasks/orphan': tasks(
    '- [ ] 1.2 Show reasons\n    - _Requirements: 1.2_',
    '- [ ] 1.2 Show reasons\n    - As the client said',
  ),
  'tasks/misplaced': tasks('- [ ] 1.2 Show reasons', '- [ ] 7.2 Show reasons'),
  'tasks/open-subtask': tasks('- [ ] 1. Build', '- [x] 1. Build'),
  'waves/invalid': tasks('"waves": [', '"order": ['),
  'waves/duplicate-id': tasks(wave, '{ "id": 0, "tasks": ["1.2", "1.3"] }'),
  'waves/unknown-task': tasks(wave, '{ "id": 1, "tasks": ["1.2", "1.9"] }'),
  'waves/duplicate-task': tasks(wave, '{ "id": 1, "tasks": ["1.2", "1.2"] }'),
  'waves/cycle': tasks(wave, '{ "id": 1, "tasks": ["1.2", "1.1"] }'),
  'trace/unknown-reference': tasks('_Requirements: 1.2_', '_Requirements: 1.2, 1.9_'),
  'trace/retired-reference': tasks('_Requirements: 1.2_', '_Requirements: 1.2, 2.1_'),
  'trace/uncovered-requirement': tasks('_Requirements: 3.1_', '_Requirements: 1.2_'),
  'trace/uncovered-criterion': tasks('_Requirements: 1.2_', '_Requirements: 1.1_'),
  'scope/inferred': {
    ...req(greeting, greeting),
    inferred: '3.1',
  },
  'scope/inferred-required': { ...tasks('- [ ]* 1.3 Greet', '- [ ] 1.3 Greet'), inferred: '3.1' },
  'markdown/open-fence': tasks('}\n```\n', '}\n'),
  'config/invalid': {
    file: 'specs/shop/.config.kiro',
    good: '"workflowType":"requirements-first"',
    bad: '"workflowType":"whatever"',
  },
  'steering/invalid': {
    file: 'steering/tech.md',
    good: 'inclusion: always',
    bad: 'inclusion: sometimes',
  },
}
