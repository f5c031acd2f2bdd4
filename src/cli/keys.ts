import { randomUUID } from 'node:crypto'
import { createKey, expiryOf, keysOf, revokeKey } from '../access/keys.ts'
import { invalidInput } from '../domain/errors.ts'
import { CreateKey } from '../http/access-views.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'
import { uuid } from './options.ts'
import { terminalOwner } from './terminal-owner.ts'

/** What a key is made with. @throws AppError `bad_option` */
function wantedKey(options: { name: string; role: string; days?: number | undefined }) {
  const { data, error } = CreateKey.safeParse(options)
  if (data !== undefined) return data
  const wrong = error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`)
  throw invalidInput('bad_option', `${wrong.join('. ')}.`)
}

/** Makes an API key of the first workspace and shows it, once. @throws AppError `bad_option` */
export async function createKeyCommand(
  context: Context,
  options: { name: string; role: string; days?: number | undefined },
): Promise<void> {
  const { name, role, days } = wantedKey(options)
  await withDatabase(context, async (database) => {
    const id = randomUUID()
    const wanted = { id, name, role, expiresAt: expiryOf(days, new Date()) }
    const key = await createKey(database.db, await terminalOwner(database), wanted)
    context.output.result(`${key}\nKeep it: it is not shown again. Its id is ${id}.`, { id, key })
  })
}

/** Lists the first workspace's keys, without the keys themselves. */
export async function listKeysCommand(context: Context): Promise<void> {
  await withDatabase(context, async (database) => {
    const keys = await keysOf(database.db, await terminalOwner(database))
    if (keys.length === 0) context.output.say('There are no API keys yet.')
    for (const key of keys) {
      const state = key.revoked_at !== null ? 'revoked' : 'valid'
      const facts = { id: key.id, name: key.name, prefix: key.prefix, role: key.role, state }
      context.output.result(`${key.id}  ${key.prefix}…  ${key.role}  ${state}  ${key.name}`, facts)
    }
  })
}

/** Revokes a key for good. @throws AppError `bad_option`, `not_found` */
export async function revokeKeyCommand(context: Context, text: string): Promise<void> {
  const id = uuid('key', text)
  await withDatabase(context, async (database) => {
    await revokeKey(database.db, await terminalOwner(database), id, new Date())
    context.output.result('Revoked.', { id, state: 'revoked' })
  })
}
