import { readFile } from 'node:fs/promises'
import type { PlanTask } from '../tasks/plan-task.ts'

const wordings = new URL('./prompts/', import.meta.url)

/** What an agent is asked for in one turn. */
export interface Turn {
  task: PlanTask
  /** What is wrong with the work on it, when it is given back. */
  complaint?: string
  /** The agent was lost in the turn before, which was about the same. */
  isAgain: boolean
}

/** Fills a wording's places, each once over, so that a text cannot name a place of its own. */
async function fill(file: string, values: Readonly<Record<string, string>>): Promise<string> {
  const template = await readFile(new URL(file, wordings), 'utf8')
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}

/**
 * The prompt for a turn. `handed` are the tasks that an agent had before, for a session that does not
 * know of them: such a session is told them, and the task as a whole.
 */
export async function turnPrompt(
  feature: string,
  { task, complaint, isAgain }: Turn,
  handed: ReadonlySet<PlanTask> | undefined,
): Promise<string> {
  const parts = [
    handed === undefined ? '' : await lostPrompt(handed),
    handed === undefined && isAgain ? await fill('interrupted.v1.md', {}) : '',
    complaint === undefined || handed !== undefined ? await taskPrompt(feature, task) : '',
    complaint === undefined ? '' : await mendPrompt(task, complaint),
  ]
  return parts.filter((part) => part !== '').join('\n')
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

/** The prompt that gives a task back. */
export function mendPrompt({ number }: PlanTask, complaint: string): Promise<string> {
  return fill('mend.v1.md', { number, complaint })
}

function lostPrompt(handed: ReadonlySet<PlanTask>): Promise<string> {
  const tasks = [...handed].map(({ number, title }) => `- ${number} ${title}\n`).join('')
  return fill('lost.v1.md', { tasks })
}
