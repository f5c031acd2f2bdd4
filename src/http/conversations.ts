import { createRoute } from '@hono/zod-openapi'
import { requireRole } from '../access/authenticate.ts'
import { createCall } from '../pipeline/create-call.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import type { HttpDeps } from './deps.ts'
import { makeRouter, ok, problems } from './router.ts'
import { ConversationCreatedView, CreateConversation } from './views.ts'

/** New conversations: a transcript that exists, or a Tavus call that has yet to be held. */
export function conversationRoutes(deps: HttpDeps) {
  const app = makeRouter()
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/conversations',
      request: {
        body: {
          required: true,
          content: { 'application/json': { schema: CreateConversation } },
        },
      },
      responses: { 201: ok(ConversationCreatedView, 'The conversation'), ...problems },
    }),
    async (c) => {
      const principal = c.get('principal')
      requireRole(principal, 'member')
      const { workspaceId } = principal
      const request = c.req.valid('json')
      if ('transcript' in request) {
        const created = await uploadTranscript(deps.pipeline, { ...request, workspaceId })
        return c.json({ ...created, joinUrl: null }, 201)
      }
      const callbackUrl = `${deps.publicUrl}/webhooks/tavus/${deps.tavusToken}`
      const call = await createCall(deps.pipeline, {
        workspaceId,
        callbackUrl,
        ...request.tavus,
        title: request.title,
        approval: request.approval,
      })
      return c.json({ ...call, projectId: null }, 201)
    },
  )
  return app
}
