import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { projectsKey } from '../api/queries.ts'
import { useLiveClient } from './live-context.tsx'

/** What a list of projects does not show. */
const unseen: ReadonlySet<string> = new Set(['build.log', 'build.evidence', 'budget.warned'])

/** The list is read again this often at most, however much happens. */
const pauseMs = 500

/** Reads the list of projects again when something in it has changed, while the page is seen. */
export function useLiveList(): void {
  const queries = useQueryClient()
  const client = useLiveClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      if (timer !== undefined) return
      timer = setTimeout(() => {
        timer = undefined
        void queries.invalidateQueries({ queryKey: projectsKey })
      }, pauseMs)
    }
    const following = client.followWorkspace({
      onEvents: (events) => {
        if (!document.hidden && events.some(({ body }) => !unseen.has(body.type))) refresh()
      },
      // What happened while the connection was away, or the page hidden.
      onConnection: (connection) => {
        if (connection === 'live') refresh()
      },
    })
    document.addEventListener('visibilitychange', refresh)
    return () => {
      document.removeEventListener('visibilitychange', refresh)
      clearTimeout(timer)
      following.close()
    }
  }, [client, queries])
}
