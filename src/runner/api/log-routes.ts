import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { BuildLogLine, LogKind } from '../../domain/build.ts'
import type { BuildDesk } from '../builds/build-desk.ts'
import { PageQuery } from './build-routes.ts'
import { BuildParams, ok, problems } from './router.ts'

const allKinds = LogKind.options.join(', ')

/** `test,command`: several kinds stand in one value. */
const Kinds = z
  .string()
  .max(200)
  .transform((text) => text.split(',').map((kind) => kind.trim()))
  .pipe(z.array(LogKind))
  .openapi({
    type: 'string',
    description: `Only lines of these kinds, with commas between: ${allKinds}.`,
    example: 'test,command',
  })

const LogPage = z
  .object({
    items: z.array(BuildLogLine),
    next: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'Pass it as `after` for the next page; null on the last one.' }),
  })
  .openapi('BuildLogPage')

const lines = createRoute({
  method: 'get',
  path: '/v1/builds/{id}/log',
  summary: 'Read the log of a build',
  description:
    'What the agent said and did, the commands and tests that ran and what the runner has to say: free of control codes and secrets, bounded.',
  request: { params: BuildParams, query: PageQuery.extend({ kind: Kinds.optional() }) },
  responses: { 200: ok(LogPage, 'A page of lines.'), ...problems(401, 404, 422) },
})

/** Not a literal type, for which the router would want the whole text at once. */
const plainText: string = 'text/plain'

const text = createRoute({
  method: 'get',
  path: '/v1/builds/{id}/log.txt',
  summary: 'Read the log of a build as text',
  request: {
    params: BuildParams,
    query: PageQuery.pick({ after: true }).extend({ kind: Kinds.optional() }),
  },
  responses: {
    200: {
      description: 'All lines: the time, the kind and the text.',
      content: { [plainText]: { schema: { type: 'string' } } },
    },
    ...problems(401, 404, 422),
  },
})

/** The lines of an event as people read them. */
function asText({ timestamp, kind, text }: BuildLogLine): string {
  return text
    .split('\n')
    .map((line) => `${timestamp} ${kind.padEnd(7)} ${line}\n`)
    .join('')
}

/** The whole log from there on, read a page at a time. */
function streamText(
  desk: BuildDesk,
  id: string,
  start: { after: number; kinds: readonly LogKind[] | undefined },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let after: number | null = start.after
  return new ReadableStream({
    async pull(controller) {
      if (after === null) return controller.close()
      const page = await desk.log(id, { after, limit: 1_000, kinds: start.kinds })
      after = page.next
      // An empty chunk would leave the reader waiting for a pull that never comes.
      if (page.items.length > 0) {
        controller.enqueue(encoder.encode(page.items.map(asText).join('')))
      }
      if (after === null) controller.close()
      return undefined
    },
  })
}

/** Adds the log, as data and as text. */
export function logRoutes(app: OpenAPIHono, desk: BuildDesk): void {
  app.openapi(lines, async (context) => {
    const { after, limit, kind: kinds } = context.req.valid('query')
    const page = await desk.log(context.req.valid('param').id, { after, limit, kinds })
    return context.json(page, 200)
  })
  app.openapi(text, async (context) => {
    const { id } = context.req.valid('param')
    const { after, kind: kinds } = context.req.valid('query')
    await desk.status(id)
    return context.body(streamText(desk, id, { after, kinds }), 200, {
      'content-type': 'text/plain; charset=utf-8',
    })
  })
}
