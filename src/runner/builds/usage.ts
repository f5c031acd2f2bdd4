import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { replaceFile } from './atomic-file.ts'
import type { BuildFolder } from './build-folder.ts'

/** What a build's agent has taken so far, all attempts of the build together. */
export const Used = z.object({
  /** Milliseconds of the agent's, without those that a person was waited for. */
  wallMs: z.number().nonnegative(),
  turns: z.number().int().nonnegative(),
  /** Bytes that the agent sent. */
  output: z.number().int().nonnegative(),
})

export type Used = z.infer<typeof Used>

/** What is noted; nothing where there is no note, or a torn one. */
export async function readUsed({ used }: BuildFolder): Promise<Used> {
  try {
    return Used.parse(JSON.parse(await readFile(used, 'utf8')))
  } catch {
    return { wallMs: 0, turns: 0, output: 0 }
  }
}

/**
 * Notes it out of the agent's reach, one note after the other. A crash, or a disk that is full, brings
 * back what was noted earlier: then the next attempt has a little more than it should.
 */
export function createUsedNote({ used }: BuildFolder): (now: Used) => Promise<void> {
  let written: Promise<void> = Promise.resolve()
  return (now) => {
    written = written.then(() => replaceFile(used, JSON.stringify(now))).catch(() => undefined)
    return written
  }
}
