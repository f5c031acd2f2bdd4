import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Env } from 'hono'
import { identify } from '../access/authenticate.ts'
import { join } from '../access/invitations.ts'
import { notFound } from '../domain/errors.ts'
import { putPerson } from '../store/people.ts'
import { cookies } from './cookies.ts'
import type { HttpDeps } from './deps.ts'
import { limitBody } from './limit-body.ts'
import { jsonBody, makeRouter, ok, problems } from './router.ts'
import { sameSite } from './same-site.ts'
import { bearerOf, notSignedIn } from './signed-in.ts'

/** For whom a sign-in service knows and no workspace yet: they bring a token and an invitation. */
export function acceptInvitationRoutes(deps: HttpDeps): OpenAPIHono {
  const { authentication, publicUrl } = deps
  const app = makeRouter<Env>()
  app.use('/v1/invitations/accept', sameSite(publicUrl), limitBody(64 * 1024))
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/invitations/accept',
      request: { body: jsonBody(z.object({ token: z.string().min(1).max(200) })) },
      responses: {
        200: ok(z.object({ workspaceId: z.string() }), 'The caller is in'),
        ...problems,
      },
    }),
    async (c) => {
      const bearer = bearerOf(c)
      const session = cookies(publicUrl).session.read(c)
      const person = await identify(authentication, { bearer, session })
      if (person === undefined) throw notSignedIn()
      const { db, clock } = authentication
      const known = { known: person.userId }
      const joined = await join(db, c.req.valid('json').token, known, clock())
      if (joined === undefined) throw notFound('invitation')
      await putPerson(db, { id: person.userId, name: null, email: person.email })
      return c.json({ workspaceId: joined.workspaceId }, 200)
    },
  )
  return app
}
