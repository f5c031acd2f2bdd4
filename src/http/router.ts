import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Env } from 'hono'
import { requireRole } from '../access/authenticate.ts'
import type { Principal } from '../domain/principal.ts'
import type { SignedIn } from './deps.ts'
import { invalidRequest } from './problem.ts'
import { ProblemView } from './views.ts'

/** A router whose validation errors are problems like all others. */
export function makeRouter<E extends Env = SignedIn>(): OpenAPIHono<E> {
  return new OpenAPIHono<E>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error)
    },
  })
}

/** The answer of a route that went well, for the OpenAPI document. */
export function ok<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** An answer that says what went wrong, for the OpenAPI document. */
function refused(description: string) {
  return { description, content: { 'application/problem+json': { schema: ProblemView } } } as const
}

/** The answers that every route behind the sign-in check can give. */
export const problems = {
  401: refused('Not signed in'),
  404: refused('Not there, or not yours'),
  422: refused('The request does not fit'),
} as const

/** The answer where somebody has as much as they may. */
export const tooManyProblem = refused('As much as one may have at once, or in a minute')

/** The answers of a route that takes more than the role viewer. */
export const adminProblems = {
  ...problems,
  403: refused('The role or the sign-in does not allow it'),
  409: refused('Its state does not allow it any more'),
} as const

/** A body of JSON that has to be there. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } } as const
}

/** The answer where there is nothing more to say. */
export const Done = z.object({ ok: z.literal(true) })
export const done: z.infer<typeof Done> = { ok: true }

/** The caller, who must be an admin. @throws AppError `forbidden`, `second_factor_required` */
export function asAdmin(principal: Principal): Principal {
  requireRole(principal, 'admin')
  return principal
}

export const ProjectParams = z.object({ id: z.uuid() })

/** The project's id of a route that OpenAPI does not describe. @throws AppError `invalid_request` */
export function projectId(params: unknown): string {
  const parsed = ProjectParams.safeParse(params)
  if (!parsed.success) throw invalidRequest(parsed.error)
  return parsed.data.id
}
