import { fileURLToPath } from 'node:url'
import type { CreateBuild } from '../../domain/build.ts'
import { planHash } from '../../domain/plan.ts'
import { startRig, type Rig } from './rig.ts'

const program = fileURLToPath(new URL('./task-agent.ts', import.meta.url))

/** A rig whose agent is handed one task at a time, and does as the script says. */
export function startTaskRig(script: Record<string, string[]>, memory = ''): Promise<Rig> {
  const args = [program, JSON.stringify(script), memory]
  const mode = 'tasks' as const
  const agent = {
    name: 'task-agent',
    command: process.execPath,
    args,
    env: { AGENT_API_KEY: 's3cret-value' },
    mode,
  }
  return startRig({ script: '', config: { agent } })
}

const requirements = `# Requirements Document

## Introduction

Books.

## Glossary

- **Library**: The software

## Requirements

### Requirement 1: Keep books

**User Story:** As a librarian, I want to keep books.

#### Acceptance Criteria

1. THE Library SHALL keep the title of each book
2. WHEN a book is added, THE Library SHALL show the book

### Requirement 2: Lend books

**User Story:** As a member, I want to borrow a book.

#### Acceptance Criteria

1. WHEN a member borrows a book, THE Library SHALL note the member
`

const tasks = `# Implementation Plan: Demo

## Tasks

- [ ] 1. Books
  - [ ] 1.1 Keep books
    - Use a file
    - _Requirements: 1.1_
  - [ ] 1.2 Show books
    - _Requirements: 1.2_
- [ ] 2. Lend books
  - _Requirements: 2.1_
- [ ] 3. Checkpoint - Ensure all tests pass
`

/** An order whose plan states criteria: 1.1, 1.2 and 2.1, each carried out by one task. */
export async function orderWithCriteria(): Promise<Pick<CreateBuild, 'files' | 'plan_hash'>> {
  const files = [
    { path: '.kiro/specs/demo/requirements.md', content: requirements },
    { path: '.kiro/specs/demo/design.md', content: '# Design Document: Demo\n' },
    { path: '.kiro/specs/demo/tasks.md', content: tasks },
  ]
  return { files, plan_hash: await planHash(files) }
}
