/** One event of a project's log. */
export interface LiveEvent {
  /** 1, 2, 3 … without a hole. */
  seq: number
  /** ISO 8601, UTC. */
  at: string
  /** What happened; `type` says which fields there are, see docs/live.md. */
  body: { readonly type: string } & Readonly<Record<string, unknown>>
}

/** Why a place in a log is unknown to the server. */
export interface Reset {
  project: string
  /** Where the log ends now. */
  seq: number
  reason: string
}

/** What the server says over a WebSocket. */
export type ServerMessage =
  | { type: 'events'; workspace: boolean; project: string; events: LiveEvent[] }
  | {
      type: 'subscribed' | 'live' | 'news'
      workspace: true
      project?: undefined
      at: string | undefined
    }
  | { type: 'subscribed' | 'live' | 'news'; workspace: false; project: string }
  | ({ type: 'reset'; workspace: boolean } & Reset)
  | {
      type: 'error'
      workspace: boolean
      project: string | undefined
      code: string
      message: string
    }

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function readEvent(value: unknown): LiveEvent | undefined {
  if (!isRecord(value)) return undefined
  const { seq, at, body } = value
  if (typeof seq !== 'number' || typeof at !== 'string' || !isRecord(body)) return undefined
  const { type } = body
  return typeof type === 'string' ? { seq, at, body: { ...body, type } } : undefined
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function readReset(value: unknown, project: string): Reset | undefined {
  if (!isRecord(value) || typeof value['seq'] !== 'number') return undefined
  return { project, seq: value['seq'], reason: String(value['reason']) }
}

/** A message of the server; undefined for what this client does not know. */
export function readMessage(text: string): ServerMessage | undefined {
  const value = parseJson(text)
  if (!isRecord(value)) return undefined
  const workspace = value['workspace'] === true
  const project = typeof value['project'] === 'string' ? value['project'] : undefined
  const { type } = value
  if (type === 'error') {
    const { code, message } = value
    return { type, workspace, project, code: String(code), message: String(message) }
  }
  if (type === 'subscribed' || type === 'live' || type === 'news') {
    const at = typeof value['at'] === 'string' ? value['at'] : undefined
    if (workspace) return { type, workspace: true, at }
    return project === undefined ? undefined : { type, workspace: false, project }
  }
  if (project === undefined) return undefined
  if (type === 'events' && Array.isArray(value['events'])) {
    const events = value['events'].map(readEvent).filter((event) => event !== undefined)
    return { type, workspace, project, events }
  }
  const reset = type === 'reset' ? readReset(value, project) : undefined
  return reset && { type: 'reset', workspace, ...reset }
}
