/** What the routes of the tests' matrix are called with: all of it belongs to one workspace. */
export interface Held {
  projectId: string
  planHash: string
  buildId: string
  commentId: string
  workspaceId: string
  memberId: string
  keyId: string
  invitationId: string
  jobId: string
  /** A conversation without a project. */
  waitingId: string
}

/** What one route asks of its caller. */
export interface RouteAccess {
  /** The least role; `nobody` where the route is open, `secret` where something else protects it. */
  needs: 'nobody' | 'secret' | 'viewer' | 'member' | 'admin' | 'owner'
  /** Whose it is: something with an id in the path, or what the caller's own workspace has. */
  about: 'thing' | 'workspace'
  path: (held: Held) => string
  body?: (held: Held) => unknown
  headers?: Readonly<Record<string, string>>
  /** The status that those get who may, where what is held has nothing to give; 200 otherwise. */
  gives?: number
  /** Covered as soon as the app has it. */
  optional?: true
}

type Body = (held: Held) => unknown

function ofWorkspace(needs: RouteAccess['needs'], path: string, body?: Body): RouteAccess {
  return { needs, about: 'workspace', path: () => path, ...(body && { body }) }
}

function ofProject(needs: RouteAccess['needs'], rest: string, body?: Body): RouteAccess {
  const path = ({ projectId }: Held) => `/v1/projects/${projectId}${rest}`
  return { needs, about: 'thing', path, ...(body && { body }) }
}

function ofJob(rest: string, body?: Body): RouteAccess {
  const path = ({ jobId }: Held) => `/v1/queue/jobs/${jobId}/${rest}`
  return { needs: 'admin', about: 'thing', path, ...(body && { body }) }
}

const hash: Body = ({ planHash }) => ({ planHash })
const anyLetter: Body = () => ({})

const open: Readonly<Record<string, RouteAccess>> = {
  'GET /livez': ofWorkspace('nobody', '/livez'),
  'GET /readyz': ofWorkspace('nobody', '/readyz'),
  'GET /openapi.json': ofWorkspace('nobody', '/openapi.json'),
  'GET /docs': ofWorkspace('nobody', '/docs'),
  'GET /*': ofWorkspace('nobody', '/projects'),
  'GET /sign-in/ways': ofWorkspace('nobody', '/sign-in/ways'),
  'GET /sign-in/oidc': ofWorkspace('nobody', '/sign-in/oidc'),
  'GET /sign-in/oidc/callback': ofWorkspace('nobody', '/sign-in/oidc/callback'),
  'POST /sign-out/everywhere': ofWorkspace('nobody', '/sign-out/everywhere'),
  'POST /v1/invitations/accept': ofWorkspace('secret', '/v1/invitations/accept', () => ({
    token: 'not-an-invitation',
  })),
  'GET /sign-in/:token': ofWorkspace('nobody', '/sign-in/not-a-link'),
  'GET /join/:token': ofWorkspace('nobody', '/join/not-an-invitation'),
  'POST /join/:token': ofWorkspace('nobody', '/join/not-an-invitation'),
  'POST /sign-out': ofWorkspace('nobody', '/sign-out'),
  'POST /webhooks/tavus/:token': ofWorkspace('secret', '/webhooks/tavus/not-the-token', () => ({})),
  'POST /webhooks/kiro': ofWorkspace('secret', '/webhooks/kiro', () => ({})),
}

