import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getView, getViewIfAny } from './http.ts'
import { isBuildEstimate, isEstimate, isProjectUsage } from './usage-views.ts'
import { isConversationState, isWaitingList } from './waiting-views.ts'
import {
  isAuditList,
  isBrief,
  isBuildList,
  isCommentList,
  isConversation,
  isMe,
  isMemberList,
  isPlan,
  isPlanDiff,
  isPlanVersionList,
  isProject,
  isProjectList,
} from './views.ts'

/** The parts of a project that are asked for one by one. */
export type ProjectPart =
  | 'conversation'
  | 'brief'
  | 'plan'
  | 'plans'
  | 'comments'
  | 'builds'
  | 'build-estimate'
  | 'usage'
  | 'audit'

/** The list is live; this is the net under it. */
const listPollMs = 15_000
/** Whoever holds a call waits for its project, of which they are told live. */
const callPollMs = 30_000

/** A project's address in the API. */
export function projectPath(id: string, part?: string): string {
  const path = `/v1/projects/${encodeURIComponent(id)}`
  return part === undefined ? path : `${path}/${part}`
}

export const projectsKey = ['projects'] as const
export const projectKey = (id: string) => ['project', id] as const
export const partKey = (id: string, part: ProjectPart) => ['project', id, part] as const

/** Who belongs to the workspace, for the names of people. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => getView('/v1/members', isMemberList, signal),
  staleTime: 60_000,
})

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

export const waitingKey = ['conversations'] as const

/** What changes is told live; this is the net under it. */
const waitingPollMs = 60_000

/** Conversations that have no project yet. */
export const waitingQuery = infiniteQueryOptions({
  queryKey: waitingKey,
  queryFn: ({ pageParam, signal }) => {
    const cursor = pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`
    return getView(`/v1/conversations?limit=10${cursor}`, isWaitingList, signal)
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: waitingPollMs,
})

/** What a conversation waits for; asked again until its transcript is there. */
export function conversationStateQuery(id: string) {
  return queryOptions({
    queryKey: [...waitingKey, id],
    queryFn: ({ signal }) =>
      getView(`/v1/conversations/${encodeURIComponent(id)}`, isConversationState, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'transcribed' ? false : callPollMs),
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

/** All versions of a project's plan, newest first, without their documents. */
export function plansQuery(id: string) {
  return queryOptions({
    queryKey: partKey(id, 'plans'),
    queryFn: ({ signal }) => getView(projectPath(id, 'plans'), isPlanVersionList, signal),
  })
}

/** What people said about lines of a project's plan, oldest first. */
export function commentsQuery(id: string) {
  return queryOptions({
    queryKey: partKey(id, 'comments'),
    queryFn: ({ signal }) => getView(projectPath(id, 'comments'), isCommentList, signal),
  })
}

/** One version of a project's plan. */
export function planVersionQuery(id: string, version: number) {
  return queryOptions({
    queryKey: ['project', id, 'plan-version', version],
    queryFn: ({ signal }) =>
      getView(`${projectPath(id, 'plan')}?version=${version}`, isPlan, signal),
    // Its documents never change; who approved it is told by the list of versions.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What the version `to` changed since `from`. */
export function planDiffQuery(id: string, from: number, to: number) {
  return queryOptions({
    queryKey: ['project', id, 'plan-diff', from, to],
    queryFn: ({ signal }) =>
      getView(`${projectPath(id, 'plan/diff')}?from=${from}&to=${to}`, isPlanDiff, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What the project's model calls took and cost; each page has more of the calls, newest first. */
export function usageQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: partKey(id, 'usage'),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`
      return getView(`${projectPath(id, 'usage')}?limit=50${cursor}`, isProjectUsage, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** What the project's model calls may cost, before they are made. */
export function estimateQuery(id: string) {
  return queryOptions({
    queryKey: ['project', id, 'estimate'],
    queryFn: ({ signal }) => getView(projectPath(id, 'estimate'), isEstimate, signal),
    staleTime: 60_000,
  })
}

/** What building the newest plan will probably cost; null where there is no plan. */
export function buildEstimateQuery(id: string) {
  return queryOptions({
    queryKey: partKey(id, 'build-estimate'),
    queryFn: ({ signal }) =>
      getViewIfAny(projectPath(id, 'builds/estimate'), isBuildEstimate, signal),
    staleTime: 60_000,
  })
}

/** Who did what to the project, newest first. */
export function auditQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: partKey(id, 'audit'),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`
      return getView(`${projectPath(id, 'audit')}?limit=50${cursor}`, isAuditList, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

export function buildsQuery(id: string) {
  return queryOptions({
    queryKey: partKey(id, 'builds'),
    queryFn: ({ signal }) => getView(projectPath(id, 'builds'), isBuildList, signal),
  })
}
