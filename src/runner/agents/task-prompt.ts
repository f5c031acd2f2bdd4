import { readFile } from 'node:fs/promises'
import type { PlanTask } from '../tasks/plan-task.ts'

const wordings = new URL('./prompts/', import.meta.url)

/** Fills a wording's places, each once over, so that a text cannot name a place of its own. */
async function fill(file: string, values: Readonly<Record<string, string>>): Promise<string> {
  const template = await readFile(new URL(file, wordings), 'utf8')
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}

/** The prompt for one task: its title, details, criteria and the rules. */
export function taskPrompt(feature: string, task: PlanTask): Promise<string> {
  const { number, title, details, criteria } = task
  const stated = criteria.map(({ ref, text }) => `- ${ref}: ${text}`)
  return fill('task.v1.md', {
    feature,
    number,
    title,
    details: details.map((detail) => `- ${detail}\n`).join(''),
    criteria: stated.length > 0 ? `The criteria that it carries out:\n${stated.join('\n')}\n` : '',
  })
}

/** The prompt that gives a task back to the agent. */
export function mendPrompt({ number }: PlanTask, complaint: string): Promise<string> {
  return fill('mend.v1.md', { number, complaint })
}
