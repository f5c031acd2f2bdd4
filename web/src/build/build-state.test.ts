import { describe, expect, it } from 'vitest'
import { tasks } from '../../dev/fake-plan.ts'
import { FakeProject } from '../../dev/fake-project.ts'
import { completeBuild, logLines } from '../../dev/fake-build.ts'
import { applyEvents, emptyProject } from '../live/live-project.ts'
import { readEvent } from '../live/read-event.ts'
import { buildNow } from './build-state.ts'

function built() {
  const project = new FakeProject('p', 'P', 0)
  project.plan()
  const build = project.startBuild('b')
  const atStart = structuredClone(build)
  logLines(project, build, 5)
  completeBuild(project, build)
  const events = project.events.flatMap((event) => readEvent(JSON.stringify(event)) ?? [])
  const told = applyEvents(emptyProject, events).builds.get('b')
  return { atStart, build, events, told }
}

describe('a build as it stands', () => {
  it('is ahead of the API where the events are', () => {
    const { atStart, told } = built()
    const now = buildNow(atStart, told, true)
    expect(now.state).toBe('completed')
    expect(now.completed?.tests).toEqual({ passed: 31, failed: 0 })
    expect(now.folder).toBe('/srv/talkwright/data/builds/studio-class-booking')
    expect(now.tasks.map((task) => task.id)).toEqual(tasks.map((task) => task.id))
    expect(now.tasks.at(-1)?.reason).toContain('No mail account')
  })

  it('shows what the events last told of each criterion', () => {
    const { atStart, told } = built()
    const results = buildNow(atStart, told, true).evidence.map(({ ref, result }) => [ref, result])
    expect(results).toEqual([
      ['1.1', 'passed'],
      ['1.2', 'failed'],
      ['2.1', 'not_shown'],
    ])
  })

  it('stands as the API says until the events have caught up, but shows the log', () => {
    const { build, events } = built()
    const behind = applyEvents(emptyProject, events.slice(0, -9)).builds.get('b')
    const now = buildNow(build, behind, false)
    expect(now.state).toBe('completed')
    expect(now.tasks).toEqual(build.tasks)
    expect(now.log).toHaveLength(5)
  })

  it('counts the tasks that do the work when no event has counted them', () => {
    const { build } = built()
    expect(buildNow(build, undefined, true).progress).toEqual({ done: 7, total: 8 })
  })
})
