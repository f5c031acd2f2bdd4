import type { AgentOutcome } from '../agents/agent-driver.ts'

const loginWords = [
  /\bnot (?:currently )?(?:logged|signed) in\b/i,
  /\b(?:please|must|need to|have to|required? to)\b.{0,60}\b(?:log|sign) ?in\b/i,
  /\bkiro-cli login\b/i,
  /\b(?:device|user)[ _-]code\b/i,
  /\b(?:invalid|expired|missing|no) (?:api[ -]key|access token|credentials)\b/i,
  /\b(?:authentication|login) (?:is )?(?:required|failed|expired)\b/i,
]

/**
 * Whether a line of the program's own output asks for a login. Never ask of what a model says: it
 * may speak of logins because it builds one.
 */
export function asksForLogin(line: string): boolean {
  return loginWords.some((words) => words.test(line.slice(0, 2_000)))
}

export const loginAdvice =
  'Kiro wants a login: set KIRO_API_KEY in the agent’s environment. A `kiro-cli login` counts only in the HOME that the agent is given, which is an empty one for every build.'

export const loginNeeded: AgentOutcome = {
  type: 'failed',
  code: 'agent_needs_login',
  message: loginAdvice,
}
