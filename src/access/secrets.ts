import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError, hasCode } from '../domain/errors.ts'
import { createFile } from '../store/create-file.ts'
import { randomToken, randomWebhookSecret } from './random-token.ts'

const Secrets = z.object({
  tavusCallbackToken: z.string().min(16),
  sessionKey: z.string().min(32),
  buildApiKey: z.string().min(16),
  buildWebhookSecret: z.string().regex(/^whsec_[A-Za-z0-9+/=]{32,}$/),
})
/** What the server keeps to itself. */
export type Secrets = z.infer<typeof Secrets>

function makeSecrets(): Secrets {
  return {
    tavusCallbackToken: randomToken(),
    sessionKey: randomToken(),
    buildApiKey: randomToken(),
    buildWebhookSecret: randomWebhookSecret(),
  }
}

async function readSecrets(path: string): Promise<Secrets | undefined> {
  try {
    return Secrets.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    throw new AppError(
      'secrets_unreadable',
      `${path} cannot be read. Restore it, or delete it to make new secrets (callback URLs and sign-ins made before then stop working).`,
      { cause },
    )
  }
}

/**
 * The data folder's secrets; makes them at the first start, readable by this user alone.
 *
 * @throws AppError `secrets_unreadable`
 */
export async function loadSecrets(folder: string): Promise<Secrets> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'secrets.json')
  const stored = await readSecrets(path)
  if (stored !== undefined) return stored
  const made = makeSecrets()
  const text = `${JSON.stringify(made, null, 2)}\n`
  if (await createFile(path, text, randomToken())) return made
  // Another process made them at the same moment; its secrets count.
  return loadSecrets(folder)
}
