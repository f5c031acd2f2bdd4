import { isRecord } from './guards.ts'

/** An answer of the API that is not a success; `status` 0 when there was no answer at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
  }
}

/** True when the session has ended or never was. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

/** Any thrown value as words for a person and a code for a report. */
export function explain(error: unknown): { detail: string; code: string } {
  if (error instanceof ApiError) return { detail: error.message, code: error.code }
  return { detail: 'The page met an error that it did not expect.', code: 'page_error' }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

/** The problem that an answer tells of. */
export function problemOf(status: number, body: unknown): ApiError {
  const fields = isRecord(body) ? body : {}
  const code = typeof fields['code'] === 'string' ? fields['code'] : `http_${status}`
  const detail = fields['detail'] ?? fields['title']
  const words = typeof detail === 'string' ? detail : `The server answered with status ${status}.`
  return new ApiError(status, code, words)
}

/** Where no answer came. */
export function unreachable(): ApiError {
  const words = 'The server does not answer. Is `talkwright serve` still running?'
  return new ApiError(0, 'unreachable', words)
}

async function ask(path: string, init: RequestInit): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, { ...init, credentials: 'same-origin' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
  const body = await readJson(response)
  if (!response.ok) throw problemOf(response.status, body)
  return body
}

export type Guard<T> = (value: unknown) => value is T

/** The value, when it is what the page knows. @throws ApiError */
export function checked<T>(value: unknown, guard: Guard<T>): T {
  if (guard(value)) return value
  const words = 'The server answered in a form that this page does not know. Reload the page.'
  throw new ApiError(200, 'unknown_answer', words)
}

/** @throws ApiError */
export async function getView<T>(path: string, guard: Guard<T>, signal?: AbortSignal): Promise<T> {
  const headers = { accept: 'application/json' }
  return checked(await ask(path, { headers, ...(signal && { signal }) }), guard)
}

/** As `getView`, but null for what does not exist yet. @throws ApiError */
export async function getViewIfAny<T>(
  path: string,
  guard: Guard<T>,
  signal?: AbortSignal,
): Promise<T | null> {
  try {
    return await getView(path, guard, signal)
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** `crypto.randomUUID` is missing where the page came over plain HTTP from another machine. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

interface Write {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: object
}

/** Sends a write, once: the key lets the server tell a repeat from a second wish. @throws ApiError */
async function send(path: string, { method, body }: Write): Promise<unknown> {
  const key = { 'idempotency-key': idempotencyKey() }
  const sent =
    body === undefined
      ? { headers: key }
      : { headers: { 'content-type': 'application/json', ...key }, body: JSON.stringify(body) }
  return ask(path, { method, ...sent })
}

/** @throws ApiError */
export async function postJson(path: string, body: object): Promise<unknown> {
  return send(path, { method: 'POST', body })
}

/** As `postJson`, with an answer that is used. @throws ApiError */
export async function postForView<T>(path: string, body: object, guard: Guard<T>): Promise<T> {
  return checked(await send(path, { method: 'POST', body }), guard)
}

/** Puts something in the place of what is there. @throws ApiError */
export async function putForView<T>(path: string, body: object, guard: Guard<T>): Promise<T> {
  return checked(await send(path, { method: 'PUT', body }), guard)
}

/** Changes a part of what is there. @throws ApiError */
export async function patchForView<T>(path: string, body: object, guard: Guard<T>): Promise<T> {
  return checked(await send(path, { method: 'PATCH', body }), guard)
}

/** Takes away what is there. @throws ApiError */
export async function sendDelete(path: string): Promise<void> {
  await send(path, { method: 'DELETE' })
}
