import type { z } from 'zod'
import type { PullRequest } from '../../domain/deliver.ts'
import { AppError, toAppError } from '../../domain/errors.ts'
import type { GuardedAnswer, GuardedHttp } from '../egress/guarded-http.ts'

/** What a pull request is made of. */
export interface PullRequestDraft {
  /** The branch that was pushed, and the one that it is to be merged into. */
  branch: string
  base: string
  title: string
  body: string
}

/** Makes pull requests in one repository. */
export interface Forge {
  /** The name that git takes beside a token. */
  readonly gitUser: string
  /** Gives the pull request of a branch, making it when there is none. */
  ensure(draft: PullRequestDraft): Promise<PullRequest>
}

export interface ForgeOptions {
  http: GuardedHttp
  /** The git remote. */
  url: string
  token: string
}

const timeoutMs = 30_000

/** The path of a repository within its host: `owner/name`. */
export function repositoryPath(url: string): string {
  return new URL(url).pathname
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}

/** Calls of an API that speaks JSON. */
export interface ForgeApi {
  get<T>(path: string, Answer: z.ZodType<T>): Promise<T>
  /** Undefined when the API says that it is there already. */
  post<T>(path: string, body: object, Answer: z.ZodType<T>): Promise<T | undefined>
}

function refusal(name: string, { status, text }: GuardedAnswer): AppError {
  const retryable = status === 429 || status >= 500
  if (status === 401 || status === 403) {
    return new AppError('forge_refused', `${name} did not accept the token (${status}).`)
  }
  const said = text.replaceAll(/\s+/g, ' ').slice(0, 300)
  return new AppError('forge_failed', `${name} answered ${status}: ${said}`, { retryable })
}

function parse<T>(name: string, answer: GuardedAnswer, Answer: z.ZodType<T>): T {
  if (answer.status < 200 || answer.status >= 300) throw refusal(name, answer)
  try {
    return Answer.parse(JSON.parse(answer.text))
  } catch (cause) {
    const message = `${name} gave an answer that cannot be read.`
    throw new AppError('forge_failed', message, { retryable: true, cause })
  }
}

/** An API below `base`; `isThere` tells a refusal because the thing exists already. */
export function forgeApi(
  { http, token }: ForgeOptions,
  name: string,
  base: string,
  headers: Readonly<Record<string, string>>,
  isThere: (answer: GuardedAnswer) => boolean,
): ForgeApi {
  const call = async (method: 'GET' | 'POST', path: string, body?: object) => {
    try {
      return await http.send({
        method,
        url: base + path,
        timeoutMs,
        headers: {
          ...headers,
          authorization: `Bearer ${token}`,
          'user-agent': 'talkwright-runner/1',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
    } catch (cause) {
      if (cause instanceof AppError) throw cause
      const message = `${name} cannot be reached: ${toAppError(cause).message}`
      throw new AppError('forge_unreachable', message, { retryable: true, cause })
    }
  }
  return {
    get: async (path, Answer) => parse(name, await call('GET', path), Answer),
    async post(path, body, Answer) {
      const answer = await call('POST', path, body)
      return isThere(answer) ? undefined : parse(name, answer, Answer)
    },
  }
}

/**
 * The pull request that is listed or made; a second look settles who came first when two made it at
 * the same time.
 */
export async function findOrMake<T>(
  find: () => Promise<T | undefined>,
  make: () => Promise<T | undefined>,
): Promise<T> {
  const found = (await find()) ?? (await make()) ?? (await find())
  if (found !== undefined) return found
  throw new AppError('forge_failed', 'The pull request is said to be there, but is not listed.', {
    retryable: true,
  })
}
