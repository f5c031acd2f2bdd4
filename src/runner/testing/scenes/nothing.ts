import type { Act } from '../scripted-agent.ts'

/** Does nothing beside its tasks. */
export const act: Act = async () => undefined
