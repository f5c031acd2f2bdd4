import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { meQuery, partKey, projectKey, projectPath } from '../api/queries.ts'
import { affectedViews } from './affected-views.ts'
import { createEventFeed, type EventFeed, type FeedState } from './event-feed.ts'

function makeFeed(client: QueryClient, id: string, readUpTo: number): EventFeed {
  return createEventFeed({
    url: (after) => `${projectPath(id, 'events')}?after=${after}`,
    open: (url) => new EventSource(url),
    onBatch: (batch) => {
      for (const view of affectedViews(batch, readUpTo)) {
        const queryKey = view === 'project' ? projectKey(id) : partKey(id, view)
        void client.invalidateQueries({ queryKey, exact: true })
      }
    },
    onRefused: () => void client.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
}

/**
 * A project's events while the component stands and the page is seen. `readUpTo` is the seq that
 * the views were read at: only later events make them old.
 */
export function useLiveProject(id: string, readUpTo: number): FeedState {
  const client = useQueryClient()
  const [feed] = useState(() => makeFeed(client, id, readUpTo))
  useEffect(() => {
    const follow = () => (document.hidden ? feed.stop('paused') : feed.start())
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      feed.stop('connecting')
    }
  }, [feed])
  return useSyncExternalStore(feed.subscribe, feed.getState)
}
