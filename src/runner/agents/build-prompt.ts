import { readFile } from 'node:fs/promises'
import type { AgentJob } from './agent-driver.ts'

const wording = new URL('./prompts/build.v1.md', import.meta.url)

/** The prompt that hands a build to an agent. Only values of a fixed form are put into it. */
export async function buildPrompt(job: AgentJob): Promise<string> {
  const template = await readFile(wording, 'utf8')
  return template
    .replaceAll('{{feature}}', job.feature)
    .replaceAll('{{include_optional}}', String(job.includeOptional))
}
