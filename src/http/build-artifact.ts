import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { AppError, notFound } from '../domain/errors.ts'
import { findBuild } from '../store/builds.ts'
import { asCaller } from '../store/caller.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { makeRouter, problems, ProjectParams } from './router.ts'

const types = { zip: 'application/zip', bundle: 'application/octet-stream' } as const
const binary = { schema: { type: 'string', format: 'binary' } } as const

const route = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/builds/{build}/artifact',
  description:
    'What a build that has ended has made, from its builder: `zip` holds the files, `bundle` the git repository with its history (`git clone <file>`).',
  request: {
    params: ProjectParams.extend({ build: z.uuid() }),
    query: z.object({ format: z.enum(['zip', 'bundle']).default('zip') }),
  },
  responses: {
    200: { description: 'The file', content: { [types.zip]: binary, [types.bundle]: binary } },
    ...problems,
  },
})

function tooEarly(): AppError {
  return new AppError('build_not_ended', 'The build has not ended yet. Wait until it has.', {
    status: 409,
  })
}

/** Hands on what was built, as the caller may read the project; the builder's key stays here. */
export function buildArtifactRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const { database, builders } = pipeline
  const app = makeRouter()
  app.openapi(route, async (c) => {
    const { id, build: buildId } = c.req.valid('param')
    const { format } = c.req.valid('query')
    const build = await asCaller(database.db, c.get('principal'), (tx) => findBuild(tx, buildId))
    if (build?.project_id !== id) throw notFound('build')
    if (build.finished_at === null || build.external_id === null) throw tooEarly()
    const file = await builders.at(build.builder).artifact(build.external_id, format)
    return c.body(file.body ?? '', 200, {
      'Content-Type': types[format],
      'Content-Disposition': `attachment; filename="build-${buildId.slice(-8)}.${format}"`,
    })
  })
  return app
}
