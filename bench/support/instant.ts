import type { Analyst } from '../../src/analysis/analyst.ts'
import type { Brief } from '../../src/domain/brief.ts'
import type { PlanDraft } from '../../src/domain/plan.ts'
import type { Planner } from '../../src/planning/planner.ts'
import { firstAnswer } from './talks.ts'

/** The same small brief for every talk of support/talks.ts; its quote stands in turn t2. */
export const instantBrief: Brief = {
  title: 'Bike Workshop',
  feature: 'bike-workshop',
  summary: 'A workshop keeps bikes and their owners.',
  language: { code: 'en', supported: true },
  items: [
    {
      id: 'R1',
      kind: 'requirement',
      statement: 'The system keeps each bike and its owner.',
      priority: { level: 'must', reason: 'said' },
      citations: [{ turn: 't2', quote: firstAnswer }],
      clause: { verb: 'keep', object: 'bike', negated: false },
    },
  ],
  entities: [],
  openQuestions: [],
  contradictions: [],
  ledger: [{ turn: 't2', outcome: 'used', items: ['R1'] }],
  coverage: 1,
  faithfulness: 1,
  dropped: [],
  madeBy: { kind: 'model', name: 'instant' },
}

const requirements = `# Requirements Document

## Introduction

A workshop keeps bikes and their owners.

## Glossary

- **System**: The software of the workshop.

## Requirements

### Requirement 1: Keep bikes

**User Story:** As a mechanic, I want to keep each bike, so that nothing is lost.

#### Acceptance Criteria

1. WHEN a mechanic adds a bike, THE System SHALL keep the bike and its owner.
`

const design = `# Design Document

## Overview

One table of bikes behind one page.

## Architecture

A server renders the page and keeps the table.

## Components and Interfaces

One route for each action.

## Data Models

A bike has an owner.

## Error Handling

What is wrong is said beside the field.

## Testing Strategy

Each criterion has a test.
`

const tasks = `# Implementation Plan

- [ ] 1. Keep bikes and their owners
  - Write the table, the page and the test.
  - _Requirements: 1.1_
`

const folder = '.kiro/specs/bike-workshop'

/** The same small plan, without an error by Kiro's grammar. */
export const instantPlan: PlanDraft = {
  title: 'Bike Workshop',
  feature: 'bike-workshop',
  files: [
    { path: `${folder}/requirements.md`, content: requirements },
    { path: `${folder}/design.md`, content: design },
    { path: `${folder}/tasks.md`, content: tasks },
    {
      path: `${folder}/.config.kiro`,
      content: JSON.stringify({
        specId: '00000000-0000-4000-8000-000000000000',
        workflowType: 'requirements-first',
        specType: 'feature',
      }),
    },
  ],
  stack: [],
  phases: [{ name: 'All', tasks: ['1'] }],
  estimate: { low: 4, high: 8, assumptions: [] },
  trace: [
    {
      ref: '1.1',
      items: ['R1'],
      citations: [{ turn: 't2', quote: firstAnswer }],
      tasks: ['1'],
    },
  ],
  leftOut: [],
  madeBy: { kind: 'model', name: 'instant' },
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    })
  })
}

/** An analyst that answers at once, or after as long as a model might take. */
export function instantAnalyst(ms: number): Analyst {
  return {
    name: 'instant',
    analyse: async (_talk, signal) => {
      if (ms > 0) await wait(ms, signal)
      return instantBrief
    },
  }
}

export const instantPlanner: Planner = { name: 'instant', plan: async () => instantPlan }
