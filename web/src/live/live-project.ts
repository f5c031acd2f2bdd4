import type {
  BuildCost,
  BuildEventBody,
  BuildQuestion,
  BuildTask,
  CriterionEvidence,
} from '../../../src/domain/build.ts'
import { withQuestion } from '../../../src/domain/open-questions.ts'
import type { LiveEvent } from './read-event.ts'

type BuildBody<T extends BuildEventBody['type']> = Extract<BuildEventBody, { type: T }>

export interface LogLine {
  seq: number
  at: string
  kind: BuildBody<'build.log'>['kind']
  text: string
}

export type BuildEnd = BuildBody<'build.completed' | 'build.failed' | 'build.cancelled'>

/** What the events say about one build. */
export interface LiveBuild {
  agent?: string
  startedAt?: string
  progress?: { done: number; total: number }
  cost?: BuildCost
  tasks: ReadonlyMap<string, BuildTask>
  evidence: ReadonlyMap<string, CriterionEvidence>
  log: readonly LogLine[]
  /** What the agent waits to be told. */
  questions: readonly BuildQuestion[]
  end?: BuildEnd
}

/** What the events of a project say, up to `seq`. */
export interface LiveProject {
  seq: number
  events: readonly LiveEvent[]
  builds: ReadonlyMap<string, LiveBuild>
}

export const emptyBuild: LiveBuild = {
  tasks: new Map(),
  evidence: new Map(),
  log: [],
  questions: [],
}
export const emptyProject: LiveProject = { seq: 0, events: [], builds: new Map() }

type BuildEvent = LiveEvent & { body: { build: string } }

function isOfBuild(event: LiveEvent): event is BuildEvent {
  return 'build' in event.body
}

/** A build's log and tasks while a batch is taken in; copied once a batch, not once an event. */
interface Draft extends LiveBuild {
  tasks: Map<string, BuildTask>
  evidence: Map<string, CriterionEvidence>
  log: LogLine[]
}

function takeIn(draft: Draft, { seq, at, body }: LiveEvent): void {
  switch (body.type) {
    case 'build.started':
      draft.agent = body.agent
      if (body.attempt === undefined) draft.startedAt = at
      draft.questions = []
      break
    case 'build.progress':
      draft.progress = { done: body.done, total: body.total }
      if (body.cost !== undefined) draft.cost = body.cost
      break
    case 'build.evidence':
      for (const one of body.criteria) draft.evidence.set(one.ref, one)
      break
    case 'build.task':
      draft.tasks.set(body.task.id, body.task)
      break
    case 'build.log':
      draft.log.push({ seq, at, kind: body.kind, text: body.text })
      break
    case 'build.needs_input':
    case 'build.input_closed':
      draft.questions = withQuestion(draft.questions, body)
      break
    case 'build.completed':
      draft.progress = { done: body.done, total: body.total }
      draft.questions = []
      draft.end = body
      break
    case 'build.failed':
    case 'build.cancelled':
      draft.questions = []
      draft.end = body
      break
    default:
      break
  }
}

/** The project after more events; those that it has already are passed over. */
export function applyEvents(project: LiveProject, batch: readonly LiveEvent[]): LiveProject {
  const fresh: LiveEvent[] = []
  let seq = project.seq
  for (const event of batch) {
    if (event.seq <= seq) continue
    seq = event.seq
    fresh.push(event)
  }
  if (fresh.length === 0) return project
  const drafts = new Map<string, Draft>()
  for (const event of fresh.filter(isOfBuild)) {
    const { build } = event.body
    const known = project.builds.get(build) ?? emptyBuild
    const draft = drafts.get(build) ?? {
      ...known,
      tasks: new Map(known.tasks),
      evidence: new Map(known.evidence),
      log: [...known.log],
    }
    drafts.set(build, draft)
    takeIn(draft, event)
  }
  return {
    seq,
    events: [...project.events, ...fresh],
    builds: drafts.size === 0 ? project.builds : new Map([...project.builds, ...drafts]),
  }
}
