import { randomUUID } from 'node:crypto'
import type { TestServer } from '../../../test/support/server.ts'
import { randomToken, tokenHash } from '../../access/random-token.ts'
import type { Role } from '../../domain/principal.ts'
import { insertApiKey } from '../../store/credentials.ts'

/** Somebody with a session. */
export interface Person {
  id: string
  cookie: string
  call: (method: string, path: string, body?: unknown, more?: object) => Promise<Response>
}

/** A person by the cookie of their session. */
export function personOf({ app }: TestServer, id: string, cookie: string): Person {
  const call: Person['call'] = async (method, path, body, more = {}) =>
    app.request(path, {
      method,
      headers: { cookie, 'content-type': 'application/json', ...more },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return { id, cookie, call }
}

/** What is said of a key; one of the server's owner in the first workspace, for good, unless said. */
interface KeyWishes {
  name?: string
  role?: Role
  workspaceId?: string | undefined
  by?: string | undefined
  expiresAt?: Date
}

/** Makes an API key, whatever the rules say of who may. */
export async function makeKey(
  { pipeline, workspaceId, ownerId }: TestServer,
  wishes: KeyWishes = {},
): Promise<{ id: string; key: string }> {
  const key = `tw_${randomToken()}`
  const id = randomUUID()
  const { role = 'owner' } = wishes
  await insertApiKey(pipeline.database.db, {
    id,
    workspaceId: wishes.workspaceId ?? workspaceId,
    name: wishes.name ?? role,
    prefix: key.slice(0, 9),
    hash: await tokenHash(key),
    role,
    createdBy: wishes.by ?? ownerId,
    expiresAt: wishes.expiresAt ?? null,
  })
  return { id, key }
}

/** The key, and what it is sent with. */
export type KeyCall = [key: string, method: string, path: string, body?: unknown]

/** A request with an API key. */
export async function callByKey(
  { app }: TestServer,
  ...[key, method, path, body]: KeyCall
): Promise<Response> {
  return app.request(path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** The status and the code of a problem. */
export async function codeOf(response: Response): Promise<unknown> {
  const { code } = (await response.json()) as { code: string }
  return [response.status, code]
}
