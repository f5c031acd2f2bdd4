import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The prompts that there are; a change of a text that was ever used is a new version. */
export const promptVersions = { analyse: 'v2', reconcile: 'v1', plan: 'v2' } as const
export type PromptId = keyof typeof promptVersions

export interface Prompt {
  id: PromptId
  version: string
  /** Lower-case hexadecimal SHA-256 of the text. */
  sha256: string
  text: string
}

/** Reads the newest version of a prompt from its file. */
export function readPrompt(id: PromptId): Prompt {
  const version = promptVersions[id]
  const text = readFileSync(new URL(`./prompts/${id}.${version}.md`, import.meta.url), 'utf8')
  return { id, version, sha256: createHash('sha256').update(text).digest('hex'), text }
}
