import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, explain, getView, getViewIfAny, isSignedOut, postJson } from './http.ts'
import { isMe } from './views.ts'

function answerWith(status: number, body: string) {
  const ask = vi.fn<typeof fetch>(() => Promise.resolve(new Response(body, { status })))
  vi.stubGlobal('fetch', ask)
  return ask
}

afterEach(() => vi.unstubAllGlobals())

describe('asking the API', () => {
  it('gives the view', async () => {
    const me = { userId: 'u', workspace: { id: 'w', name: 'W' }, role: 'owner', calls: null }
    answerWith(200, JSON.stringify(me))
    await expect(getView('/v1/me', isMe)).resolves.toEqual(me)
  })

  it('throws what the problem says', async () => {
    answerWith(401, JSON.stringify({ code: 'not_signed_in', detail: 'Sign in.' }))
    const error: unknown = await getView('/v1/me', isMe).catch((thrown: unknown) => thrown)
    expect(isSignedOut(error)).toBe(true)
    expect(explain(error)).toEqual({ code: 'not_signed_in', detail: 'Sign in.' })
  })

  it('says that there was no answer', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(getView('/v1/me', isMe)).rejects.toMatchObject({ code: 'unreachable', status: 0 })
  })

  it('refuses an answer in another form', async () => {
    answerWith(200, '{"userId":1}')
    await expect(getView('/v1/me', isMe)).rejects.toMatchObject({ code: 'unknown_answer' })
    answerWith(502, '<html>')
    await expect(getView('/v1/me', isMe)).rejects.toMatchObject({ code: 'http_502' })
  })

  it('gives null for what does not exist yet, and only for that', async () => {
    answerWith(404, '{"code":"not_found","detail":"No plan."}')
    await expect(getViewIfAny('/v1/x', isMe)).resolves.toBeNull()
    answerWith(403, '{"code":"forbidden","detail":"No."}')
    await expect(getViewIfAny('/v1/x', isMe)).rejects.toBeInstanceOf(ApiError)
  })

  it('gives every write its own key', async () => {
    const ask = answerWith(200, '{}')
    await postJson('/v1/x', { a: 1 })
    ask.mockResolvedValue(new Response('{}'))
    await postJson('/v1/x', { a: 1 })
    const keys = ask.mock.calls.map(([, init]) => new Headers(init?.headers).get('idempotency-key'))
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(keys).size).toBe(2)
  })
})
