import { describe, expect, it } from 'vitest'
import { describeEvent } from './describe-event.ts'

describe('an event in words', () => {
  it('tells what a stage met and what comes next', () => {
    const failed = {
      type: 'stage.failed',
      stage: 'plan',
      code: 'busy',
      message: 'Too much to do.',
    } as const
    expect(describeEvent({ ...failed, again: true })).toBe(
      'Stage plan failed: Too much to do. (busy), it is tried again',
    )
    expect(describeEvent({ ...failed, again: false })).toBe(
      'Stage plan failed: Too much to do. (busy)',
    )
  })

  it('tells that a stage waits for a budget', () => {
    const held = { code: 'budget_exceeded', message: 'Raise the budget.', again: false } as const
    expect(describeEvent({ type: 'stage.failed', stage: 'plan', ...held })).toBe(
      'Stage plan paused: Raise the budget. (budget_exceeded)',
    )
  })

  it('counts what is in a brief', () => {
    const counts = { requirements: 9, openQuestions: 1 }
    expect(describeEvent({ type: 'brief.ready', version: 2, counts })).toBe(
      'Brief 2 ready: 9 requirements, 1 open question',
    )
  })

  it('tells what keeps a plan waiting', () => {
    const ready = { type: 'plan.ready', version: 1, hash: 'ab'.repeat(32), counts: {} } as const
    const held = [{ code: 'contradiction', message: 'Nobody has decided (K1).' } as const]
    expect(describeEvent({ ...ready, held })).toContain(
      'It waits for a person: Nobody has decided (K1).',
    )
    expect(describeEvent(ready)).not.toContain('waits')
  })

  it('tells why a task was left open', () => {
    const task = {
      id: '4',
      title: 'Send mail',
      state: 'not_started',
      optional: false,
      reason: 'No account.',
    } as const
    expect(describeEvent({ type: 'build.task', build: 'b', task })).toBe(
      'Task 4 Send mail, not started: No account.',
    )
  })
})
