import { readFile } from 'node:fs/promises'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { z } from 'zod'
import { AppError } from '../../domain/errors.ts'
import { writeDurable } from './atomic-file.ts'

/** What an order holds that nobody but the runner may read. */
export const BuildSecrets = z.object({
  /** `whsec_…`: signs this build's webhooks instead of the runner's own secret. */
  webhook_secret: z.string().optional(),
  /** Of the remote that the build is delivered to. */
  deliver_token: z.string().optional(),
})
export type BuildSecrets = z.infer<typeof BuildSecrets>

/** Keeps the secrets of builds in files that only a runner with the same key reads. */
export interface Vault {
  store(file: string, secrets: BuildSecrets): Promise<void>
  /** The stored secrets; none when there is no file. Throws `secrets_sealed`. */
  read(file: string): Promise<BuildSecrets>
}

/** A key for files that an agent may come across: it sees the disk, and not the runner's memory. */
async function deriveKey(secret: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(secret)
  const material = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits'])
  const info = new TextEncoder().encode('talkwright build secrets')
  const kdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
  return new Uint8Array(await crypto.subtle.deriveBits(kdf, material, 256))
}

/** A vault whose key is derived from the runner's webhook secret. */
export async function openVault(runnerSecret: string): Promise<Vault> {
  const key = await deriveKey(runnerSecret)
  return {
    async store(file, secrets) {
      if (Object.values(secrets).every((value) => value === undefined)) return
      const bytes = new TextEncoder().encode(JSON.stringify(secrets))
      const sealed = new CompactEncrypt(bytes).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      await writeDurable(file, await sealed.encrypt(key))
    },
    async read(file) {
      const sealed = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      if (sealed === undefined) return {}
      try {
        const { plaintext } = await compactDecrypt(sealed, key)
        return BuildSecrets.parse(JSON.parse(new TextDecoder().decode(plaintext)))
      } catch (cause) {
        throw new AppError(
          'secrets_sealed',
          'The secrets of this build were sealed under another KIRO_WEBHOOK_SECRET: start the runner with that one until its builds are over.',
          { cause },
        )
      }
    },
  }
}
