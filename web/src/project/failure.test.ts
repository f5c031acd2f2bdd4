import { expect, it } from 'vitest'
import type { ProjectView } from '../../../src/http/views.ts'
import { failureOf } from './failure.ts'

const project = (
  status: ProjectView['status'],
  statusReason: string | null,
  failure?: ProjectView['stages'][number]['failure'],
): ProjectView => ({
  id: 'p',
  title: 'P',
  status,
  statusSince: '2026-05-01T10:00:00.000Z',
  statusReason,
  source: 'upload',
  createdAt: '2026-05-01T10:00:00.000Z',
  updatedAt: '2026-05-01T10:00:00.000Z',
  seq: 4,
  conversationId: 'c',
  approval: 'manual',
  stages: [
    { stage: 'analyse', state: 'done' },
    { stage: 'plan', state: 'failed', ...(failure && { failure }) },
    { stage: 'build', state: 'waiting' },
  ],
  planHash: null,
  approvalRefused: null,
  workspace: { id: 'w1', name: 'Workspace' },
  role: 'owner',
  queue: null,
})

it('tells what happened, the code and what to do', () => {
  const failure = { code: 'model_refused', message: 'The model refused.', again: false }
  expect(failureOf(project('failed', 'The model refused.', failure))).toEqual({
    message: 'The model refused.',
    code: 'model_refused',
    stage: 'plan',
    next: 'Mend what it names, then press “Run again” from the plan on.',
  })
  const budget = { ...failure, code: 'budget_exceeded' }
  expect(failureOf(project('paused', 'The budget is spent.', budget))?.next).toMatch(/^Change/)
})

it('tells of a stage that is tried again by itself', () => {
  const failure = { code: 'model_overloaded', message: 'Busy.', again: true }
  expect(failureOf(project('planning', null, failure))).toMatchObject({
    message: 'Busy.',
    next: 'It is tried again by itself.',
  })
})

it('tells why a project was cancelled, and nothing where nothing is wrong', () => {
  expect(failureOf(project('cancelled', 'Rejected: no.'))).toEqual({ message: 'Rejected: no.' })
  const old = { code: 'x', message: 'Long ago.', again: false }
  expect(failureOf(project('planning', null, old))).toBeUndefined()
})
