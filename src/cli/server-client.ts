import { z } from 'zod'
import { AppError } from '../domain/errors.ts'
import type { Context } from './context.ts'

const Problem = z.looseObject({ status: z.number(), code: z.string(), detail: z.string() })

/** A running server, as the commands that act on projects reach it. */
export interface ServerClient {
  /**
   * Sends a request and gives the answer as the schema reads it.
   *
   * @throws AppError `server_unreachable`, `server_answer_unknown`, and what the server refuses with
   */
  ask<S extends z.ZodType>(
    schema: S,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: unknown,
  ): Promise<z.infer<S>>
}

function unknownAnswer(base: string, cause?: unknown): AppError {
  const message = `What answers at ${base} is no Talkwright server of this version.`
  return new AppError('server_answer_unknown', message, { cause })
}

async function readJson(response: Response, base: string): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw unknownAnswer(base, cause)
  }
}

function refusal(answer: unknown, base: string): AppError {
  const { data } = Problem.safeParse(answer)
  if (data === undefined) return unknownAnswer(base)
  const { status, code, detail, ...details } = data
  return new AppError(code, detail, { status, details })
}

/** @throws AppError `no_key` when there is no key to sign in with. */
export function serverClient({ config, stopped }: Context): ServerClient {
  const base = (config.TALKWRIGHT_URL ?? `http://127.0.0.1:${config.PORT}`).replace(/\/+$/, '')
  const key = config.TALKWRIGHT_KEY ?? config.TALKWRIGHT_ADMIN_KEY
  if (key === undefined) {
    const message =
      'Set TALKWRIGHT_KEY to an API key of the server. `talkwright keys create` makes one.'
    throw new AppError('no_key', message)
  }
  return {
    async ask(schema, method, path, body) {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
        signal: stopped,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch((cause: unknown) => {
        throw new AppError('server_unreachable', `No server answers at ${base}. Start it first.`, {
          cause,
        })
      })
      const answer = await readJson(response, base)
      if (!response.ok) throw refusal(answer, base)
      const parsed = schema.safeParse(answer)
      if (!parsed.success) throw unknownAnswer(base, parsed.error)
      return parsed.data
    },
  }
}
