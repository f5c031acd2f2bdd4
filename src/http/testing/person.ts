import type { TestServer } from '../../../test/support/server.ts'

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
