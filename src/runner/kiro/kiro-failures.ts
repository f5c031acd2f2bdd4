import { setImmediate as nextTurn } from 'node:timers/promises'
import { RequestError } from '@agentclientprotocol/sdk'
import { AppError } from '../../domain/errors.ts'
import { explainFailure } from '../agents/acp-failures.ts'
import type { AgentOutcome } from '../agents/agent-driver.ts'
import type { KiroConnection } from './kiro-connection.ts'
import type { WayOutcome } from './kiro-run.ts'
import { loginNeeded } from './login.ts'
import { isUnknownMethod } from './spec-calls.ts'

/** Kiro is gone, or its session is; `outcome` is how the build ends when it is not started again. */
export interface Lost {
  type: 'lost'
  outcome: Extract<AgentOutcome, { type: 'failed' }>
}

/** How far the talk had come. */
export interface Reached {
  /** Kiro has begun to work. */
  began: boolean
  /** It has answered `initialize`. */
  answers: boolean
}

/**
 * What an error in the talk with Kiro comes to. Before any work has begun another way is tried; after
 * that a new process goes on. A program or a login that is missing is the end at once.
 */
export async function explainLoss(
  error: unknown,
  kiro: KiroConnection,
  { began, answers }: Reached,
): Promise<WayOutcome | Lost> {
  // A request for a login that came in front of the error may still be on its way to its handler.
  await nextTurn()
  const outcome = await explainFailure(error, kiro.exit)
  if (outcome.type !== 'failed') return outcome
  if (kiro.wantsLogin() || outcome.code === 'agent_needs_login') return loginNeeded
  if (outcome.code === 'agent_not_started') return outcome
  if (began) return { type: 'lost', outcome }
  return { type: 'unable', reason: whyUnable(error, outcome.message, kiro.lastWords()), answers }
}

function whyUnable(error: unknown, message: string, lastWords: string): string {
  if (isUnknownMethod(error)) return 'it has no methods for specs'
  if (error instanceof RequestError || error instanceof AppError) return message
  return lastWords === '' ? message : `${message} It said: ${lastWords.slice(0, 300)}`
}
