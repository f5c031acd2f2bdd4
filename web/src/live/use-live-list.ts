import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ProjectListView } from '../../../src/http/views.ts'
import { getView } from '../api/http.ts'
import { projectsKey, waitingKey } from '../api/queries.ts'
import { isProjectList } from '../api/views.ts'
import { patchPages } from '../projects/patch-list.ts'
import { useLiveClient } from './live-context.tsx'

/** What a list of projects does not show. */
const unseen: ReadonlySet<string> = new Set(['build.log', 'build.evidence', 'budget.warned'])

/** The list follows this often at most, however much happens. */
const pauseMs = 500
/** So many are asked for by their names; beyond, the list is read again. */
const mostNamed = 100

/** Asks for these projects alone, and reads a list again only where that is not enough. */
async function follow(queries: QueryClient, ids: readonly string[]): Promise<void> {
  const path = `/v1/projects?limit=${mostNamed}&ids=${ids.join(',')}`
  const { items } = await getView(path, isProjectList)
  for (const query of queries.getQueryCache().findAll({ queryKey: projectsKey })) {
    const { queryKey, state } = query
    const pages = queries.getQueryData<InfiniteData<ProjectListView>>(queryKey)
    const patched = pages && patchPages(pages, items, state.dataUpdatedAt)
    if (patched === undefined) void queries.invalidateQueries({ queryKey, exact: true })
    else queries.setQueryData(queryKey, patched)
  }
}

/** Keeps the list of projects as it is on the server, while the page is seen. */
export function useLiveList(): void {
  const queries = useQueryClient()
  const client = useLiveClient()
  useEffect(() => {
    const changed = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const readAgain = () => queries.invalidateQueries({ queryKey: projectsKey })
    const flush = () => {
      timer = undefined
      const ids = [...changed]
      changed.clear()
      if (ids.length === 0 || ids.length > mostNamed) void readAgain()
      else follow(queries, ids).catch(readAgain)
    }
    const refresh = () => {
      if (timer === undefined) timer = setTimeout(flush, pauseMs)
    }
    const following = client.followWorkspace({
      onEvents: (events, project) => {
        if (document.hidden || events.every(({ body }) => unseen.has(body.type))) return
        changed.add(project)
        refresh()
      },
      onNews: () => void queries.invalidateQueries({ queryKey: waitingKey }),
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
