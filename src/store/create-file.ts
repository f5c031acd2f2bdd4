import { link, open, rm } from 'node:fs/promises'
import { hasCode } from '../domain/errors.ts'

/**
 * Makes a file together with its content, readable by its owner alone: whoever finds it, in another
 * process or after a power cut, finds all of it. False where there is one already.
 *
 * @param token unique for this attempt
 */
export async function createFile(path: string, text: string, token: string): Promise<boolean> {
  const draft = `${path}.${token}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
    // A link appears with its content in one step.
    await link(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}
