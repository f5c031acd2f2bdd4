import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getView, getViewIfAny } from './http.ts'
import {
  isBrief,
  isBuildList,
  isConversation,
  isMe,
  isPlan,
  isProject,
  isProjectList,
} from './views.ts'

/** The parts of a project that are asked for one by one. */
export type ProjectPart = 'conversation' | 'brief' | 'plan' | 'builds'

/** The list is live; this is the net under it. */
const listPollMs = 15_000

/** A project's address in the API. */
export function projectPath(id: string, part?: string): string {
  const path = `/v1/projects/${encodeURIComponent(id)}`
  return part === undefined ? path : `${path}/${part}`
}

export const projectsKey = ['projects'] as const
export const projectKey = (id: string) => ['project', id] as const
export const partKey = (id: string, part: ProjectPart) => ['project', id, part] as const

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => getView('/v1/me', isMe, signal),
  staleTime: 60_000,
})

/** Projects by the parameters of `GET /v1/projects`; a change of them keeps what is shown until the answer is there. */
export function projectsQuery(asked: string) {
  return infiniteQueryOptions({
    queryKey: [...projectsKey, asked],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`
      return getView(`/v1/projects?limit=50${asked}${cursor}`, isProjectList, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: listPollMs,
  })
}

export function projectQuery(id: string) {
  return queryOptions({
    queryKey: projectKey(id),
    queryFn: ({ signal }) => getView(projectPath(id), isProject, signal),
  })
}

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: partKey(id, 'conversation'),
    queryFn: ({ signal }) => getView(projectPath(id, 'conversation'), isConversation, signal),
    // A talk that became a project has ended.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function briefQuery(id: string) {
  return queryOptions({
    queryKey: partKey(id, 'brief'),
    queryFn: ({ signal }) => getViewIfAny(projectPath(id, 'brief'), isBrief, signal),
  })
}

export function planQuery(id: string) {
  return queryOptions({
    queryKey: partKey(id, 'plan'),
    queryFn: ({ signal }) => getViewIfAny(projectPath(id, 'plan'), isPlan, signal),
  })
}

export function buildsQuery(id: string) {
  return queryOptions({
    queryKey: partKey(id, 'builds'),
    queryFn: ({ signal }) => getView(projectPath(id, 'builds'), isBuildList, signal),
  })
}
