import { completeBuild, logLines, runBuild } from './fake-build.ts'
import { FakeProject } from './fake-project.ts'

const minute = 60_000
const hour = 60 * minute

function failedProject(): FakeProject {
  const project = new FakeProject('failed', 'Football federation registration', 26 * hour)
  project.plan()
  const build = project.startBuild('b-failed')
  logLines(project, build, 40)
  project.task(build, { id: '1', state: 'completed' })
  project.task(build, { id: '1.1', state: 'completed', commit: '77aa01bcd' })
  project.task(build, {
    id: '1.2',
    state: 'in_progress',
    reason: 'The agent stopped in the middle.',
  })
  const message =
    'The agent ended before its task was done. Run the build again, or look at the log for what it met.'
  project.finish(build, { type: 'build.failed', build: build.id, code: 'agent_exited', message })
  return project
}

function completedProject(id: string, title: string, lines: number, age: number): FakeProject {
  const project = new FakeProject(id, title, age)
  project.plan()
  const build = project.startBuild(`b-${id}`)
  logLines(project, build, lines)
  completeBuild(project, build)
  return project
}

function analysingProject(): FakeProject {
  const project = new FakeProject(
    'analysing',
    `Referee rota for the regional league with a title that holds one ${'long'.repeat(15)} word`,
    20_000,
  )
  project.view.source = 'upload'
  project.become('analysing')
  project.stage('analyse', 'running', 12_000)
  return project
}

/** Projects in every state that is worth a look. `building` really goes on. */
export function makeWorld(stepMs: number): FakeProject[] {
  const waiting = new FakeProject('waiting', 'Studio class booking', 4 * minute)
  waiting.plan()
  const building = new FakeProject('building', 'Parcel lockers for a housing estate', 9 * minute)
  building.plan()
  const build = building.startBuild('b-building')
  logLines(building, build, 30)
  void runBuild(building, build, stepMs)
  const cancelled = new FakeProject('cancelled', 'Seed library', 90 * hour)
  cancelled.plan()
  cancelled.become('cancelled', 'The plan was rejected: it forgets the lending period.')
  const long = completedProject('long', 'A very long talk and build', 10_000, 50 * hour)
  long.turns = 1_500
  return [
    analysingProject(),
    waiting,
    building,
    completedProject('completed', 'Bakery pre-orders', 60, 3 * hour),
    failedProject(),
    long,
    cancelled,
  ]
}
