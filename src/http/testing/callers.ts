import { randomUUID } from 'node:crypto'
import type { TestServer } from '../../../test/support/server.ts'
import { randomToken } from '../../access/random-token.ts'
import type { Role } from '../../domain/principal.ts'
import { uploadTranscript } from '../../pipeline/upload.ts'
import { insertBuild } from '../../store/builds.ts'
import { insertConversation } from '../../store/conversations.ts'
import { revokeApiKey } from '../../store/credentials.ts'
import { insertInvitation } from '../../store/invitations.ts'
import { getPlan } from '../../store/plans.ts'
import { insertWorkspace } from '../../store/workspaces.ts'
import { delayedJob, upload } from './operator.ts'
import { makeKey } from './person.ts'
import type { Held } from './route-access.ts'

/** Words of the talk that nobody may read who does not belong to its workspace. */
export const canary = 'heliotrope'

/** Somebody who asks, by what they send along. */
export interface Caller {
  name: string
  headers: Readonly<Record<string, string>>
}

/** Those who must be told 401 by every route behind the sign-in check. */
export const refusedCallers = [
  'nobody',
  'strangerSession',
  'removedSession',
  'removedKey',
  'expiredSession',
  'foreignToken',
  'revokedKey',
  'expiredKey',
  'unknownKey',
] as const

const weekMs = 7 * 24 * 60 * 60_000

function makers(server: TestServer) {
  const { db } = server.pipeline.database
  const { sessions } = server.deps.authentication

  async function key(
    name: string,
    wishes: Parameters<typeof makeKey>[1] = {},
  ): Promise<Caller & { id: string }> {
    const { id, key: value } = await makeKey(server, { name, ...wishes })
    return { id, name, headers: { authorization: `Bearer ${value}` } }
  }

  async function session(
    name: string,
    userId: string,
    workspaceId = server.workspaceId,
    now = new Date(),
  ): Promise<Caller> {
    const value = await sessions.issue({ userId, workspaceId }, now)
    return { name, headers: { cookie: `talkwright_session=${value}` } }
  }

  async function person(role: Role): Promise<string> {
    const userId = randomUUID()
    const { workspaceId } = server
    await db
      .insertInto('memberships')
      .values({ workspace_id: workspaceId, user_id: userId, role })
      .execute()
    return userId
  }

  async function remove(userId: string): Promise<void> {
    await db.deleteFrom('memberships').where('user_id', '=', userId).execute()
  }

  async function workspace(ownerId: string): Promise<string> {
    const id = randomUUID()
    await db.transaction().execute((tx) => insertWorkspace(tx, { id, name: 'Other' }, ownerId))
    return id
  }

  return { key, session, person, remove, workspace }
}

/** Everybody of the matrix. */
export async function makeCallers(server: TestServer) {
  const { key, session, person, remove, workspace } = makers(server)
  const { db } = server.pipeline.database
  const [viewer, member, gone, foreigner] = [
    await person('viewer'),
    await person('member'),
    await person('admin'),
    randomUUID(),
  ]
  const other = await workspace(foreigner)
  const visited = await workspace(server.ownerId)
  const long = new Date(Date.now() - 2 * weekMs)
  const removedKey = await key('the key of somebody who was removed', { by: gone })
  const removedSession = await session('somebody who was removed', gone)
  await remove(gone)
  const revokedKey = await key('a revoked key')
  await revokeApiKey(db, server.workspaceId, revokedKey.id, new Date())
  const bearer = (name: string, value: string): Caller => ({
    name,
    headers: { authorization: `Bearer ${value}` },
  })
  return {
    nobody: { name: 'nobody', headers: {} },
    strangerSession: await session('somebody without a membership', randomUUID()),
    removedSession,
    removedKey,
    expiredSession: await session('an expired session', server.ownerId, server.workspaceId, long),
    foreignToken: bearer('a token of nobody', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'),
    revokedKey,
    expiredKey: await key('an expired key', { expiresAt: long }),
    unknownKey: bearer('an unknown key', `tw_${randomToken()}`),
    foreignKey: await key('a key of another workspace', { workspaceId: other, by: foreigner }),
    foreignSession: await session('the owner of another workspace', foreigner, other),
    // Of somebody who belongs to both: the key holds in its own workspace alone.
    visitorKey: await key('a key of the other of two workspaces', { workspaceId: visited }),
    viewerSession: await session('a viewer', viewer),
    viewerKey: await key('a viewer’s key', { role: 'viewer', by: viewer }),
    // Made when its maker was more than they are now.
    cappedKey: await key('an owner’s key of a viewer', { role: 'owner', by: viewer }),
    memberKey: await key('a member’s key', { role: 'member', by: member }),
    ownerSession: await session('the owner', server.ownerId),
  } satisfies Record<string, Caller>
}

/** What there is to see and to do in the first workspace; leaves the analyst busy. */
export async function makeHeld(server: TestServer, mood: { fails: boolean }): Promise<Held> {
  const { workspaceId, pipeline } = server
  const transcript = `Agent: What do you need?
Client: We need an app for our ${canary} library. Members can borrow books.
Client: Each book has a title, an author and a year.
Agent: How long may a member keep a book?
Client: I'm not sure yet, we have to decide that.`
  const { projectId } = await uploadTranscript(pipeline, { workspaceId, transcript, title: canary })
  if (projectId === null) throw new Error('The upload made no project.')
  await server.until(projectId, ({ body }) => body.type === 'plan.ready')
  const { db } = pipeline.database
  const plan = await getPlan(db, projectId)
  const buildId = randomUUID()
  await db.transaction().execute((tx) =>
    insertBuild(tx, {
      id: buildId,
      workspaceId,
      projectId,
      planVersion: plan.version,
      planHash: plan.hash,
      includeOptional: false,
    }),
  )
  mood.fails = true
  const job = await delayedJob(server, await upload(server))
  const said = { document: 'requirements.md', ref: '1.1', body: canary }
  const comment = await server.call('POST', `/v1/projects/${projectId}/comments`, said)
  const { id: commentId } = (await comment.json()) as { id: string }
  const { key, person } = makers(server)
  const memberId = await person('member')
  const invitationId = randomUUID()
  await db.transaction().execute((tx) =>
    insertInvitation(tx, {
      id: invitationId,
      workspaceId,
      name: canary,
      role: 'member',
      hash: randomToken(),
      createdBy: server.ownerId,
      expiresAt: new Date(Date.now() + weekMs),
    }),
  )
  const { id: keyId } = await key(canary)
  const waitingId = randomUUID()
  await insertConversation(db, {
    id: waitingId,
    workspaceId,
    source: 'tavus',
    externalId: waitingId,
    title: canary,
    approval: 'manual',
  })
  const access = { workspaceId, commentId, memberId, invitationId, keyId, waitingId }
  return { projectId, planHash: plan.hash, buildId, jobId: job.id, ...access }
}
