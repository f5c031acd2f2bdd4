import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { AnswerBuild, CreateBuild } from '../../domain/build.ts'
import { AppError, invalidInput, notFound } from '../../domain/errors.ts'
import { requireKey } from './authorise.ts'
import type { BuildDesk } from '../builds/build-desk.ts'
import type { Log } from '../../domain/log.ts'
import { answerErrors, problem } from './problem.ts'

const maxBodyBytes = 5 * 1024 * 1024

const IdempotencyKey = z.string().min(1).max(200).optional()
const Page = z.object({
  after: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
})

export interface AppOptions {
  desk: BuildDesk
  apiKey: string
  log: Log
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, 20)
  throw invalidInput('invalid_request', z.prettifyError(result.error).slice(0, 2_000), {
    paths: issues.map((issue) => issue.path.join('.')),
  })
}

async function readJson(request: { json(): Promise<unknown> }): Promise<unknown> {
  try {
    return await request.json()
  } catch (error) {
    throw new AppError('invalid_json', 'The body is not JSON.', { status: 400, cause: error })
  }
}

const tooLarge = new AppError('body_too_large', 'The body may have 5 MiB at most.', { status: 413 })

/** The routes of the build API; everything but `/livez` wants the key. */
export function createApp({ desk, apiKey, log }: AppOptions): Hono {
  const app = new Hono()
  app.onError(answerErrors(log))
  app.notFound(() => problem(notFound('address')))
  app.get('/livez', (context) => context.json({ status: 'ok' }))

  app.use('/v1/*', requireKey(apiKey))
  app.post(
    '/v1/projects',
    bodyLimit({ maxSize: maxBodyBytes, onError: () => problem(tooLarge) }),
    async (context) => {
      const key = parse(IdempotencyKey, context.req.header('idempotency-key'))
      const input = parse(CreateBuild, await readJson(context.req))
      return context.json(await desk.create(input, key), 201)
    },
  )
  app.get('/v1/builds/:id', async (context) =>
    context.json(await desk.status(context.req.param('id'))),
  )
  app.get('/v1/builds/:id/events', async (context) => {
    const { after, limit } = parse(Page, context.req.query())
    return context.json({ items: await desk.events(context.req.param('id'), after, limit) })
  })
  app.get('/v1/builds/:id/artifact', async (context) => {
    const zip = await desk.artifact(context.req.param('id'))
    return context.body(zip, 200, {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="build.zip"',
    })
  })
  app.post('/v1/builds/:id/answer', async (context) => {
    const answer = parse(AnswerBuild, await readJson(context.req))
    return context.json(await desk.answer(context.req.param('id'), answer))
  })
  app.post('/v1/builds/:id/cancel', async (context) =>
    context.json(await desk.cancel(context.req.param('id')), 202),
  )
  return app
}