const projects: Readonly<Record<string, RouteAccess>> = {
  'GET /v1/projects': ofWorkspace('viewer', '/v1/projects'),
  'GET /v1/projects/:id': ofProject('viewer', ''),
  'GET /v1/projects/:id/conversation': ofProject('viewer', '/conversation'),
  'GET /v1/projects/:id/brief': ofProject('viewer', '/brief'),
  'GET /v1/projects/:id/plan': ofProject('viewer', '/plan'),
  'GET /v1/projects/:id/plans': ofProject('viewer', '/plans'),
  'GET /v1/projects/:id/plan/diff': ofProject('viewer', '/plan/diff?from=1'),
  'GET /v1/projects/:id/plan.zip': ofProject('viewer', '/plan.zip'),
  'GET /v1/projects/:id/plan.pdf': ofProject('viewer', '/plan.pdf'),
  'GET /v1/projects/:id/brief.md': ofProject('viewer', '/brief.md'),
  'GET /v1/projects/:id/audit': ofProject('viewer', '/audit'),
  'GET /v1/projects/:id/comments': ofProject('viewer', '/comments'),
  'POST /v1/projects/:id/comments': ofProject('member', '/comments', () => ({
    document: 'requirements.md',
    ref: '1.1',
    body: 'Why?',
  })),
  'POST /v1/projects/:id/comments/:comment/resolve': {
    ...ofProject('member', ''),
    path: ({ projectId, commentId }) => `/v1/projects/${projectId}/comments/${commentId}/resolve`,
  },
  'GET /v1/projects/:id/trace': ofProject('viewer', '/trace'),
  'GET /v1/projects/:id/builds': ofProject('viewer', '/builds'),
  'GET /v1/projects/:id/builds/estimate': ofProject('viewer', '/builds/estimate'),
  'GET /v1/projects/:id/usage': ofProject('viewer', '/usage'),
  'GET /v1/projects/:id/estimate': ofProject('viewer', '/estimate'),
  'GET /v1/projects/:id/budget': ofProject('viewer', '/budget'),
  'GET /v1/projects/:id/events': ofProject('viewer', '/events'),
  'PUT /v1/projects/:id/budget': ofProject('admin', '/budget', () => ({ limitUsd: '5' })),
  'PUT /v1/projects/:id/plan': ofProject('member', '/plan', ({ planHash }) => ({
    planHash,
    documents: { 'design.md': '# Design\n' },
  })),
  'POST /v1/projects/:id/answers': ofProject('member', '/answers', () => ({
    briefVersion: 1,
    answers: [{ question: 'O1', text: 'Two weeks.' }],
  })),
  'POST /v1/projects/:id/approve': ofProject('member', '/approve', hash),
  'POST /v1/projects/:id/reject': ofProject('member', '/reject', ({ planHash }) => ({
    planHash,
    reason: 'Not this.',
  })),
  'POST /v1/projects/:id/retry': ofProject('member', '/retry', () => ({ from: 'plan' })),
  'POST /v1/projects/:id/cancel': ofProject('member', '/cancel'),
  'GET /v1/projects/:id/builds/:build/artifact': {
    needs: 'viewer',
    about: 'thing',
    path: ({ projectId, buildId }) => `/v1/projects/${projectId}/builds/${buildId}/artifact`,
    // Its build has not ended.
    gives: 409,
  },
  'POST /v1/projects/:id/builds/:build/answer': {
    ...ofProject('member', '', () => ({ question: 'q1', option: 'yes' })),
    path: ({ projectId, buildId }) => `/v1/projects/${projectId}/builds/${buildId}/answer`,
  },
}

