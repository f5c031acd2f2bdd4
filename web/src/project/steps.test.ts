import { describe, expect, it } from 'vitest'
import { FakeProject } from '../../dev/fake-project.ts'
import { projectSteps } from './steps.ts'

const states = (project: FakeProject) =>
  projectSteps(project.view).map((step) => `${step.key} ${step.state}`)

function planned(): FakeProject {
  const project = new FakeProject('p', 'P', 0)
  project.plan()
  return project
}

describe('the way of a project', () => {
  it('waits for everything at first', () => {
    expect(states(new FakeProject('p', 'P', 0))).toEqual([
      'analyse waiting',
      'plan waiting',
      'approve waiting',
      'build waiting',
    ])
  })

  it('asks for an approval between the plan and the build', () => {
    expect(states(planned())).toEqual([
      'analyse done',
      'plan done',
      'approve asks',
      'build waiting',
    ])
  })

  it('has the approval behind it once the build runs', () => {
    const project = planned()
    project.startBuild('b')
    expect(states(project).slice(2)).toEqual(['approve done', 'build running'])
  })

  it('shows a stage that was running when the project failed as failed', () => {
    const project = planned()
    project.startBuild('b')
    project.become('failed', 'The builder is gone.')
    expect(states(project)[3]).toBe('build failed')
  })

  it('shows a stage that was running when the project was cancelled as stopped', () => {
    const project = planned()
    project.startBuild('b')
    project.become('cancelled')
    expect(states(project)[3]).toBe('build stopped')
  })
})
