import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { BuildWebhook } from '../../domain/build.ts'

const version = '1'

const WebhookHeaders = z.object({
  'webhook-id': z.string(),
  'webhook-timestamp': z.string(),
  'webhook-signature': z.string(),
})

/** The OpenAPI document of the build API, with the webhooks that answer an order. */
export function describeApi(app: OpenAPIHono) {
  const { openAPIRegistry: registry } = app
  registry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  registry.registerWebhook({
    method: 'post',
    path: 'build',
    summary: 'What happens to a build',
    description:
      'Sent to `webhook_url`, signed as Standard Webhooks (`v1`), one at a time and in the order of `sequence`; `webhook-id` is the same on every attempt.',
    request: {
      headers: WebhookHeaders,
      body: { required: true, content: { 'application/json': { schema: BuildWebhook } } },
    },
    responses: {
      '2XX': { description: 'Taken; the next one follows.' },
      410: { description: 'Nothing more is sent for this build.' },
      default: { description: 'Tried again later; redirects are not followed.' },
    },
  })
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Build API',
      version,
      description: 'Carries out an approved plan and tells how it goes.',
    },
    security: [{ key: [] }],
  })
}
