import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeDurable } from './atomic-file.ts'
import type { BuildFolder } from './build-folder.ts'

const Commit = z.string().regex(/^[0-9a-f]{40,64}$/)

/**
 * Notes the last commit that the runner itself made, out of the agent's reach: after a restart,
 * everything beyond it is an agent's unverified work.
 */
export function noteKept({ kept }: BuildFolder, commit: string): Promise<void> {
  return writeDurable(kept, commit)
}

/** The noted commit; undefined when there is none. */
export async function readKept({ kept }: BuildFolder): Promise<string | undefined> {
  const text = await readFile(kept, 'utf8').catch(() => undefined)
  return Commit.optional().parse(text)
}
