import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventBody } from '../../../src/domain/event.ts'
import { affectedViews } from './affected-views.ts'
import { applyEvents, emptyProject } from './live-project.ts'
import type { LiveEvent } from './read-event.ts'

const at = '2026-05-01T10:00:00.000Z'
const rows = (...bodies: EventBody[]): LiveEvent[] =>
  bodies.map((body, index) => ({ seq: index + 1, at, body }))

const task = { id: '1', title: 'Begin', state: 'in_progress', optional: false } as const
const story = rows(
  { type: 'build.queued', build: 'b', hash: 'h' },
  { type: 'build.started', build: 'b', agent: 'Scaffolder' },
  { type: 'build.task', build: 'b', task },
  { type: 'build.log', build: 'b', kind: 'agent', text: 'one' },
  {
    type: 'build.needs_input',
    build: 'b',
    input_id: 'i1',
    question: 'Which?',
    options: [],
    accepts_text: true,
  },
  { type: 'build.progress', build: 'b', done: 1, total: 2 },
  { type: 'build.input_closed', build: 'b', input_id: 'i1', end: 'answered' },
  { type: 'build.log', build: 'b', kind: 'test', text: 'two' },
  { type: 'build.task', build: 'b', task: { ...task, state: 'completed' } },
  { type: 'build.failed', build: 'b', code: 'c', message: 'm' },
)

describe('a project from its events', () => {
  it('knows how the build stands', () => {
    const build = applyEvents(emptyProject, story).builds.get('b')
    expect(build?.agent).toBe('Scaffolder')
    expect(build?.tasks.get('1')?.state).toBe('completed')
    expect(build?.log.map((line) => line.text)).toEqual(['one', 'two'])
    expect(build?.progress).toEqual({ done: 1, total: 2 })
    expect(build?.end).toMatchObject({ type: 'build.failed', code: 'c' })
  })

  it('keeps a question until it is closed, whatever happens meanwhile', () => {
    const openAfter = (count: number) =>
      applyEvents(emptyProject, story.slice(0, count)).builds.get('b')?.questions
    expect(openAfter(5)).toMatchObject([{ input_id: 'i1', question: 'Which?' }])
    expect(openAfter(6)).toHaveLength(1)
    expect(openAfter(7)).toEqual([])
  })

  it('keeps the builds of a project apart', () => {
    const [first, second] = ['b1', 'b2']
    const project = applyEvents(
      emptyProject,
      rows(
        { type: 'build.log', build: first, kind: 'agent', text: 'one' },
        { type: 'build.log', build: second, kind: 'agent', text: 'two' },
      ),
    )
    expect(project.builds.get(second)?.log).toHaveLength(1)
  })

  it('comes out the same however the events are cut into batches and repeated', () => {
    const whole = applyEvents(emptyProject, story)
    fc.assert(
      fc.property(fc.array(fc.nat(story.length)), (cuts) => {
        let project = emptyProject
        for (const cut of [...cuts.sort((a, b) => a - b), story.length]) {
          // A connection that was lost sends again what came before.
          project = applyEvents(project, story.slice(0, cut))
        }
        expect(project).toEqual(whole)
      }),
    )
  })

  it('leaves what it was made from as it was', () => {
    const before = applyEvents(emptyProject, story.slice(0, 4))
    const log = before.builds.get('b')?.log
    applyEvents(before, story)
    expect(log).toHaveLength(1)
    expect(emptyProject.builds.size).toBe(0)
  })

  it('stays the same object when nothing is new', () => {
    const project = applyEvents(emptyProject, story)
    expect(applyEvents(project, story)).toBe(project)
  })
})

describe('views that events make old', () => {
  it('asks for nothing again when the events carry all that they change', () => {
    expect(affectedViews(story.slice(2, 4), 0)).toEqual(new Set())
  })

  it('asks for each view once', () => {
    expect(affectedViews(story, 0)).toEqual(new Set(['project', 'builds']))
  })

  it('asks for nothing that the views have seen already', () => {
    expect(affectedViews(story, story.length)).toEqual(new Set())
  })
})