const workspaces: Readonly<Record<string, RouteAccess>> = {
  'GET /v1/me': ofWorkspace('viewer', '/v1/me'),
  'PATCH /v1/me': ofWorkspace('viewer', '/v1/me', () => ({ name: 'Ada' })),
  'GET /v1/conversations': ofWorkspace('viewer', '/v1/conversations'),
  'GET /v1/conversations/:id': {
    needs: 'viewer',
    about: 'thing',
    path: ({ waitingId }) => `/v1/conversations/${waitingId}`,
  },
  'POST /v1/conversations/:id/dismiss': {
    needs: 'member',
    about: 'thing',
    path: ({ waitingId }) => `/v1/conversations/${waitingId}/dismiss`,
  },
  'POST /v1/conversations': ofWorkspace('member', '/v1/conversations', () => ({
    transcript: 'Client: We need an app where members can book rooms.',
  })),
  'GET /v1/usage': ofWorkspace('viewer', '/v1/usage'),
  'GET /v1/usage/projects': ofWorkspace('viewer', '/v1/usage/projects'),
  'GET /v1/budget': ofWorkspace('viewer', '/v1/budget'),
  'PUT /v1/budget': ofWorkspace('admin', '/v1/budget', () => ({ limitUsd: '5' })),
  'GET /v1/queue': ofWorkspace('admin', '/v1/queue'),
  'GET /v1/operate/queue': ofWorkspace('admin', '/v1/operate/queue'),
  'GET /v1/operate/models': ofWorkspace('admin', '/v1/operate/models'),
  'GET /v1/operate/errors': ofWorkspace('admin', '/v1/operate/errors'),
  'GET /v1/operate/workers': ofWorkspace('admin', '/v1/operate/workers'),
  'GET /v1/queue/dead-letters': ofWorkspace('admin', '/v1/queue/dead-letters'),
  'POST /v1/queue/dead-letters/redrive': ofWorkspace(
    'admin',
    '/v1/queue/dead-letters/redrive',
    anyLetter,
  ),
  'POST /v1/queue/dead-letters/dismiss': ofWorkspace(
    'admin',
    '/v1/queue/dead-letters/dismiss',
    anyLetter,
  ),
  'POST /v1/queue/jobs/:id/priority': ofJob('priority', () => ({ priority: 1 })),
  'POST /v1/queue/jobs/:id/run': ofJob('run'),
  'POST /v1/queue/jobs/:id/cancel': ofJob('cancel'),
}

const access: Readonly<Record<string, RouteAccess>> = {
  'GET /v1/workspaces': ofWorkspace('viewer', '/v1/workspaces'),
  'POST /v1/workspaces/:id/open': {
    ...ofWorkspace('viewer', ''),
    about: 'thing',
    path: ({ workspaceId }) => `/v1/workspaces/${workspaceId}/open`,
  },
  'GET /v1/workspace': ofWorkspace('viewer', '/v1/workspace'),
  'PATCH /v1/workspace': ofWorkspace('admin', '/v1/workspace', () => ({ fourEyes: false })),
  'GET /v1/members': ofWorkspace('viewer', '/v1/members'),
  'PATCH /v1/members/:user': {
    ...ofWorkspace('admin', '', () => ({ role: 'viewer' })),
    about: 'thing',
    path: ({ memberId }) => `/v1/members/${memberId}`,
  },
  'DELETE /v1/members/:user': {
    ...ofWorkspace('admin', ''),
    about: 'thing',
    path: ({ memberId }) => `/v1/members/${memberId}`,
  },
  'GET /v1/invitations': ofWorkspace('admin', '/v1/invitations'),
  'POST /v1/invitations': ofWorkspace('admin', '/v1/invitations', () => ({
    name: 'Ada',
    role: 'viewer',
  })),
  'DELETE /v1/invitations/:id': {
    ...ofWorkspace('admin', ''),
    about: 'thing',
    path: ({ invitationId }) => `/v1/invitations/${invitationId}`,
  },
  'GET /v1/keys': ofWorkspace('viewer', '/v1/keys'),
  'POST /v1/keys': ofWorkspace('member', '/v1/keys', () => ({ name: 'ci', role: 'viewer' })),
  'DELETE /v1/keys/:id': {
    ...ofWorkspace('member', ''),
    about: 'thing',
    path: ({ keyId }) => `/v1/keys/${keyId}`,
  },
}

/** The same events again, as the stream of a browser. */
const streams: Readonly<Record<string, RouteAccess>> = {
  'GET /v1/projects/:id/events (stream)': {
    ...ofProject('viewer', '/events'),
    headers: { accept: 'text/event-stream' },
  },
  'POST /v1/live/tickets': ofWorkspace('viewer', '/v1/live/tickets'),
  // Nobody comes in by a session or a key: a ticket, got by one of them, is what it asks for.
  'GET /v1/live': {
    ...ofWorkspace('secret', '/v1/live'),
    headers: { upgrade: 'websocket', connection: 'upgrade' },
  },
}

/**
 * Every route of the app with what it asks of its caller. The matrix of `route-matrix.test.ts` calls
 * each as everybody; a route without a line here fails it.
 */
export const routeAccess: Readonly<Record<string, RouteAccess>> = {
  ...open,
  ...projects,
  ...workspaces,
  ...access,
  ...streams,
}
