import { randomUUID } from 'node:crypto'
import { ensureFirstWorkspace } from '../access/first-workspace.ts'
import { createKey, expiryOf, keysOf, revokeKey } from '../access/keys.ts'
import { type Principal, Role } from '../domain/principal.ts'
import type { Database } from '../store/database.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'

/** Whoever has the terminal acts for the first workspace's owner. */
async function owner(database: Database): Promise<Principal> {
  const { workspaceId, ownerId } = await ensureFirstWorkspace(database, randomUUID)
  return { userId: ownerId, workspaceId, role: 'owner', via: 'terminal' }
}

/** Makes an API key of the first workspace and shows it, once. */
export async function createKeyCommand(
  context: Context,
  options: { name: string; role: string; days?: number | undefined },
): Promise<void> {
  const role = Role.parse(options.role)
  await withDatabase(context, async (database) => {
    const id = randomUUID()
    const { name, days } = options
    const wanted = { id, name, role, expiresAt: expiryOf(days, new Date()) }
    const key = await createKey(database.db, await owner(database), wanted)
    context.output.result(`${key}\nKeep it: it is not shown again. Its id is ${id}.`, { id, key })
  })
}

/** Lists the first workspace's keys, without the keys themselves. */
export async function listKeysCommand(context: Context): Promise<void> {
  await withDatabase(context, async (database) => {
    const keys = await keysOf(database.db, await owner(database))
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
    await revokeKey(database.db, await owner(database), id, new Date())
    context.output.result('Revoked.', { id, state: 'revoked' })
  })
}
