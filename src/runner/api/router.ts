import { OpenAPIHono, z } from '@hono/zod-openapi'
import { invalidInput } from '../../domain/errors.ts'

/** A router whose validation errors are problems like all others. */
export function makeRouter(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return
      const { error } = result
      throw invalidInput('invalid_request', z.prettifyError(error).slice(0, 2_000), {
        paths: error.issues.slice(0, 20).map((issue) => issue.path.join('.')),
      })
    },
  })
}

export const BuildParams = z.object({
  id: z.string().min(1).max(200).openapi({ example: 'bld_5f3c0b8e' }),
})

/** The shape of every error (RFC 9457). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().openapi({ description: 'Stable and meant for programs.' }),
    detail: z.string().openapi({ description: 'What happened and what to do.' }),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem')

type ProblemStatus = 400 | 401 | 404 | 409 | 413 | 422 | 429 | 501 | 503

const meanings: Readonly<Record<ProblemStatus, string>> = {
  400: 'The body is not JSON.',
  401: 'The key is missing or wrong.',
  404: 'There is no such build.',
  409: 'Not possible in the state that the thing is in.',
  413: 'Too large.',
  422: 'The request can never succeed as it is.',
  429: 'Too many builds wait already: try again after `Retry-After` seconds.',
  501: 'The builder lacks a part of itself.',
  503: 'The builder shuts down.',
}

/** The errors that a route can answer with, for the OpenAPI document. */
export function problems<S extends ProblemStatus>(...statuses: readonly S[]) {
  const content = { 'application/problem+json': { schema: Problem } }
  const entries = statuses.map((status) => [status, { description: meanings[status], content }])
  return Object.fromEntries(entries) as Record<S, { description: string; content: typeof content }>
}

/** An answer that went well, for the OpenAPI document. */
export function ok<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } }
}
