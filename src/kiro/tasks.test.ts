import { describe, expect, it } from 'vitest'
import { AppError } from '../domain/errors.ts'
import {
  flattenTasks,
  leafTasks,
  parseTasks,
  renderTasks,
  setTaskState,
  tickTask,
} from './tasks.ts'

const text = `# Implementation Plan: csv

## Overview

Do it.

## Tasks

- [ ] 1. Set up
  - [x] 1.1 Make the project
    - Create \`package.json\`
      - with scripts
    - _Requirements: 1.1, 1.2_

  - [-] 1.2 Write the parser
    - _Requirements: 2.1_

  - [ ]* 1.3 Test the parser
    - **Property 1: Round trip**
    - **Validates: Requirements 2.1**

- [ ] 2. Checkpoint - Ensure all tests pass
  - Ask when questions arise.

## Notes

- Tasks marked with \`*\` are optional

## Task Dependency Graph

\`\`\`json
{
  "waves": [
    { "id": 0, "tasks": ["1.1"] },
    { "id": 1, "tasks": ["1.2", "1.3"] }
  ]
}
\`\`\`
`

const numbers = (markdown: string): string[] =>
  flattenTasks(parseTasks(markdown).tasks).map(({ number }) => number)

describe('parseTasks', () => {
  it('reads tasks, references, notes and waves', () => {
    const doc = parseTasks(text)
    expect(doc).toMatchObject({
      title: 'csv',
      overview: 'Do it.',
      notes: ['Tasks marked with `*` are optional'],
      waves: [
        { id: 0, tasks: ['1.1'] },
        { id: 1, tasks: ['1.2', '1.3'] },
      ],
    })
    expect(doc.tasks[0]?.children).toEqual([
      {
        number: '1.1',
        title: 'Make the project',
        state: 'completed',
        optional: false,
        details: ['Create `package.json`\n- with scripts'],
        requirements: ['1.1', '1.2'],
        validates: [],
        children: [],
      },
      expect.objectContaining({ number: '1.2', state: 'in_progress', requirements: ['2.1'] }),
      expect.objectContaining({
        number: '1.3',
        optional: true,
        details: ['**Property 1: Round trip**'],
        validates: ['2.1'],
      }),
    ])
    expect(doc.tasks[1]?.details).toEqual(['Ask when questions arise.'])
    expect(leafTasks(doc.tasks).map(({ number }) => number)).toEqual(['1.1', '1.2', '1.3', '2'])
  })

  it('gives the text back', () => {
    expect(renderTasks(parseTasks(text))).toBe(text)
  })

  it.each([
    ['[ ]', 'not_started', false],
    ['[x]', 'completed', false],
    ['[X]*', 'completed', true],
    ['[-]', 'in_progress', false],
    ['[~]', 'queued', false],
    ['[ ]\\*', 'not_started', true],
  ])('reads the mark %s', (mark, state, optional) => {
    expect(parseTasks(`- ${mark} 1. Task`).tasks).toEqual([
      expect.objectContaining({ number: '1', title: 'Task', state, optional }),
    ])
  })

  it('finds parents by number in a flat list and by indentation otherwise', () => {
    expect(parseTasks('- [ ] 1. a\n- [ ] 1.1 b\n- [ ] 1.1.1 c\n- [ ] 2. d').tasks).toMatchObject([
      { number: '1', children: [{ number: '1.1', children: [{ number: '1.1.1' }] }] },
      { number: '2', children: [] },
    ])
    expect(parseTasks('- [ ] 1. a\n\t- [ ] 7. b').tasks).toMatchObject([
      { number: '1', children: [{ number: '7' }] },
    ])
  })

  it('gives no waves for a graph that is not the expected JSON', () => {
    for (const graph of ['{"waves": [', '{"waves": [{"id": "a", "tasks": 1}]}', '[]']) {
      const waves = `## Task Dependency Graph\n\n\`\`\`json\n${graph}\n\`\`\`\n`
      expect(parseTasks(`- [ ] 1. a\n\n${waves}`).waves).toEqual([])
    }
  })

  it('takes no task from a code block', () => {
    expect(numbers('- [ ] 1. a\n  - ```\n    - [ ] 2. b\n    ```\n- [ ] 3. c')).toEqual(['1', '3'])
  })
})

describe('setTaskState', () => {
  it('changes one character and leaves line breaks and marks as they are', () => {
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`
    expect(setTaskState(windows, '1.3', 'queued')).toBe(windows.replace('- [ ]* 1.3', '- [~]* 1.3'))
    expect(setTaskState(text, '1', 'in_progress')).toBe(text.replace('[ ] 1.', '[-] 1.'))
  })

  it('refuses a task that is not there', () => {
    expect(() => setTaskState(text, '9', 'queued')).toThrow(AppError)
    expect(() => setTaskState(text, '1.', 'queued')).toThrow('no task')
  })
})

describe('tickTask', () => {
  it('completes the parent with its last sub-task, without waiting for optional ones', () => {
    const ticked = tickTask(text, '1.2')
    expect(ticked).toBe(text.replace('[-] 1.2', '[x] 1.2').replace('[ ] 1. Set', '[x] 1. Set'))
  })

  it('leaves the parent open while a sub-task is', () => {
    expect(tickTask(text, '1.3')).toBe(text.replace('[ ]* 1.3', '[x]* 1.3'))
  })

  it('completes parents on every level', () => {
    const deep = '- [ ] 1. a\n- [ ] 1.1 b\n- [ ] 1.1.1 c\n'
    expect(tickTask(deep, '1.1.1')).toBe(deep.replaceAll('[ ]', '[x]'))
  })

  it('refuses a parent with an open sub-task', () => {
    expect(() => tickTask(text, '1')).toThrow('open sub-tasks')
  })
})
