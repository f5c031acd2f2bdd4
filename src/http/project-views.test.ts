import { expect, it } from 'vitest'
import type { EventBody, ProjectEvent } from '../domain/event.ts'
import { stageViews } from './project-views.ts'

function log(...bodies: readonly EventBody[]): ProjectEvent[] {
  return bodies.map((body, index) => ({
    projectId: 'p',
    seq: index + 1,
    at: `2026-01-01T00:00:0${index}.000Z`,
    body,
  }))
}

const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`

it('measures a stage over all its attempts', () => {
  const views = stageViews(
    log(
      { type: 'stage.started', stage: 'analyse', attempt: 1 },
      { type: 'stage.failed', stage: 'analyse', code: 'busy', message: 'Busy.', again: true },
      { type: 'stage.started', stage: 'analyse', attempt: 2 },
      { type: 'stage.finished', stage: 'analyse', ms: 1 },
    ),
  )
  expect(views).toEqual([
    { stage: 'analyse', state: 'done', startedAt: at(0), finishedAt: at(3) },
    { stage: 'plan', state: 'waiting' },
    { stage: 'build', state: 'waiting' },
  ])
})

it('takes a build for done when the build itself has ended, not when it was handed over', () => {
  const started: readonly EventBody[] = [
    { type: 'stage.started', stage: 'build', attempt: 1 },
    { type: 'stage.finished', stage: 'build', ms: 1 },
  ]
  expect(stageViews(log(...started))[2]).toMatchObject({ state: 'running' })
  const failed = { type: 'build.failed', build: 'b', code: 'x', message: 'y' } as const
  expect(stageViews(log(...started, failed))[2]).toEqual({
    stage: 'build',
    state: 'failed',
    startedAt: at(0),
    finishedAt: at(2),
    failure: { code: 'x', message: 'y', again: false },
  })
})

it('tells why a stage failed until it is tried again', () => {
  const events: readonly EventBody[] = [
    { type: 'stage.started', stage: 'plan', attempt: 1 },
    { type: 'stage.failed', stage: 'plan', code: 'busy', message: 'Busy.', again: true },
  ]
  expect(stageViews(log(...events))[1]).toMatchObject({
    state: 'running',
    failure: { code: 'busy', message: 'Busy.', again: true },
  })
  const again = { type: 'stage.started', stage: 'plan', attempt: 2 } as const
  expect(stageViews(log(...events, again))[1]).not.toHaveProperty('failure')
})
