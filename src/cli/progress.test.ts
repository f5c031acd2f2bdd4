import { describe, expect, it } from 'vitest'
import type { EventBody, ProjectEvent } from '../domain/event.ts'
import { makeOutput, type Streams } from './output.ts'
import { makeProgress } from './progress.ts'

function makeStreams(isTTY: boolean): { streams: Streams; out: string[]; err: string[] } {
  const out: string[] = []
  const err: string[] = []
  const streams = {
    stdout: { write: (text: string) => out.push(text), isTTY },
    stderr: { write: (text: string) => err.push(text), isTTY },
  }
  return { streams, out, err }
}

const hash = 'ab'.repeat(32)
const bodies: readonly EventBody[] = [
  { type: 'conversation.received', source: 'tavus', turns: 36 },
  { type: 'project.status', from: null, to: 'received' },
  { type: 'stage.started', stage: 'analyse', attempt: 1 },
  {
    type: 'brief.ready',
    version: 1,
    counts: { requirements: 19, entities: 1, citations: 46, openQuestions: 0 },
  },
  {
    type: 'plan.ready',
    version: 1,
    hash,
    counts: { requirements: 9, criteria: 31, tasks: 18 },
    held: [{ code: 'contradiction', message: 'Nobody has decided (K1).' }],
  },
  { type: 'plan.approved', hash, by: 'system', how: 'auto' },
  {
    type: 'build.task',
    build: 'b',
    task: { id: '1.1', title: 'Set up', state: 'completed', optional: false },
  },
  {
    type: 'build.task',
    build: 'b',
    task: {
      id: '1.2',
      title: 'Send mail\u001b[31m',
      state: 'not_started',
      optional: false,
      reason: 'No mail server.',
    },
  },
  {
    type: 'build.completed',
    build: 'b',
    done: 1,
    total: 2,
    tests: { passed: 3, failed: 0 },
    commit: 'c',
    folder: '/builds/x',
  },
]

const events: readonly ProjectEvent[] = bodies.map((body, index) => ({
  projectId: 'p',
  seq: index + 1,
  at: new Date(Date.UTC(2026, 0, 1) + index * 250).toISOString(),
  body,
}))

function shown(isTTY: boolean, json = false): { out: string; err: string } {
  const { streams, out, err } = makeStreams(isTTY)
  const progress = makeProgress(makeOutput(streams, json), '')
  for (const event of events) progress.show(event)
  progress.end()
  return { out: out.join(''), err: err.join('') }
}

describe('the progress of a project', () => {
  it('is one plain line a step with its time', () => {
    expect(shown(false).err.split('\n')).toEqual([
      '   0.0 s  ✓ received   36 turns from tavus',
      '   0.8 s  ✓ analysed   19 requirements, 1 entity, 46 citations, 0 open questions',
      '   1.0 s  ✓ planned    9 requirements, 31 criteria, 18 tasks, hash abababababab',
      '   1.0 s  ! held       Nobody has decided (K1).',
      '   1.3 s  ✓ approved   by the standing approval',
      '   1.5 s  ✓ task       1.1 Set up',
      '   1.8 s  ○ task       1.2 Send mail [31m — open: No mail server.',
      '   2.0 s  ✓ build      1 of 2 tasks, 1 left open with a reason; 3 tests passed',
      '   2.0 s  ✓ built in   /builds/x',
      '',
    ])
  })

  it('shows on a terminal what is under way and wipes it before the next line', () => {
    const { err } = shown(true)
    expect(err).toContain('\r\u001b[2K… analyse')
    expect(err.endsWith('\r\u001b[2K')).toBe(true)
  })

  it('lets nothing of a task’s title move the cursor', () => {
    expect(shown(false).err).not.toContain('\u001b')
  })

  it('is one JSON line an event for programs', () => {
    const { out, err } = shown(false, true)
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number })
    expect(lines.map((line) => line.seq)).toEqual(events.map((event) => event.seq))
    expect(err).toBe('')
  })
})
