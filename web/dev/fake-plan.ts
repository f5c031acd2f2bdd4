import type { BuildTask } from '../../src/domain/build.ts'
import type { PlanDraft } from '../../src/domain/plan.ts'
import type { PlanView } from '../../src/http/views.ts'
import { design, requirements, steering } from './fake-spec.ts'
import { brief } from './fake-talk.ts'

/** A plan for the made-up talk. */

const taskRows: readonly (readonly [string, string, boolean?])[] = [
  ['1', 'Set up the project'],
  ['1.1', 'Create the package and the test command'],
  ['1.2', 'Add the store with atomic writes'],
  ['2', 'Book classes'],
  ['2.1', 'Add classes with title, coach, start time and places'],
  ['2.2', 'Book a place and join the waiting list'],
  ['2.3', 'Cancel until six hours before the start'],
  ['2.4', 'Write property tests for the waiting list', true],
  ['3', 'Attendance'],
  ['3.1', 'List and mark participants'],
  ['3.2', 'Export a month as a file'],
  ['4', 'Remind members by email on the evening before'],
]

export const tasks: readonly BuildTask[] = taskRows.map(([id, title, optional = false]) => ({
  id,
  title,
  state: 'not_started',
  optional,
}))

const taskLines = tasks.map(({ id, title, optional }) => {
  const indent = id.includes('.') ? '  ' : ''
  const number = id.includes('.') ? id : `${id}.`
  const details = id.includes('.')
    ? `\n    - Keep it small and test it\n    - _Requirements: ${id}_`
    : ''
  return `${indent}- [ ]${optional ? '*' : ''} ${number} ${title}${details}`
})

const tasksFile = `# Implementation Plan: Studio class booking

## Overview

Each task ends with its tests passing.

## Tasks

${taskLines.join('\n\n')}

## Notes

- Tasks marked with \`*\` are optional

## Task Dependency Graph

\`\`\`json
{
  "waves": [
    { "id": 0, "tasks": ["1.1"] },
    { "id": 1, "tasks": ["1.2", "2.1"] },
    { "id": 2, "tasks": ["2.2", "2.3", "2.4", "3.1"] },
    { "id": 3, "tasks": ["3.2", "4"] }
  ]
}
\`\`\`
`

const folder = '.kiro/specs/studio-class-booking'

const draft: PlanDraft = {
  title: brief.title,
  feature: brief.feature,
  files: [
    { path: `${folder}/requirements.md`, content: requirements },
    { path: `${folder}/design.md`, content: design },
    { path: `${folder}/tasks.md`, content: tasksFile },
    {
      path: `${folder}/.config.kiro`,
      content:
        '{\n  "specId": "1f0e",\n  "workflowType": "requirements-first",\n  "specType": "feature"\n}\n',
    },
    { path: '.kiro/steering/product.md', content: steering },
    { path: '.kiro/steering/tech.md', content: steering.replace('# Product', '# Technology') },
  ],
  stack: [
    {
      part: 'Runtime',
      choice: 'Node.js 24',
      reason: 'Nothing was asked for; it runs everywhere.',
      basis: 'default',
    },
    {
      part: 'Client',
      choice: 'Web page for phones',
      reason: 'Members book from their phone.',
      basis: 'asked_for',
    },
    {
      part: 'Storage',
      choice: 'JSON files, written atomically',
      reason: 'No data may be lost; four hundred members fit easily.',
      basis: 'constraint',
    },
  ],
  phases: [{ name: 'First version', tasks: ['1', '2', '3'] }],
  estimate: {
    low: 24,
    high: 46,
    assumptions: ['One language, English', 'Mail is sent through an account that the studio has'],
  },
  trace: [
    {
      ref: '1',
      items: ['R1', 'R2'],
      citations: [{ turn: 't4', quote: 'Members must be able to book a class from their phone' }],
      tasks: ['2'],
    },
    {
      ref: '1.1',
      items: ['R1'],
      citations: [{ turn: 't4', quote: 'Members must be able to book a class from their phone' }],
      tasks: ['2.1', '2.2'],
    },
    {
      ref: '1.2',
      items: ['R2'],
      citations: [{ turn: 't4', quote: 'when a class is full they should go on a waiting list' }],
      tasks: ['2.2', '2.4'],
    },
    {
      ref: '1.3',
      items: ['R9'],
      citations: [],
      inferred: 'A booking belongs to a member, so that the system has to know who books.',
      tasks: ['1.2'],
    },
    {
      ref: '1.4',
      items: ['R2'],
      citations: [{ turn: 't4', quote: 'move up automatically when somebody cancels' }],
      tasks: ['2.2'],
    },
    {
      ref: '2',
      items: ['R3'],
      citations: [{ turn: 't6', quote: 'Until six hours before the class starts' }],
      tasks: ['2.3'],
    },
    {
      ref: '2.1',
      items: ['R3'],
      citations: [{ turn: 't6', quote: 'Until six hours before the class starts' }],
      tasks: ['2.3'],
    },
    {
      ref: '2.2',
      items: ['R3'],
      citations: [],
      inferred: 'Somebody who is refused should learn why.',
      tasks: ['2.3'],
    },
    {
      ref: '3',
      items: ['R4', 'R5'],
      citations: [{ turn: 't8', quote: 'mark who was there' }],
      tasks: ['3'],
    },
    {
      ref: '3.1',
      items: ['R4'],
      citations: [{ turn: 't8', quote: 'see who is coming to their class' }],
      tasks: ['3.1'],
    },
    {
      ref: '3.2',
      items: ['R5'],
      citations: [{ turn: 't8', quote: 'mark who was there' }],
      tasks: ['3.1'],
    },
    {
      ref: '3.3',
      items: ['R8'],
      citations: [
        { turn: 't22', quote: 'every month I need a list of who came how often, as a file' },
      ],
      tasks: ['3.2'],
    },
  ],
  leftOut: [{ item: 'X1 Payments', reason: 'Taken back: they stay at the desk for now.' }],
  madeBy: { kind: 'offline', name: 'rules' },
}

export const planHash = '9c2d41f0a7be35d8e6104b7f92ac53e1d08c67fb214a9e5370db81c64fa2e739'

export const planView: PlanView = {
  version: 1,
  hash: planHash,
  briefVersion: 1,
  editedBy: null,
  approved: null,
  lint: [
    {
      rule: 'req/vague-word',
      severity: 'warning',
      file: `${folder}/requirements.md`,
      line: 20,
      column: 4,
      message: '“easily” says nothing that a test could check.',
    },
    {
      rule: 'tasks/no-reference',
      severity: 'warning',
      file: `${folder}/tasks.md`,
      line: 31,
      column: 1,
      message: 'Task 4 names no requirement.',
    },
  ],
  plan: draft,
}
