import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { LiveEvent as SentEvent } from '../../../client/index.ts'
import { useProject } from '../../../client/react.ts'
import { partKey, projectKey } from '../api/queries.ts'
import { affectedViews } from './affected-views.ts'
import type { Connection } from './event-feed.ts'
import { useLiveClient } from './live-context.tsx'
import { applyEvents, emptyProject, type LiveProject } from './live-project.ts'
import { knownEvents } from './read-event.ts'

function refresh(queries: QueryClient, id: string, readUpTo: number, sent: readonly SentEvent[]) {
  for (const view of affectedViews(knownEvents(sent), readUpTo)) {
    const queryKey = view === 'project' ? projectKey(id) : partKey(id, view)
    void queries.invalidateQueries({ queryKey, exact: true })
  }
}

/**
 * A project's events while the component stands and the page is seen. `readUpTo` is the seq that
 * the views were read at: only later events make them old.
 */
export function useLiveProject(
  id: string,
  readUpTo: number,
): { project: LiveProject; connection: Connection } {
  const queries = useQueryClient()
  const { state, connection } = useProject<LiveProject>({
    client: useLiveClient(),
    project: id,
    empty: emptyProject,
    reduce: (project, sent) => applyEvents(project, knownEvents(sent)),
    onBatch: (sent) => refresh(queries, id, readUpTo, sent),
    // Settings of its workspace may say who approves, and roles who may act.
    onNews: () => void queries.invalidateQueries({ queryKey: projectKey(id), exact: true }),
  })
  return useMemo(() => ({ project: state, connection }), [state, connection])
}
