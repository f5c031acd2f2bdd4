import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { BuildDesk } from '../builds/build-desk.ts'
import { BuildParams, problems } from './router.ts'

const Format = z.enum(['zip', 'bundle'])

const types: Readonly<Record<z.infer<typeof Format>, string>> = {
  zip: 'application/zip',
  bundle: 'application/x-git-bundle',
}

const binary = { type: 'string', format: 'binary' } as const

const route = createRoute({
  method: 'get',
  path: '/v1/builds/{id}/artifact',
  summary: 'Download what was built',
  description:
    'Of a build that has ended. `zip` holds the files of the workspace without what was installed into it; `bundle` is the git repository with its history, for `git clone build.bundle`.',
  request: {
    params: BuildParams,
    query: z.object({ format: Format.default('zip') }),
  },
  responses: {
    200: {
      description: 'The file.',
      content: { [types.zip]: { schema: binary }, [types.bundle]: { schema: binary } },
    },
    ...problems(401, 404, 409, 413, 422),
  },
})

/** Adds `GET /v1/builds/{id}/artifact`. */
export function artifactRoute(app: OpenAPIHono, desk: BuildDesk): void {
  app.openapi(route, async (context) => {
    const { format } = context.req.valid('query')
    const file = await desk.artifact(context.req.valid('param').id, format)
    return context.body(file, 200, {
      'content-type': types[format],
      'content-disposition': `attachment; filename="build.${format}"`,
    })
  })
}
