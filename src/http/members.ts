import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { invitationsOf, invite, withdrawInvitation } from '../access/invitations.ts'
import { changeRole, membersOf, removeMember } from '../access/members.ts'
import {
  ChangeMember,
  InvitationListView,
  invitationView,
  Invite,
  InvitedView,
  MemberListView,
  MemberView,
  memberView,
} from './access-views.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { adminProblems, done, Done, jsonBody, makeRouter, ok, problems } from './router.ts'

const MemberParams = z.object({ user: z.uuid() })
const InvitationParams = z.object({ id: z.uuid() })

function addMembers(app: OpenAPIHono<SignedIn>, { pipeline }: HttpDeps): void {
  const { db } = pipeline.database
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/members',
      responses: { 200: ok(MemberListView, 'Who belongs to the workspace'), ...problems },
    }),
    async (c) => {
      const members = await membersOf(db, c.get('principal'))
      return c.json({ items: members.map(memberView) }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'patch',
      path: '/v1/members/{user}',
      request: { params: MemberParams, body: jsonBody(ChangeMember) },
      responses: { 200: ok(MemberView, 'The member as they are now'), ...adminProblems },
    }),
    async (c) => {
      const { user } = c.req.valid('param')
      const { role } = c.req.valid('json')
      const principal = c.get('principal')
      const member = await changeRole(db, principal, user, role)
      pipeline.changed(principal.workspaceId)
      return c.json(memberView(member), 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/members/{user}',
      request: { params: MemberParams },
      responses: { 200: ok(Done, 'They are a member no more'), ...adminProblems },
    }),
    async (c) => {
      await removeMember(db, c.get('principal'), c.req.valid('param').user)
      return c.json(done, 200)
    },
  )
}

function addInvitations(app: OpenAPIHono<SignedIn>, { pipeline, publicUrl }: HttpDeps): void {
  const { database, clock, id: makeId } = pipeline
  const { db } = database
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/invitations',
      responses: { 200: ok(InvitationListView, 'Those not yet accepted'), ...adminProblems },
    }),
    async (c) => {
      const rows = await invitationsOf(db, c.get('principal'), clock())
      return c.json({ items: rows.map(invitationView) }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/invitations',
      request: { body: jsonBody(Invite) },
      responses: { 201: ok(InvitedView, 'A link that lets one person in'), ...adminProblems },
    }),
    async (c) => {
      const id = makeId()
      const wanted = { id, ...c.req.valid('json') }
      const { token, expiresAt } = await invite(db, c.get('principal'), wanted, clock())
      c.header('Cache-Control', 'no-store')
      const link = `${publicUrl}/join/${token}`
      return c.json({ id, link, expiresAt: expiresAt.toISOString() }, 201)
    },
  )
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/invitations/{id}',
      request: { params: InvitationParams },
      responses: { 200: ok(Done, 'The link lets nobody in any more'), ...adminProblems },
    }),
    async (c) => {
      await withdrawInvitation(db, c.get('principal'), c.req.valid('param').id, clock())
      return c.json(done, 200)
    },
  )
}

/** Members and invitations of the caller's workspace; the database notes every change. */
export function memberRoutes(deps: HttpDeps): OpenAPIHono<SignedIn> {
  const app = makeRouter()
  addMembers(app, deps)
  addInvitations(app, deps)
  return app
}
