import { randomUUID } from 'node:crypto'
import { apiKeyPrefix } from '../access/authenticate.ts'
import { ensureFirstWorkspace } from '../access/first-workspace.ts'
import { randomToken, tokenHash } from '../access/random-token.ts'
import { notFound } from '../domain/errors.ts'
import { Role } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import { insertApiKey, listApiKeys, revokeApiKey } from '../store/credentials.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Makes an API key of the first workspace and shows it, once. */
export async function createKeyCommand(
  context: Context,
  options: { name: string; role: string; days?: number | undefined },
): Promise<void> {
  const role = Role.parse(options.role)
  await withDatabase(context, async (database) => {
    const { workspaceId, ownerId } = await ensureFirstWorkspace(database, randomUUID)
    const key = `${apiKeyPrefix}${randomToken()}`
    const id = randomUUID()
    const expiresAt =
      options.days === undefined ? null : new Date(Date.now() + options.days * dayMs)
    const { name } = options
    await database.db.transaction().execute(async (tx) => {
      const hash = await tokenHash(key)
      const prefix = key.slice(0, apiKeyPrefix.length + 6)
      const createdBy = ownerId
      await insertApiKey(tx, { id, workspaceId, name, prefix, hash, role, createdBy, expiresAt })
      const target = id
      await audit(tx, {
        id: randomUUID(),
        workspaceId,
        actor: ownerId,
        action: 'key.create',
        target,
      })
    })
    context.output.result(`${key}\nKeep it: it is not shown again. Its id is ${id}.`, { id, key })
  })
}

/** Lists the first workspace's keys, without the keys themselves. */
export async function listKeysCommand(context: Context): Promise<void> {
  await withDatabase(context, async (database) => {
    const { workspaceId } = await ensureFirstWorkspace(database, randomUUID)
    const keys = await listApiKeys(database.db, workspaceId)
    if (keys.length === 0) context.output.say('There are no API keys yet.')
    for (const key of keys) {
      const state = key.revoked_at !== null ? 'revoked' : 'valid'
      const facts = { id: key.id, name: key.name, prefix: key.prefix, role: key.role, state }
      context.output.result(`${key.id}  ${key.prefix}…  ${key.role}  ${state}  ${key.name}`, facts)
    }
  })
}

/** Revokes a key for good. @throws AppError `not_found` */
export async function revokeKeyCommand(context: Context, id: string): Promise<void> {
  await withDatabase(context, async (database) => {
    const { workspaceId, ownerId } = await ensureFirstWorkspace(database, randomUUID)
    const revoked = await database.db.transaction().execute(async (tx) => {
      const entry = { id: randomUUID(), workspaceId, actor: ownerId, action: 'key.revoke' }
      await audit(tx, { ...entry, target: id })
      return revokeApiKey(tx, workspaceId, id, new Date())
    })
    if (!revoked) throw notFound('key')
    context.output.result('Revoked.', { id, state: 'revoked' })
  })
}
