import type { BuildEventBody, BuildQuestion, BuildState } from './build.ts'

/** The open questions of a build after one more of its events; a start and an end close them all. */
export function withQuestion(
  open: readonly BuildQuestion[],
  event: BuildEventBody,
): readonly BuildQuestion[] {
  switch (event.type) {
    case 'build.needs_input': {
      const { type: _, ...question } = event
      return [...open, question]
    }
    case 'build.input_closed':
      return open.filter(({ input_id: id }) => id !== event.input_id)
    // Whoever asked before the builder was restarted is gone.
    case 'build.started':
    case 'build.completed':
    case 'build.failed':
    case 'build.cancelled':
      return []
    default:
      return open
  }
}

/** The state of a build that works, unless a question keeps it waiting. */
export function stateWith(open: readonly BuildQuestion[], state: BuildState): BuildState {
  return state === 'running' && open.length > 0 ? 'waiting' : state
}
