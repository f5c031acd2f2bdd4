import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { z } from 'zod'

export interface ForgeRequest {
  number: number
  branch: string
  base: string
  title: string
  body: string
}

/** What both APIs work on. */
export interface ForgeState {
  requests: ForgeRequest[]
  /** Where people read the requests. */
  page: () => string
  /** Whether two branches have a commit in common. */
  isRelated: (branch: string, base: string) => boolean
}

const GitHubBody = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string(),
})
const GitLabBody = z.object({
  title: z.string(),
  source_branch: z.string(),
  target_branch: z.string(),
  description: z.string(),
})

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function find({ requests }: ForgeState, branch: string | null, base: string | null) {
  return requests.filter((one) => one.branch === branch && one.base === base)
}

function make({ requests }: ForgeState, made: Omit<ForgeRequest, 'number'>): ForgeRequest {
  const request = { number: requests.length + 1, ...made }
  requests.push(request)
  return request
}

/** `GET` and `POST /repos/{owner}/{repo}/pulls` of GitHub. */
export async function answerPulls(
  state: ForgeState,
  request: IncomingMessage,
  response: ServerResponse,
  { searchParams }: URL,
): Promise<void> {
  const view = ({ number, title }: ForgeRequest) => ({
    id: number + 1_000,
    number,
    title,
    state: 'open',
    html_url: `${state.page()}/pull/${number}`,
  })
  if (request.method === 'GET') {
    const head = searchParams.get('head')?.replace(/^acme:/, '') ?? null
    return answer(response, 200, find(state, head, searchParams.get('base')).map(view))
  }
  const { title, head, base, body } = GitHubBody.parse(await json(request))
  const refuse = (message: string) =>
    answer(response, 422, { message: 'Validation Failed', errors: [{ message }] })
  if (find(state, head, base).length > 0) {
    return refuse(`A pull request already exists for acme:${head}.`)
  }
  if (!state.isRelated(head, base)) {
    return refuse(`The ${head} branch has no history in common with ${base}`)
  }
  return answer(response, 201, view(make(state, { branch: head, base, title, body })))
}

/** `GET` and `POST /projects/:id/merge_requests` of GitLab. */
export async function answerMergeRequests(
  state: ForgeState,
  request: IncomingMessage,
  response: ServerResponse,
  { searchParams }: URL,
): Promise<void> {
  const view = ({ number, title }: ForgeRequest) => ({
    id: number + 1_000,
    iid: number,
    title,
    state: 'opened',
    web_url: `${state.page()}/-/merge_requests/${number}`,
  })
  if (request.method === 'GET') {
    const branches = [searchParams.get('source_branch'), searchParams.get('target_branch')] as const
    return answer(response, 200, find(state, ...branches).map(view))
  }
  const posted = GitLabBody.parse(await json(request))
  const { source_branch: branch, target_branch: base, title, description: body } = posted
  if (find(state, branch, base).length > 0) {
    const message = ['Another open merge request already exists for this source branch: !1']
    return answer(response, 409, { message })
  }
  return answer(response, 201, view(make(state, { branch, base, title, body })))
}
