import type { EventType } from '../../../src/domain/event.ts'
import type { ProjectPart } from '../api/queries.ts'
import type { LiveEvent } from './read-event.ts'

/** What has to be asked for again; `project` is the project itself. */
export type AffectedView = 'project' | ProjectPart

function affectedBy(type: EventType): readonly AffectedView[] {
  switch (type) {
    case 'conversation.received':
      return ['project', 'conversation']
    case 'brief.ready':
      return ['project', 'brief']
    case 'plan.ready':
      return ['project', 'plan', 'plans', 'build-estimate', 'audit']
    case 'plan.approved':
    case 'plan.rejected':
      return ['project', 'plan', 'plans', 'audit']
    case 'comment.added':
    case 'comment.resolved':
      return ['comments', 'audit']
    case 'build.queued':
    case 'build.started':
    case 'build.failed':
    case 'build.cancelled':
    case 'build.needs_input':
    case 'build.input_closed':
      return ['project', 'builds']
    case 'build.completed':
      return ['project', 'builds', 'build-estimate']
    case 'build.delivered':
    case 'build.not_delivered':
      return ['builds']
    case 'stage.finished':
    case 'stage.failed':
    case 'budget.warned':
      return ['project', 'usage']
    case 'project.status':
    case 'stage.started':
    case 'alert.raised':
      return ['project']
    // These carry all that they change.
    case 'build.progress':
    case 'build.task':
    case 'build.evidence':
    case 'build.log':
      return []
    default:
      return ['project']
  }
}

/** The views that events after `seq` have made old, each once. */
export function affectedViews(batch: readonly LiveEvent[], seq: number): ReadonlySet<AffectedView> {
  const fresh = batch.filter((event) => event.seq > seq)
  return new Set(fresh.flatMap((event) => affectedBy(event.body.type)))
}
